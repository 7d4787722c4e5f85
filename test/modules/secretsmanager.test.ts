import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Role } from "../../modules/iam";
import { createDatabaseSecret, Ephemeral, Secret, secretEngine, SecretValue } from "../../modules/secretsmanager";
import type { EnvironmentStack } from "../../stacks/environment-stack";
import { synthesized, type Json } from "../support/synthesized";

const KEY = "arn:aws:kms:eu-west-1:111111111111:key/k";
const FUNCTION = "arn:aws:lambda:eu-west-1:111111111111:function:rotate";

function made(
  build: (stack: EnvironmentStack) => void,
  tier?: "production",
): { resources: Record<string, Json>; ephemeral: Record<string, Record<string, Json>>; json: Json } {
  const { json, resources } = synthesized(build, tier ? { tier } : {});
  return { json, resources, ephemeral: (json["ephemeral"] ?? {}) as Record<string, Record<string, Json>> };
}

describe("Secret", () => {
  test("holds a generated value that goes from an ephemeral resource into a write-only argument", () => {
    const { resources, ephemeral } = made((stack) => new Secret(stack, "token", { value: SecretValue.generated() }));
    expect(ephemeral).toEqual({
      aws_secretsmanager_random_password: {
        token_value: {
          password_length: 30,
          exclude_characters: "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~",
          exclude_lowercase: false,
          exclude_numbers: false,
          exclude_punctuation: false,
          exclude_uppercase: false,
          require_each_included_type: true,
        },
      },
    });
    expect(resources).toEqual({
      "aws_secretsmanager_secret.token": {
        name: "acme-dev-token",
        recovery_window_in_days: 0,
        tags: { Name: "acme-dev-token" },
      },
      "aws_secretsmanager_secret_version.token_version": {
        secret_id: "${aws_secretsmanager_secret.token.arn}",
        secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.token_value.random_password}",
        secret_string_wo_version: 1,
      },
    });
  });

  test("writes its value again under a raised version, and changes nothing else", () => {
    const make = (version: number): ReturnType<typeof made> =>
      made((stack) => new Secret(stack, "token", { value: SecretValue.generated(), version }));
    const [one, two] = [make(1), make(2)];
    expect(two.ephemeral).toEqual(one.ephemeral);
    expect(two.resources).toEqual({
      ...one.resources,
      "aws_secretsmanager_secret_version.token_version": {
        ...one.resources["aws_secretsmanager_secret_version.token_version"],
        secret_string_wo_version: 2,
      },
    });
  });

  test("can be had back for 30 days in production, or as long as is said", () => {
    const days = (recoveryWindowDays?: number): unknown =>
      made((stack) => new Secret(stack, "token", { value: SecretValue.generated(), recoveryWindowDays }), "production")
        .resources["aws_secretsmanager_secret.token"]?.["recovery_window_in_days"];
    expect([days(), days(0), days(7)]).toEqual([30, 0, 7]);
  });

  test("has a key, a description, copies in other regions, a policy and a rotation, each when asked for", () => {
    const { resources } = made(
      (stack) =>
        new Secret(stack, "token", {
          value: SecretValue.generated(),
          description: "Payment provider",
          kmsKeyArn: KEY,
          replicaRegions: {
            "eu-central-1": {},
            "us-east-1": { kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/u" },
          },
          resourcePolicy: "{}",
          rotation: { functionArn: FUNCTION, schedule: { everyDays: 30 }, windowHours: 3, rotateImmediately: false },
        }),
    );
    expect(resources).toMatchObject({
      "aws_secretsmanager_secret.token": {
        kms_key_id: KEY,
        description: "Payment provider",
        replica: [
          { region: "eu-central-1" },
          { region: "us-east-1", kms_key_id: "arn:aws:kms:us-east-1:111111111111:key/u" },
        ],
      },
      "aws_secretsmanager_secret_policy.token_policy": {
        secret_arn: "${aws_secretsmanager_secret.token.arn}",
        policy: "{}",
        block_public_policy: true,
      },
      "aws_lambda_permission.token_rotation_permission": {
        function_name: FUNCTION,
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        source_arn: "${aws_secretsmanager_secret.token.arn}",
      },
      "aws_secretsmanager_secret_rotation.token_rotation": {
        secret_id: "${aws_secretsmanager_secret.token.arn}",
        rotation_lambda_arn: FUNCTION,
        rotate_immediately: false,
        rotation_rules: { automatically_after_days: 30, duration: "3h" },
        depends_on: [
          "aws_lambda_permission.token_rotation_permission",
          "aws_secretsmanager_secret_version.token_version",
        ],
      },
    });
  });

  test("is rotated by an expression as well", () => {
    const { resources } = made(
      (stack) =>
        new Secret(stack, "token", {
          value: SecretValue.generated(),
          rotation: { functionArn: FUNCTION, schedule: { expression: "rate(12 hours)" } },
        }),
    );
    expect(resources["aws_secretsmanager_secret_rotation.token_rotation"]).toMatchObject({
      rotate_immediately: true,
      rotation_rules: { schedule_expression: "rate(12 hours)" },
    });
  });

  test("can be read by whatever has a role, with its key, and granting twice is granting once", () => {
    const { resources } = made((stack) => {
      const secret = new Secret(stack, "token", { value: SecretValue.generated(), kmsKeyArn: KEY });
      const role = new Role(stack, "app", { service: "ec2.amazonaws.com" });
      secret.grantRead(role);
      secret.grantRead(role);
    });
    const policies = Object.entries(resources).filter(([address]) => address.startsWith("aws_iam_role_policy."));
    expect(policies.map(([address, { policy }]) => [address, JSON.parse(policy as string)])).toEqual([
      [
        "aws_iam_role_policy.app_decrypt_token",
        { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["kms:Decrypt"], Resource: [KEY] }] },
      ],
      [
        "aws_iam_role_policy.app_read_token",
        {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
              Resource: ["${aws_secretsmanager_secret.token.arn}"],
            },
          ],
        },
      ],
    ]);
  });

  test("refuses a recovery window and a version that there are not, both at once", () => {
    const wrong = (): unknown =>
      made(
        (stack) => new Secret(stack, "token", { value: SecretValue.generated(), recoveryWindowDays: 3, version: 0 }),
      );
    expect(wrong).toThrowErrorMatchingInlineSnapshot(`
     "Secret "dev-test/token" is invalid:
       - recoveryWindowDays must be a whole number from 7 to 30, or 0 for none, got 3
       - version must be a whole number from 1, got 0"
    `);
  });
});

