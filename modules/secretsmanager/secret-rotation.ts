import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";

/** How a Lambda function changes the secret, there and in what the secret opens. */
export interface RotationOptions {
  /** ARN of the function. It may be called for this secret. */
  readonly functionArn: string;
  /**
   * When: every so many days (1 to 1,000), or by `rate(…)` or `cron(…)` in UTC, four hours apart at least.
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
   */
  readonly schedule: { readonly everyDays: number } | { readonly expression: string };
  /**
   * Length of the window that a rotation begins in, in hours.
   * @default to the end of the day, or to the next time where the schedule is in hours
   */
  readonly windowHours?: number;
  /**
   * Also rotate once when rotation is switched on or its settings change.
   * @default true, as AWS does
   */
  readonly rotateImmediately?: boolean;
}

/**
 * Rotation of a secret by a Lambda function, which may be called by Secrets Manager for this secret alone. The secret must hold a value
 * before it is rotated, so this comes after its first version.
 *
 * Replaced by: a change of secret or function (the permission). Costs: the function's calls.
 */
export class SecretRotation extends Construct {
  readonly resource: SecretsmanagerSecretRotation;

  constructor(
    scope: Construct,
    id: string,
    secret: { arn: string; version: ITerraformDependable },
    options: RotationOptions,
  ) {
    super(scope, id);
    const { functionArn, schedule, windowHours } = options;
    const permission = new LambdaPermission(this, "permission", {
      functionName: functionArn,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      sourceArn: secret.arn,
    });
    this.resource = new SecretsmanagerSecretRotation(this, "Resource", {
      secretId: secret.arn,
      rotationLambdaArn: functionArn,
      rotateImmediately: options.rotateImmediately ?? true,
      rotationRules: {
        ...("everyDays" in schedule
          ? { automaticallyAfterDays: schedule.everyDays }
          : { scheduleExpression: schedule.expression }),
        ...(windowHours === undefined ? {} : { duration: `${windowHours}h` }),
      },
      dependsOn: [permission, secret.version],
    });
  }
}
