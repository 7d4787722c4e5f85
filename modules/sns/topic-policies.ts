import type { Context } from "../core";

/** EventBridge tells neither the topic nor the key for which account it comes: with the condition, its messages are lost. */
const WITHOUT_SOURCE_ACCOUNT: ReadonlySet<string> = new Set(["events.amazonaws.com"]);

/** Who may publish, for this account only; and nobody without TLS. */
export function topicPolicy(topicArn: string, account: string, publishers: ReadonlySet<string>): string {
  return document([
    ...[...publishers].sort().map((service) => ({
      Sid: `Publish${sid(service)}`,
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sns:Publish",
      Resource: topicArn,
      ...forAccount(service, account),
    })),
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}

/**
 * The account's administrators, and what a publisher needs to write encrypted messages.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function keyPolicy({ account, partition }: Context, publishers: ReadonlySet<string>): string {
  return document([
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    ...[...publishers].sort().map((service) => ({
      Sid: `Publish${sid(service)}`,
      Effect: "Allow",
      Principal: { Service: service },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      ...forAccount(service, account),
    })),
  ]);
}

function forAccount(service: string, account: string): object {
  return WITHOUT_SOURCE_ACCOUNT.has(service) ? {} : { Condition: { StringEquals: { "aws:SourceAccount": account } } };
}

function document(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** `cloudwatch.amazonaws.com` as the end of a `Sid`. */
function sid(service: string): string {
  return service.replace(/[^A-Za-z0-9]/g, "");
}