describe("the secret of a database", () => {
  const build = (version: number) => (stack: EnvironmentStack) => {
    const password = SecretValue.generated();
    const database = new DbInstance(stack, "orders", {
      instanceClass: "db.t4g.micro",
      passwordWo: password.reference(stack, "password"),
      passwordWoVersion: version,
    });
    createDatabaseSecret(stack, "secret", {
      password,
      version,
      username: "app",
      engine: "aurora-postgresql",
      host: database.address,
      port: database.port,
      databaseName: "orders",
      identifier: { dbInstanceIdentifier: "acme-dev-orders" },
      replacedWith: "aws_db_instance.orders.resource_id",
    });
  };

  test("is the JSON that rotation functions read, with the very value and number that the database is given", () => {
    const { resources, ephemeral } = made(build(3));
    expect(Object.keys(ephemeral["aws_secretsmanager_random_password"] ?? {})).toEqual(["password"]);
    const value = "ephemeral.aws_secretsmanager_random_password.password.random_password";
    expect(resources["aws_db_instance.orders"]).toMatchObject({
      password_wo: `\${${value}}`,
      password_wo_version: 3,
    });
    expect(resources["aws_secretsmanager_secret_version.secret_version"]).toEqual({
      secret_id: "${aws_secretsmanager_secret.secret.arn}",
      secret_string_wo:
        '${jsonencode({"engine" = "postgres", "host" = aws_db_instance.orders.address, "port" = aws_db_instance.orders.port, ' +
        `"username" = "app", "dbname" = "orders", "dbInstanceIdentifier" = "acme-dev-orders", "password" = ${value}})}`,
      secret_string_wo_version: 3,
      lifecycle: { replace_triggered_by: ["aws_db_instance.orders.resource_id"] },
    });
  });

  test("names engines as AWS's rotation functions do", () => {
    const names = ["aurora-mysql", "aurora-postgresql", "mysql", "mariadb", "oracle-se2-cdb", "sqlserver-ee", "db2-se"];
    expect(names.map(secretEngine)).toEqual(["mysql", "postgres", "mysql", "mariadb", "oracle", "sqlserver", "db2"]);
  });
});

test("an ephemeral resource is not written as HCL, and says why", () => {
  const inHcl = (): unknown =>
    made((stack) => {
      const element = new Ephemeral(stack, "p", "aws_secretsmanager_random_password", {});
      element.toHclTerraform();
    });
  expect(inHcl).toThrow('"dev-test/p" is an ephemeral resource, which cdktf cannot write as HCL: write JSON');
});
