import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Role } from "../iam";
import type { SnapshotSchedule } from "./snapshot-schedule";

/** The keys that copies in other regions are encrypted with. */
export function copyKeys(schedules: readonly SnapshotSchedule[]): string[] {
  return schedules
    .flatMap(({ copyTo = {} }) => Object.values(copyTo))
    .flatMap(({ kmsKeyArn }) => (kmsKeyArn === undefined ? [] : [kmsKeyArn]));
}

/**
 * Lets Data Lifecycle Manager use KMS keys: AWS's policy for its role does not.
 * https://docs.aws.amazon.com/ebs/latest/userguide/service-role.html
 */
export function grantKeys(role: Role, keyArns: readonly string[]): void {
  const keys = [...new Set(keyArns)];
  if (keys.length === 0) return;
  new IamRolePolicy(role, "kms_keys", {
    name: "kms_keys",
    role: role.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
          Resource: keys,
          // EBS itself may use the key, and nobody else may be let.
          Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
        {
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          Resource: keys,
        },
      ],
    }),
  });
}
