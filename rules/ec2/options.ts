import { familyOf, familyName, INSTANCES, MACHINE_TYPES } from "./machines";
import { fault, rule } from "../rule";
import { UnknownValueError, type Block } from "../values/block";
import { isExpression } from "../values/references";
import type { Resource } from "../resource";

const CPU_RULES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-cpu-options-rules.html";
const CPU_OPTIONS = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-optimize-cpu.html";
const IPV6 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html";
const TAG_RULES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html";

/** Of x86_64, those with one thread a core; so have all of arm64. */
const ONE_THREAD = ["t2", "c7a", "m7a", "r7a"];

/** What the metadata service can show as a part of a path. */
const METADATA_KEY = /^[a-zA-Z0-9+\-=.,_:@]+$/;
const RESERVED_KEYS = [".", "..", "_index"];

export const instanceOptionRules = [
  rule({
    id: "ec2-cpu-options",
    types: MACHINE_TYPES,
    title: "CPU options name both cores and threads per core, and not for bare metal",
    why: "AWS refuses the one without the other, and either for bare metal, at apply.",
    fix: "Set core_count and threads_per_core, or drop cpu_options.",
    source: CPU_RULES,
    severity: "error",
    check: ({ body }) => {
      const options = body.block("cpu_options");
      if (!options) return undefined;
      const [cores, threads] = [options.has("core_count"), options.has("threads_per_core")];
      if (!cores && !threads) return undefined;
      if (!threads) return fault(options, "threads_per_core", "core_count needs threads_per_core beside it");
      if (!cores) return fault(options, "core_count", "threads_per_core needs core_count beside it");
      const instanceType = body.string("instance_type") ?? "";
      if (!instanceType.includes(".metal")) return undefined;
      return fault(options, "core_count", `${instanceType} is bare metal, which has no CPU options`);
    },
  }),

  rule({
    id: "ec2-cpu-threads",
    types: MACHINE_TYPES,
    title: "An instance whose cores have one thread is not told to have two",
    why: "Graviton, T2, C7a, M7a and R7a have one thread a core, which cannot be changed: AWS refuses two at apply.",
    fix: "Set threads_per_core to 1, or drop cpu_options.",
    source: CPU_OPTIONS,
    severity: "error",
    check: (machine) => {
      const options = machine.body.block("cpu_options");
      if (!options?.has("threads_per_core") || options.number("threads_per_core") === 1) return undefined;
      const family = familyOf(machine);
      if (!family) return undefined;
      const instanceType = machine.body.string("instance_type") ?? "";
      if (family.architecture !== "arm64" && !ONE_THREAD.includes(familyName(instanceType))) return undefined;
      return fault(options, "threads_per_core", `${instanceType} has one thread a core`);
    },
  }),

  rule({
    id: "ec2-metadata-tag-keys",
    types: MACHINE_TYPES,
    title: "Tags that an instance reads from the metadata service have keys that can stand in a path",
    why: "AWS refuses spaces, slashes and other characters in keys at apply, once tags in metadata are switched on.",
    fix: "Take letters, digits and + - = . , _ : @ only, or switch instance_metadata_tags off.",
    source: TAG_RULES,
    severity: "error",
    check: (machine) => {
      const [options] = machine.body.blocks("metadata_options");
      if (options?.string("instance_metadata_tags") !== "enabled") return undefined;
      for (const [block, name] of tagsOf(machine)) {
        const tags = block.raw(name);
        if (isExpression(tags)) throw new UnknownValueError(block.argument(name));
        const wrong = Object.keys(tags ?? {}).find((key) => !METADATA_KEY.test(key) || RESERVED_KEYS.includes(key));
        if (wrong === undefined) continue;
        return { argument: block.argument(name), value: wrong, message: "the metadata service cannot show this key" };
      }
      return undefined;
    },
  }),

  rule({
    id: "ec2-ipv6-subnet",
    types: [...INSTANCES, "aws_network_interface"],
    title: "What has IPv6 addresses is in a subnet that has an IPv6 block",
    why: "The addresses come from the subnet's block: AWS refuses them at apply.",
    fix: "Give the subnet an ipv6_cidr_block, or drop the addresses.",
    source: IPV6,
    severity: "error",
    check: (resource, estate) => {
      const { body } = resource;
      const [name] = ["ipv6_address_count", "ipv6_addresses"].filter((one) => body.raw(one) !== undefined);
      if (name === undefined || (name === "ipv6_address_count" ? body.number(name) === 0 : !body.has(name)))
        return undefined;
      const subnet = estate.follow(resource, body, "subnet_id", "aws_subnet");
      if (!subnet || hasIpv6(subnet)) return undefined;
      return fault(body, name, `${subnet.address} has no IPv6 block`);
    },
  }),
] as const;

function hasIpv6({ body }: Resource): boolean {
  return ["ipv6_cidr_block", "ipv6_ipam_pool_id", "ipv6_netmask_length"].some((name) => body.raw(name) !== undefined);
}

/** The arguments with an instance's tags. */
function tagsOf({ type, body }: Resource): (readonly [Block, string])[] {
  if (type !== "aws_launch_template")
    return [
      [body, "tags"],
      // In a plan: with those that the provider adds.
      [body, "tags_all"],
    ];
  return body
    .blocks("tag_specifications")
    .filter((specification) => specification.string("resource_type") === "instance")
    .map((specification) => [specification, "tags"]);
}
