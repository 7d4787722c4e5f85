import { UnknownValueError, type Block } from "../values/block";
import { VOLUME_TYPES, volumes } from "./volumes";
import type { Estate } from "../estate";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";

const API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const COPY_TYPES = ["aws_ami_copy", "aws_ebs_snapshot_copy"];
const KMS_FIX = "Set encrypted = true, or drop kms_key_id.";
const NEEDS_ENCRYPTION = "a KMS key needs encrypted = true";

export const ebsEncryptionRules = [
  rule({
    id: "ebs-kms-key-encrypted",
    types: VOLUME_TYPES,
    title: "A volume with a KMS key is encrypted",
    why: "AWS refuses a key for a volume that is not said to be encrypted, at apply.",
    fix: KMS_FIX,
    source: `${API}/API_CreateVolume.html`,
    severity: "error",
    check: (resource) => each(volumes(resource), withoutEncryption),
  }),

  rule({
    id: "ebs-copy-kms-key-encrypted",
    types: COPY_TYPES,
    title: "A copy of an image or a snapshot with a KMS key is encrypted",
    why: "AWS refuses a key for a copy that is not said to be encrypted, at apply.",
    fix: KMS_FIX,
    source: `${API}/API_CopyImage.html`,
    severity: "error",
    check: ({ body }) => withoutEncryption(body),
  }),

  rule({
    id: "ebs-kms-key-region",
    types: [...VOLUME_TYPES, ...COPY_TYPES],
    title: "The KMS key of a volume or a copy is in the region where that is made",
    why: "AWS does not find a key of another region: the volume or the copy fails after it seemed to be made.",
    fix: "Take a key of that region: a replica of a multi-region key, or one made there.",
    source: `${API}/API_CopyImage.html`,
    severity: "error",
    check: (resource, estate) =>
      each(COPY_TYPES.includes(resource.type) ? [resource.body] : volumes(resource), (block) => {
        const region = keyRegion(resource, block, estate);
        if (region === undefined) return undefined;
        if (resource.region === undefined) throw new UnknownValueError("provider");
        if (region === resource.region) return undefined;
        return fault(block, "kms_key_id", `the key is in ${region}, this is made in ${resource.region}`);
      }),
  }),
] as const;

function withoutEncryption(block: Block): Fault | undefined {
  if (block.raw("kms_key_id") === undefined || block.boolean("encrypted") === true) return undefined;
  return block.has("kms_key_id") ? fault(block, "kms_key_id", NEEDS_ENCRYPTION) : undefined;
}

/** The region of a key, by its ARN or as a resource. Undefined for a name that means a key of the region. @throws UnknownValueError */
export function keyRegion(resource: Resource, block: Block, estate: Estate): string | undefined {
  const written = block.raw("kms_key_id");
  const key = estate.target(resource.stack, written);
  if (key?.type.includes("aws_kms_")) {
    if (key.region === undefined) throw new UnknownValueError("provider");
    return key.region;
  }
  return /^arn:[^:]*:kms:([^:]+):/.exec(block.string("kms_key_id") ?? "")?.[1];
}
