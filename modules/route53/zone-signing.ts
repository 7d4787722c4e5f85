import { Construct } from "constructs";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53HostedZoneDnssec } from "@cdktf/provider-aws/lib/route53-hosted-zone-dnssec";
import { Route53KeySigningKey } from "@cdktf/provider-aws/lib/route53-key-signing-key";
import { contextOf } from "../core";

/**
 * The key that signs: one that exists in us-east-1 (asymmetric, `ECC_NIST_P256`, for signing, with a policy that lets Route 53 use it), or one that is
 * made with the provider of us-east-1. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html
 */
export type SigningKey = { readonly kmsKeyArn: string } | { readonly provider: AwsProvider | "stack" };

/** A zone, and the key that signs it. */
export interface ZoneSigningProps {
  readonly zone: { readonly id: string; readonly arn: string };
  readonly key: SigningKey;
}

/**
 * DNSSEC of a public zone: the key, the key-signing key and the switch. Resolvers verify it once its DS record is in the zone above.
 *
 * Replaced by: another KMS key, which needs the DS record taken away first, and as long a wait as its TTL. Costs: a KMS key by the month.
 */
export class ZoneSigning extends Construct {
  /** What goes into the zone above, or to the registrar: `<key tag> <algorithm> <digest type> <digest>`. */
  readonly dsRecord: string;
  readonly keySigningKey: Route53KeySigningKey;
  readonly resource: Route53HostedZoneDnssec;
  /** The key that was made; none when one was given. */
  readonly kmsKey: KmsKey | undefined;

  constructor(scope: Construct, id: string, { zone, key }: ZoneSigningProps) {
    super(scope, id);
    this.kmsKey = "kmsKeyArn" in key ? undefined : this.createKmsKey(zone.arn, key.provider);
    this.keySigningKey = new Route53KeySigningKey(this, "key_signing_key", {
      hostedZoneId: zone.id,
      keyManagementServiceArn: "kmsKeyArn" in key ? key.kmsKeyArn : (this.kmsKey?.arn ?? ""),
      // Unique within the zone, which is all that AWS asks of it.
      name: "key_signing_key",
    });
    this.resource = new Route53HostedZoneDnssec(this, "Resource", {
      // Through the key: signing needs it, and is switched off before it goes.
      hostedZoneId: this.keySigningKey.hostedZoneId,
    });
    this.dsRecord = this.keySigningKey.dsRecord;
  }

  /** Keys for signing cannot be rotated by KMS, and the zone is lost to verifying resolvers when the key is: the policy lets nobody but this zone use it. */
  private createKmsKey(zoneArn: string, provider: AwsProvider | "stack"): KmsKey {
    const { partition, account } = contextOf(this);
    const route53 = { Effect: "Allow", Principal: { Service: "dnssec-route53.amazonaws.com" }, Resource: "*" };
    return new KmsKey(this, "kms_key", {
      description: "Signs a Route 53 hosted zone",
      customerMasterKeySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Account",
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${account}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Sid: "Sign",
            ...route53,
            Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
            Condition: { StringEquals: { "aws:SourceAccount": account }, ArnEquals: { "aws:SourceArn": zoneArn } },
          },
          {
            Sid: "Grant",
            ...route53,
            Action: "kms:CreateGrant",
            Condition: { Bool: { "kms:GrantIsForAWSResource": true } },
          },
        ],
      }),
      ...(provider === "stack" ? {} : { provider }),
    });
  }
}
