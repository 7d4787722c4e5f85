import type { Construct } from "constructs";
import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Problems, shown } from "../core";

/** What a processor is: `arm64` is Graviton, `x86_64` is Intel and AMD. */
export type Architecture = "arm64" | "x86_64";

/** What is known of an image besides where it is found. */
interface ImageTraits {
  /**
   * Who one logs in as: `ssh ec2-user@...`. `Instance.loginUser` hands it on.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/managing-users.html
   * @default not known
   */
  readonly loginUser?: string;
  /**
   * Refuses instance types of the other one.
   * @default not known; an image that is looked up is of the instance type's
   */
  readonly architecture?: Architecture;
}

/** One image, for ever. */
export interface ImageById extends ImageTraits {
  /** `ami-0123456789abcdef0`, or a reference. */
  readonly id: string;
}

/** The newest image that its owner publishes in a public SSM parameter. */
export interface PublishedImage extends ImageTraits {
  /** Name of the parameter; where each architecture has its own, by architecture. */
  readonly ssmParameter: string | { readonly [architecture in Architecture]?: string };
}

/** The newest image of an owner that fits. */
export interface ImageLookup extends ImageTraits {
  /**
   * Whose images are looked at: yours (`self`), AWS's, sellers on AWS Marketplace, or accounts by their twelve digits. Anybody can publish an
   * image under any name, so there is no default; a rule warns of accounts that are not known to publish images.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html
   */
  readonly owners: readonly ["self" | "amazon" | "aws-marketplace" | (string & {}), ...string[]];
  /**
   * Name with `*` and `?`: `"shop-web-*"`.
   * @default any; then `filters` must say something
   */
  readonly name?: string;
  /**
   * Further filters by their name in the API: `{ "tag:Release": ["stable"] }`.
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
   * @default none
   */
  readonly filters?: Readonly<Record<string, readonly string[]>>;
}

/**
 * What an instance starts from: an AMI by its id, by the SSM parameter in which its owner publishes the newest one, or the newest one of an owner
 * that fits. Families that are known by name are functions: `amazonLinux()`, `ubuntu("24.04")`, `windows("2025")`.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
 */
export type MachineImage = ImageById | PublishedImage | ImageLookup;

/**
 * True for an image that is another one every few weeks: the newest of a family. What starts from it had better ignore that, or each new
 * image replaces it.
 */
export function changesByItself(image: MachineImage): boolean {
  return !("id" in image);
}

/**
 * The architecture of an instance type: Graviton families have a `g` after their generation (`t4g`, `m7gd`), and `a1` is the first
 * of them. https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  const family = instanceType.split(".")[0] ?? "";
  return /^[a-z]+\d+g/.test(family) || family === "a1" ? "arm64" : "x86_64";
}

/**
 * The id of an image; one that is not given by its id is looked up when Terraform plans.
 * @param instanceType what is to start from it @default not known: the image must say which architecture it is of
 * @throws InvalidConstructError when the image is of another architecture than the instance type, or it cannot be told which one is meant
 */
export function imageId(scope: Construct, image: MachineImage, instanceType?: string): string {
  checkImage(scope, image, instanceType);
  if ("id" in image) return image.id;
  const architecture = instanceType === undefined ? knownArchitectures(image)[0] : architectureOf(instanceType);
  if ("owners" in image) return lookUp(scope, image, architecture).id;
  const { ssmParameter } = image;
  const name = typeof ssmParameter === "string" ? ssmParameter : (ssmParameter[architecture] ?? "");
  // The parameter is public: `insecure_value` is the same value, not marked as a secret.
  return new DataAwsSsmParameter(scope, "image", { name }).insecureValue;
}

function lookUp(scope: Construct, image: ImageLookup, architecture: Architecture): DataAwsAmi {
  const filters: Record<string, readonly string[]> = {
    ...(image.name === undefined ? {} : { name: [image.name] }),
    architecture: [architecture],
    state: ["available"],
    ...image.filters,
  };
  return new DataAwsAmi(scope, "image", {
    mostRecent: true,
    owners: [...image.owners],
    filter: Object.keys(filters)
      .sort()
      .map((name) => ({ name, values: [...(filters[name] ?? [])] })),
  });
}

const OWNER_ALIASES = ["self", "amazon", "aws-marketplace"];

function checkImage(scope: Construct, image: MachineImage, instanceType: string | undefined): void {
  const problems = new Problems(scope, "Image of");
  checkArchitecture(problems, image, instanceType);
  if ("owners" in image) {
    for (const owner of image.owners)
      problems.require(
        OWNER_ALIASES.includes(owner) || /^\d{12}$/.test(owner),
        `image.owners must be "self", "amazon", "aws-marketplace" or the twelve digits of an account, got ${shown(owner)}`,
      );
    problems.require(
      image.name !== undefined || Object.keys(image.filters ?? {}).length > 0,
      "image must have a name or filters: the newest of everything that an owner publishes is anything",
    );
  }
  problems.throwIfAny();
}

function checkArchitecture(problems: Problems, image: MachineImage, instanceType: string | undefined): void {
  const known = knownArchitectures(image);
  if (instanceType === undefined) {
    const isOne =
      known.length === 1 || "id" in image || ("ssmParameter" in image && typeof image.ssmParameter === "string");
    problems.require(isOne, `image must say its architecture, because no instance type does, got ${shown(known)}`);
    return;
  }
  const architecture = architectureOf(instanceType);
  problems.require(
    known.includes(architecture),
    `image must be ${architecture}, as instance type ${shown(instanceType)} is, got one that is ${known.join(" or ")}`,
  );
}

/** The architectures that an image may be of, as far as it says. */
function knownArchitectures(image: MachineImage): readonly [Architecture, ...Architecture[]] {
  if (image.architecture) return [image.architecture];
  if ("ssmParameter" in image && typeof image.ssmParameter !== "string") {
    const [first = "x86_64", ...others] = Object.keys(image.ssmParameter) as Architecture[];
    return [first, ...others];
  }
  return ["arm64", "x86_64"];
}
