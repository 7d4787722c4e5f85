import type { Estate } from "../estate";
import { familyOf, hibernation, isSpot, MACHINE_TYPES, memoryGib, spotOptions } from "./machines";
import { rootVolume } from "../ebs/volumes";
import { UnknownValueError } from "../values/block";
import { format } from "../kinds";
import { isExpression } from "../values/references";
import type { Resource } from "../resource";
import { fault, rule } from "../rule";

const PREREQUISITES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html";
const OPTIONS = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_HibernationOptionsRequest.html";
const RUN_INSTANCES = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html";

export const hibernationRules = [
  rule({
    id: "ec2-hibernation-encrypted-root",
    types: MACHINE_TYPES,
    title: "An instance that hibernates has an encrypted root volume",
    why: "Its memory goes to the root volume: AWS refuses an unencrypted one at apply.",
    fix: "Set encrypted = true in the block of the root volume.",
    source: PREREQUISITES,
    severity: "error",
    check: (machine, estate) => {
      if (!hibernation(machine)) return undefined;
      const root = rootVolume(machine);
      const encrypted = root?.boolean("encrypted");
      if (encrypted === true) return undefined;
      if (encrypted === undefined && isEncryptedOtherwise(machine, estate)) return undefined;
      const message = "the root volume of an instance that hibernates is encrypted";
      return root ? fault(root, "encrypted", message) : fault(machine.body, "root_block_device", message);
    },
  }),

  rule({
    id: "ec2-hibernation-root-size",
    types: MACHINE_TYPES,
    title: "The root volume of an instance that hibernates is larger than its memory",
    why: "Its memory goes to the root volume: with a smaller one, AWS refuses to launch it.",
    fix: "Make the root volume as large as the memory and what else is on it.",
    source: PREREQUISITES,
    severity: "error",
    check: (machine) => {
      if (!hibernation(machine)) return undefined;
      const root = rootVolume(machine);
      const size = root?.number("volume_size");
      const family = familyOf(machine);
      const memory = family && memoryGib(machine.body.string("instance_type") ?? "", family);
      if (!root || size === undefined || memory === undefined || size > memory) return undefined;
      return fault(root, "volume_size", `the root volume holds more than the memory, ${format(memory)} GiB`);
    },
  }),

  rule({
    id: "ec2-hibernation-instance-type",
    types: MACHINE_TYPES,
    title: "An instance that hibernates is of a type that can",
    why: "AWS refuses hibernation for other types, and for bare metal, at apply.",
    fix: "Take a type of the M, C, R or T families, or drop hibernation.",
    source: PREREQUISITES,
    severity: "error",
    check: (machine) => {
      const option = hibernation(machine);
      const family = option && familyOf(machine);
      if (!option || !family) return undefined;
      const instanceType = machine.body.string("instance_type") ?? "";
      const can = family.hibernation !== undefined && !/\.metal/.test(instanceType);
      return can ? undefined : fault(...option, `${instanceType} cannot hibernate`);
    },
  }),

  rule({
    id: "ec2-hibernation-spot",
    types: MACHINE_TYPES,
    title: "A spot instance that can hibernate is hibernated when interrupted",
    why: "AWS refuses another interruption behavior for it at apply.",
    fix: 'Drop instance_interruption_behavior, or set it to "hibernate".',
    source: OPTIONS,
    severity: "error",
    check: (machine) => {
      if (!hibernation(machine) || !isSpot(machine)) return undefined;
      const options = spotOptions(machine);
      const behavior = options?.string("instance_interruption_behavior") ?? "hibernate";
      if (!options || behavior === "hibernate") return undefined;
      return fault(options, "instance_interruption_behavior", 'it is "hibernate" where hibernation is enabled');
    },
  }),

  rule({
    id: "ec2-hibernation-enclaves",
    types: MACHINE_TYPES,
    title: "An instance has hibernation or Nitro Enclaves, not both",
    why: "AWS refuses both together at apply.",
    fix: "Drop one of the two.",
    source: RUN_INSTANCES,
    severity: "error",
    check: (machine) => {
      const enclaves = machine.body.block("enclave_options");
      if (enclaves?.boolean("enabled") !== true || !hibernation(machine)) return undefined;
      return fault(enclaves, "enabled", "an instance that hibernates has no Nitro Enclaves");
    },
  }),
] as const;

/** Whether the image, or the account's own setting, encrypts a root volume that says nothing of it. @throws UnknownValueError */
function isEncryptedOtherwise(machine: Resource, estate: Estate): boolean {
  const byDefault = estate.ofType("aws_ebs_encryption_by_default").some(({ region, stack, body }) => {
    const isHere = region === machine.region && stack.environment === machine.stack.environment;
    return isHere && body.boolean("enabled") !== false;
  });
  if (byDefault) return true;
  const written = machine.body.raw("ami") ?? machine.body.raw("image_id");
  const image = estate.target(machine.stack, written);
  switch (image?.type) {
    case undefined:
      if (!isExpression(written)) return false;
      break;
    case "aws_ami_copy":
      return image.body.boolean("encrypted") === true;
    case "data.aws_ami":
      // An image of one's own may be encrypted; that of a publisher is not.
      if (image.body.strings("owners").some((owner) => owner !== "self")) return false;
      break;
    case "data.aws_ssm_parameter":
      if (image.body.string("name")?.startsWith("/aws/service/")) return false;
  }
  throw new UnknownValueError("ami");
}
