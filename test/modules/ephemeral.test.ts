import { App } from "cdktf";
import { Construct } from "constructs";
import { Ephemeral, Secret, SecretValue } from "../../modules/secretsmanager";
import { EnvironmentStack } from "../../stacks/environment-stack";
import { sideFile } from "../../stacks/side-file";
import { plainEnvironment, synthesized } from "../support/synthesized";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();

describe("an ephemeral resource", () => {
  test("has an address of its own kind, so that it may be called what a resource is called", () => {
    const { json } = synthesized((stack) => {
      new Ephemeral(stack, "token", "aws_secretsmanager_random_password", {});
      new Secret(stack, "token_value", { value: SecretValue.generated() });
      new Ephemeral(new Construct(stack, "nested"), "Resource", "aws_ssm_parameter", { arn: "arn:x" });
    });
    expect(json["ephemeral"]).toMatchObject({
      aws_secretsmanager_random_password: { token: {}, token_value_value: { password_length: 30 } },
      aws_ssm_parameter: { nested: { arn: "arn:x" } },
    });
  });

  test("is refused the address of another one", () => {
    const twice = (): unknown =>
      synthesized((stack) => {
        const scope = new Construct(stack, "a");
        new Ephemeral(scope, "b_c", "aws_ssm_parameter", { arn: "arn:x" });
        new Ephemeral(new Construct(scope, "b"), "c", "aws_ssm_parameter", { arn: "arn:y" });
      });
    expect(twice).toThrow("Two constructs have the address ephemeral.aws_ssm_parameter.a_b_c");
  });

  test("can be overridden like a resource", () => {
    const { json } = synthesized((stack) => {
      const element = new Ephemeral(stack, "p", "aws_secretsmanager_random_password", { password_length: 20 });
      element.addOverride("password_length", 40);
    });
    expect(json["ephemeral"]).toEqual({ aws_secretsmanager_random_password: { p: { password_length: 40 } } });
  });

  test("is not moved when its module is renamed: no state knows it", () => {
    const { json } = synthesized((stack) => {
      stack.renamed("old", new Secret(stack, "token", { value: SecretValue.generated() }));
    });
    expect(json["moved"]).toEqual([
      { from: "aws_secretsmanager_secret.old", to: "aws_secretsmanager_secret.token" },
      { from: "aws_secretsmanager_secret_version.old_version", to: "aws_secretsmanager_secret_version.token_version" },
    ]);
  });

  test("is in the side file, with the construct that it is of", () => {
    const app = new App({ outdir });
    const stack = new EnvironmentStack(app, "test", { environment: plainEnvironment });
    new Secret(stack, "token", { value: SecretValue.generated() });
    app.synth();
    const { stacks } = JSON.parse(sideFile(app, outdir, outdir)) as {
      stacks: Record<string, { resources: Record<string, { path: string }> }>;
    };
    expect(stacks["dev-test"]?.resources).toMatchObject({
      "ephemeral.aws_secretsmanager_random_password.token_value": { path: "dev-test/token/value" },
    });
  });
});
