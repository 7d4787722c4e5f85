import { UnknownValueError, type Block } from "../values/block";
import type { Estate } from "../estate";
import { familyOf, imageArgument, LAUNCH_TYPES } from "./machines";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";

const SHARED_AMIS = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/usingsharedamis-finding.html";
const AMI_TYPES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ComponentsAMIs.html";

const TRUSTED_ALIASES = ["self", "amazon", "aws-marketplace"];
/** Who publishes images of a distribution, as of May 2026; of others one says why (acknowledge). */
const PUBLISHERS: Readonly<Record<string, string>> = {
  "099720109477": "Canonical",
  "136693071363": "Debian",
  "309956199498": "Red Hat",
  "013907871322": "SUSE",
  "792107900819": "Rocky Linux",
  "764336703387": "AlmaLinux",
  "137112412989": "Amazon",
  "801119661308": "Amazon (Windows)",
};

export const imageRules = [
  rule({
    id: "ec2-ami-owner",
    types: ["data.aws_ami", "data.aws_ami_ids"],
    title: "An image is looked up among the images of an owner who is known",
    why: "Anybody can publish an image under any name: the newest of that name may be a stranger's.",
    fix: 'Name the owner: "self", "amazon", "aws-marketplace", the publisher\'s account; of another, acknowledge why it is trusted.',
    source: SHARED_AMIS,
    severity: "warning",
    check: ({ body, account }) => {
      const owners = [
        ...body.list("owners"),
        ...filters(body, "owner-id", "owner-alias").flatMap((filter) => filter.list("values")),
      ];
      if (owners.length > 0) return each(owners, ([list, index]) => strange(list, index, account));
      // One image by its id is that image.
      const isOne = filters(body, "image-id").length > 0 || body.strings("executable_users").includes("self");
      return isOne ? undefined : fault(body, "owners", "an image is looked up among those of a known owner");
    },
  }),

  rule({
    id: "ec2-ami-architecture",
    types: LAUNCH_TYPES,
    title: "The image of an instance is of its processor's architecture",
    why: "AWS refuses it at apply: an arm64 image does not start on an x86_64 instance, nor the other way round.",
    fix: "Take the image of the other architecture, or an instance type that has it (a g behind the number: Graviton, arm64).",
    source: AMI_TYPES,
    severity: "error",
    check: (machine, estate) => {
      const { body } = machine;
      const name = imageArgument(machine);
      if (!body.has(name)) return undefined;
      const family = familyOf(machine);
      const architecture = family && architectureOf(machine, name, estate);
      if (!family || architecture === undefined || architecture === family.architecture) return undefined;
      // The older x86 families, all of Xen, start images of 32 bits too.
      if (architecture === "i386" && family.architecture === "x86_64" && family.xen) return undefined;
      const message = `the image is ${architecture}, ${body.string("instance_type")} is ${family.architecture}`;
      return fault(body, name, message);
    },
  }),
] as const;

function strange(list: Block, index: string, account: string | undefined): Fault | undefined {
  const owner = list.string(index) ?? "";
  if (TRUSTED_ALIASES.includes(owner) || owner in PUBLISHERS || owner === account) return undefined;
  return fault(list, index, "this owner is nobody who is known to publish images");
}

/** The filters of a lookup by one of these names. */
function filters(body: Block, ...names: readonly string[]): Block[] {
  return body.blocks("filter").filter((filter) => names.includes(filter.string("name") ?? ""));
}

/** @throws UnknownValueError where only AWS can tell */
function architectureOf(machine: Resource, name: string, estate: Estate): string | undefined {
  const written = machine.body.raw(name);
  if (typeof written === "string" && written.startsWith("resolve:ssm:")) return fromName(written, name);
  const image = estate.follow(machine, machine.body, name);
  switch (image?.type) {
    case "aws_ami":
      return image.body.string("architecture") ?? "x86_64";
    case "data.aws_ssm_parameter":
      return fromName(image.body.string("name") ?? "", name);
    case "data.aws_ami":
      return ofLookup(image, name);
    default:
      throw new UnknownValueError(name);
  }
}

function ofLookup({ body }: Resource, name: string): string | undefined {
  // In a plan it has been looked up.
  if (body.has("architecture")) return body.string("architecture");
  const [architectures] = filters(body, "architecture").map((filter) => filter.strings("values"));
  if (architectures?.length === 1) return architectures[0];
  const names = filters(body, "name").flatMap((filter) => filter.strings("values"));
  return fromName([...names, body.string("name_regex") ?? ""].join(" "), name);
}

/** Names of images and of their parameters tell it: `al2023-ami-kernel-default-arm64`. @throws UnknownValueError */
function fromName(text: string, argument: string): string {
  // Windows runs on x86_64 only.
  const [arm, intel] = [/arm64|aarch64/.test(text), /x86_64|amd64|ami-windows-latest|Windows_Server/.test(text)];
  if (arm === intel) throw new UnknownValueError(argument);
  return arm ? "arm64" : "x86_64";
}
