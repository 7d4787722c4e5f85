import type { Estate } from "../estate";
import { pattern } from "../kinds";
import type { Resource } from "../resource";
import { isPrivate, zoneOf } from "./record-sets";
import { documentOf, GLOBAL_REGION, regionOf } from "./zones";
import { fault, rule } from "../rule";

const CREATE = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateKeySigningKey.html";
const KEYS = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html";
const DNSSEC = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html";

const TYPES = ["aws_route53_key_signing_key"];
const KEY = "key_management_service_arn";
const SERVICE = "dnssec-route53.amazonaws.com";

export const dnssecRules = [
  pattern({
    id: "route53-key-signing-key-name",
    types: TYPES,
    argument: "name",
    what: "the name of a key-signing key",
    matches: /^[0-9A-Za-z_-]{3,128}$/,
    rule: "has 3 to 128 letters, digits, underscores and hyphens",
    fix: "Write it without dots, and with three characters or more.",
    source: CREATE,
  }),

  rule({
    id: "route53-key-signing-key-documented-name",
    types: TYPES,
    title: "The name of a key-signing key has no hyphens: AWS documents none",
    why: "AWS takes them; its documents name letters, digits and underscores only.",
    fix: "Write an underscore; acknowledge it where AWS has taken it.",
    source: CREATE,
    severity: "warning",
    check: ({ body }) => (body.string("name")?.includes("-") ? fault(body, "name", "it has a hyphen") : undefined),
  }),

  rule({
    id: "route53-key-signing-key-region",
    types: TYPES,
    title: `The KMS key of a key-signing key is in ${GLOBAL_REGION}`,
    why: "AWS refuses a key of another region at apply.",
    fix: `Make the key with a provider of ${GLOBAL_REGION}.`,
    source: KEYS,
    severity: "error",
    check: (signing, estate) => {
      const region = regionOf(signing, KEY, "aws_kms_key", estate);
      return region === GLOBAL_REGION ? undefined : fault(signing.body, KEY, `the key is in ${GLOBAL_REGION}`);
    },
  }),

  rule({
    id: "route53-key-signing-key-spec",
    types: TYPES,
    title: "The KMS key of a key-signing key is of ECC_NIST_P256, for SIGN_VERIFY",
    why: "AWS refuses another at apply, and a key cannot be changed afterwards.",
    fix: 'Set customer_master_key_spec = "ECC_NIST_P256" and key_usage = "SIGN_VERIFY".',
    source: KEYS,
    severity: "error",
    check: (signing, estate) => {
      const key = estate.follow(signing, signing.body, KEY, "aws_kms_key");
      if (!key) return undefined;
      const spec = key.body.string("customer_master_key_spec") || "SYMMETRIC_DEFAULT";
      const usage = key.body.string("key_usage") || "ENCRYPT_DECRYPT";
      if (spec === "ECC_NIST_P256" && usage === "SIGN_VERIFY") return undefined;
      return fault(
        signing.body,
        KEY,
        `${key.address} is of ${spec}, for ${usage}: it is ECC_NIST_P256, for SIGN_VERIFY`,
      );
    },
  }),

  rule({
    id: "route53-key-signing-key-policy",
    types: TYPES,
    title: `The policy of the KMS key of a key-signing key lets ${SERVICE} use it`,
    why: "Route 53 cannot sign with it, and AWS refuses it at apply.",
    fix: `Allow ${SERVICE} kms:DescribeKey, kms:GetPublicKey and kms:Sign.`,
    source: KEYS,
    severity: "error",
    check: (signing, estate) => {
      const key = estate.follow(signing, signing.body, KEY, "aws_kms_key");
      if (!key || policiesOf(key, estate).some((text) => text.includes(SERVICE))) return undefined;
      return fault(signing.body, KEY, `the policy of ${key.address} does not let ${SERVICE} use it`);
    },
  }),

  rule({
    id: "route53-dnssec-public",
    types: [...TYPES, "aws_route53_hosted_zone_dnssec"],
    title: "DNSSEC signs public zones only",
    why: "AWS refuses it for a private zone at apply.",
    fix: "Drop it: nothing asks for signatures inside a VPC.",
    source: DNSSEC,
    severity: "error",
    check: (resource, estate) => {
      const zone = zoneOf(resource, resource.body, "hosted_zone_id", estate);
      return isPrivate(zone, estate)
        ? fault(resource.body, "hosted_zone_id", "DNSSEC signs public zones only")
        : undefined;
    },
  }),
] as const;

/** The policies of a key, its own and those of other resources. @throws UnknownValueError */
function policiesOf(key: Resource, estate: Estate): string[] {
  const own = key.body.has("policy") ? [documentOf(key, "policy", estate)] : [];
  const others = estate.attached(key, "aws_kms_key_policy", "key_id");
  return [...own, ...others.map((policy) => documentOf(policy, "policy", estate))];
}
