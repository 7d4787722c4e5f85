import { Fn, propertyAccess, TerraformStack, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import { contextOf, Problems } from "../core";
import { Ephemeral, RequiredTerraform } from "./ephemeral";
import { passwordArguments, passwordProblems, type GeneratedOptions } from "./generated-password";

/**
 * A value that must not be written down: a password, a token. It is never part of the program's Terraform JSON, of a plan or of
 * a state, because it only goes from an ephemeral resource, or an ephemeral variable, into write-only arguments.
 *
 * A text is not a `SecretValue`: where one is asked for, a literal does not compile.
 *
 * @example
 * SecretValue.generated();                                          // drawn by AWS
 * SecretValue.fromSecretsManager("arn:aws:secretsmanager:…", "password");
 * SecretValue.fromParameter("/shop/prod/token");
 * SecretValue.fromEnvironmentVariable("payment_token");             // TF_VAR_payment_token of the process
 */
export class SecretValue {
  private readonly references = new Map<TerraformStack, string>();

  private constructor(
    private readonly create: (scope: Construct, id: string) => string,
    /** A value that is drawn is another one in each stack. */
    private readonly drawn = false,
  ) {}

  /**
   * A random value, drawn by Secrets Manager. Each run draws another one, and none is kept: it counts when the version number of what it is
   * written to is raised. All that has to have the same value is written in one stack, in one apply, with one version number.
   */
  static generated(options: GeneratedOptions = {}): SecretValue {
    return new SecretValue((scope, id) => {
      const problems = new Problems(scope, "Secret value");
      for (const problem of passwordProblems(options)) problems.add(problem);
      problems.throwIfAny();
      const password = new Ephemeral(scope, id, "aws_secretsmanager_random_password", passwordArguments(options));
      return password.attribute("random_password");
    }, true);
  }

  /**
   * What a secret in Secrets Manager holds; it must hold something before this is planned. Whoever plans needs
   * `secretsmanager:GetSecretValue`.
   * @param arn of the secret
   * @param jsonKey one value of a secret that is a JSON object; without it the whole text
   */
  static fromSecretsManager(arn: string, jsonKey?: string): SecretValue {
    return new SecretValue((scope, id) => {
      const secret = new Ephemeral(scope, id, "aws_secretsmanager_secret_version", { secret_id: arn });
      const text = secret.attribute("secret_string");
      return jsonKey === undefined ? text : Token.asString(propertyAccess(Fn.jsondecode(text), [jsonKey]));
    });
  }

  /**
   * What a parameter of Systems Manager holds, decrypted; it must be there before this is planned. Whoever plans needs `ssm:GetParameter`.
   * @param nameOrArn `/shop/prod/token` in the stack's own region and account, or the ARN of one elsewhere
   */
  static fromParameter(nameOrArn: string): SecretValue {
    return new SecretValue((scope, id) => {
      const parameter = new Ephemeral(scope, id, "aws_ssm_parameter", {
        arn: parameterArn(scope, nameOrArn),
        with_decryption: true,
      });
      return parameter.attribute("value");
    });
  }

  /**
   * What the environment variable `TF_VAR_<name>` holds when Terraform plans, and again when it applies: for values that a pipeline has. Terraform
   * does not run without it.
   * @param name letters, digits and `_`, not beginning with a digit
   */
  static fromEnvironmentVariable(name: string): SecretValue {
    return new SecretValue((scope) => ephemeralVariable(scope, name));
  }

  /**
   * A JSON object of which a part is secret, the way that drivers and the rotation functions of AWS want it.
   * @param secrets by key
   * @param attributes what is no secret, by key: a user name, a port
   */
  static json(
    secrets: Readonly<Record<string, SecretValue>>,
    attributes: Readonly<Record<string, string | number>> = {},
  ): SecretValue {
    return new SecretValue((scope, id) => {
      const values = Object.entries(secrets).map(([key, value]) => [key, value.reference(scope, `${id}_${key}`)]);
      return Token.asString(Fn.jsonencode({ ...attributes, ...Object.fromEntries(values) }));
    });
  }

  /**
   * The value, as an expression for a write-only argument: for those who build modules. The ephemeral resource that it needs is made once a stack,
   * where it is first asked for.
   * @param id of that resource, below `scope`
   * @throws Error when a value that is drawn is asked for in a second stack
   */
  reference(scope: Construct, id = "value"): string {
    const stack = TerraformStack.of(scope);
    const known = this.references.get(stack);
    if (known !== undefined) return known;
    this.refuseSecondStack(stack);
    const made = this.create(scope, id);
    this.references.set(stack, made);
    return made;
  }

  private refuseSecondStack(stack: TerraformStack): void {
    const [first] = this.references.keys();
    if (!this.drawn || !first) return;
    throw new Error(
      `A generated value is used in stack "${first.node.id}" and again in "${stack.node.id}", where it would be another one: ` +
        "keep it in a Secret, and read that, `secret.read()`.",
    );
  }
}

function parameterArn(scope: Construct, nameOrArn: string): string {
  if (Token.isUnresolved(nameOrArn) || nameOrArn.startsWith("arn:")) return nameOrArn;
  const { partition, region, account } = contextOf(scope);
  if (region === "" || account === "")
    throw new Error(
      `The parameter ${JSON.stringify(nameOrArn)} is of an unknown region and account: ` +
        "give its ARN, or use an EnvironmentStack, or say where it is with provideContext.",
    );
  return `arn:${partition}:ssm:${region}:${account}:parameter/${nameOrArn.replace(/^\//, "")}`;
}

/** One variable a stack, whoever asks for it. */
function ephemeralVariable(scope: Construct, name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new Error(
      `An environment variable's name must be letters, digits and "_", not beginning with a digit, got ${JSON.stringify(name)}.`,
    );
  const stack = TerraformStack.of(scope);
  const id = `${name}_variable`;
  const existing = stack.node.tryFindChild(id) as TerraformVariable | undefined;
  return (existing ?? createVariable(stack, id, name)).stringValue;
}

function createVariable(stack: TerraformStack, id: string, name: string): TerraformVariable {
  new RequiredTerraform(stack, `${id}_terraform`);
  const variable = new TerraformVariable(stack, id, {
    type: "string",
    sensitive: true,
    nullable: false,
    description: `Set as TF_VAR_${name}`,
  });
  variable.overrideLogicalId(name);
  variable.addOverride("ephemeral", true);
  return variable;
}
