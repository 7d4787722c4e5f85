import { App, TerraformStack, Testing } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Secret, SecretValue } from "../../modules/secretsmanager";
import type { EnvironmentStack } from "../../stacks/environment-stack";
import { EnvironmentStack as Stack } from "../../stacks/environment-stack";
import { plainEnvironment, synthesized, synthesizedApp, type Json } from "../support/synthesized";

/** The document of a stack with one secret of this value, and what is written into that. */
function withValue(value: SecretValue): { json: Json; written: unknown } {
  const { json, resources } = synthesized((stack: EnvironmentStack) => {
    new Secret(stack, "token", { value });
  });
  return { json, written: resources["aws_secretsmanager_secret_version.token_version"]?.["secret_string_wo"] };
}

describe("SecretValue", () => {
  test("is no text: a literal does not compile", () => {
    // @ts-expect-error: a literal would be in the JSON, the plan and the state
    const literal: SecretValue = "hunter2";
    // @ts-expect-error: nor does an object that looks like one
    const lookalike: SecretValue = { reference: () => "hunter2" };
    // @ts-expect-error: nor one in a JSON object
    const inside = (): unknown => SecretValue.json({ password: "hunter2" });
    expect([typeof literal, typeof lookalike, typeof inside]).toEqual(["string", "object", "function"]);
  });

  test("is read from another secret, whole or by a key", () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop-x";
    const address = "ephemeral.aws_secretsmanager_secret_version.token_value.secret_string";
    const { json, written } = withValue(SecretValue.fromSecretsManager(arn));
    expect(json["ephemeral"]).toEqual({ aws_secretsmanager_secret_version: { token_value: { secret_id: arn } } });
    expect(written).toBe(`\${${address}}`);
    const byKey = ["password", "db.password"].map((key) => withValue(SecretValue.fromSecretsManager(arn, key)).written);
    expect(byKey).toEqual([`\${jsondecode(${address}).password}`, `\${jsondecode(${address})["db.password"]}`]);
  });

  test("is read from a parameter of the stack's own region and account, or by ARN from elsewhere", () => {
    const read = (name: string): unknown => withValue(SecretValue.fromParameter(name)).json["ephemeral"];
    const own = "arn:aws:ssm:eu-west-1:111111111111:parameter/shop/token";
    const other = "arn:aws:ssm:us-east-1:222222222222:parameter/shop/token";
    const block = (arn: string): unknown => ({ aws_ssm_parameter: { token_value: { arn, with_decryption: true } } });
    expect([read("/shop/token"), read("shop/token"), read(other)]).toEqual([block(own), block(own), block(other)]);
  });

  test("is taken from the environment by an ephemeral variable, one a stack", () => {
    const { json } = synthesized((stack) => {
      new Secret(stack, "one", { value: SecretValue.fromEnvironmentVariable("payment_token") });
      new Secret(stack, "two", { value: SecretValue.fromEnvironmentVariable("payment_token") });
    });
    expect(json["variable"]).toEqual({
      payment_token: {
        type: "string",
        sensitive: true,
        nullable: false,
        ephemeral: true,
        description: "Set as TF_VAR_payment_token",
      },
    });
    expect(withValue(SecretValue.fromEnvironmentVariable("payment_token")).written).toBe("${var.payment_token}");
  });

  test("refuses a name that no environment variable can have", () => {
    expect(() => withValue(SecretValue.fromEnvironmentVariable("payment-token"))).toThrow(
      'An environment variable\'s name must be letters, digits and "_", not beginning with a digit, got "payment-token".',
    );
  });

  test("is part of a JSON object with what is no secret", () => {
    const { written } = withValue(
      SecretValue.json({ password: SecretValue.fromEnvironmentVariable("password") }, { user: "app", port: 5432 }),
    );
    expect(written).toBe('${jsonencode({"user" = "app", "port" = 5432, "password" = var.password})}');
  });

  test("is drawn as asked for", () => {
    const options = {
      length: 41,
      excludeCharacters: "${",
      characters: ["lowercase", "numbers"],
      requireEachKind: false,
    };
    const { json } = withValue(SecretValue.generated(options as Parameters<typeof SecretValue.generated>[0]));
    expect(json["ephemeral"]).toEqual({
      aws_secretsmanager_random_password: {
        token_value: {
          password_length: 41,
          exclude_characters: "$${",
          exclude_lowercase: false,
          exclude_numbers: false,
          exclude_punctuation: true,
          exclude_uppercase: true,
          require_each_included_type: false,
        },
      },
    });
  });

  test("refuses a length and a choice of characters that draw nothing good, both at once", () => {
    const wrong = (): unknown => withValue(SecretValue.generated({ length: 4, characters: [] }));
    expect(wrong).toThrowErrorMatchingInlineSnapshot(`
     "Secret value "dev-test/token" is invalid:
       - length must be a whole number from 8 to 4096, got 4
       - characters must name a kind, got none: name some, or leave it out"
    `);
  });

  test("that is drawn is not shared by two stacks, which would each draw their own", () => {
    const wrong = (): unknown =>
      synthesizedApp((app: App) => {
        const value = SecretValue.generated();
        for (const name of ["data", "web"])
          new Secret(new Stack(app, name, { environment: plainEnvironment }), "token", { value });
      });
    expect(wrong).toThrow('A generated value is used in stack "dev-data" and again in "dev-web"');
  });

  test("that is read may be used in several stacks, which read it each for themselves", () => {
    const documents = synthesizedApp((app: App) => {
      const value = SecretValue.fromParameter("/shop/token");
      for (const name of ["data", "web"])
        new Secret(new Stack(app, name, { environment: plainEnvironment }), "token", { value });
    });
    const blocks = Object.values(documents).map((json) => json["ephemeral"]);
    expect(blocks[0]).toBeDefined();
    expect(blocks[1]).toEqual(blocks[0]);
  });
});

describe("in somebody else's TerraformStack", () => {
  /** What plain cdktf writes. */
  function plain(build: (stack: TerraformStack) => void): Json {
    const stack = new TerraformStack(Testing.app(), "shop-prod");
    new AwsProvider(stack, "aws", {});
    build(stack);
    return JSON.parse(Testing.synth(stack)) as Json;
  }

  test("Terraform 1.11 is asked for only where there is something ephemeral", () => {
    const version = (json: Json): unknown => (json["terraform"] as Json)["required_version"];
    expect(
      version(plain((stack) => new DbInstance(stack, "plain", { instanceClass: "db.t4g.micro" }))),
    ).toBeUndefined();
    const withSecret = plain((stack) => new Secret(stack, "token", { value: SecretValue.generated() }));
    expect(version(withSecret)).toBe(">= 1.11.0");
    expect(Object.keys(withSecret["ephemeral"] as Json)).toEqual(["aws_secretsmanager_random_password"]);
  });

  test("a variable asks for it too", () => {
    const json = plain((stack) => new Secret(stack, "token", { value: SecretValue.fromEnvironmentVariable("token") }));
    expect((json["terraform"] as Json)["required_version"]).toBe(">= 1.11.0");
    expect(json["variable"]).toHaveProperty("token.ephemeral", true);
  });

  test("a parameter is asked for by its ARN, because the region is not known", () => {
    const byName = (): unknown => plain((stack) => new Secret(stack, "t", { value: SecretValue.fromParameter("/a") }));
    expect(byName).toThrow('The parameter "/a" is of an unknown region and account: give its ARN');
  });
});
