import type { VolumeOptions } from "../ec2/volume-options";
import type { SubnetTier, VpcLike, ZoneLetter } from "../vpc";
import type { ImageDistribution } from "./image-distribution";
import type { ParentImage } from "./parent-image";

/** Components that AWS keeps, by name; `list-components --owner Amazon` names all of them. */
export type ManagedComponentName =
  | "update-linux"
  | "update-windows"
  | "amazon-cloudwatch-agent-linux"
  | "amazon-cloudwatch-agent-windows"
  | "simple-boot-test-linux"
  | "simple-boot-test-windows"
  | "reboot-test-linux"
  | "reboot-test-windows"
  | (string & {});

interface ComponentParameters {
  /**
   * Values of the component's parameters.
   * @default the component's own
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A component that AWS keeps in Image Builder. */
export interface ManagedComponent extends ComponentParameters {
  readonly managed: ManagedComponentName;
  /**
   * `1.x.x` is the newest of a major version.
   * @default "x.x.x": the newest
   */
  readonly version?: string;
}

/** A component by its ARN: an `ImageComponent`, or one that exists already. */
export interface ComponentByArn extends ComponentParameters {
  readonly arn: string;
  /**
   * What tells one state of the component from another. An `ImageComponent` has it; where the ARN is a reference without one, a new component needs
   * a new `version` of the pipeline.
   * @default the ARN
   */
  readonly revision?: string;
}

/** When images are built. */
export interface ImageSchedule {
  /**
   * `cron(0 4 ? * mon *)` is on Mondays at four.
   * https://docs.aws.amazon.com/imagebuilder/latest/userguide/cron-expressions.html
   */
  readonly cron: string;
  /**
   * Name of the time zone, as IANA has it: `Europe/Madrid`.
   * @default "UTC"
   */
  readonly timeZone?: string;
  /**
   * Build only when the parent image or a component with an `x` in its version has a newer one.
   * @default true
   */
  readonly onlyWithUpdates?: boolean;
}

export interface ImagePipelineProps {
  /** VPC that images are built in. Its subnets need a way to Systems Manager and to whatever is installed. */
  readonly vpc: VpcLike;
  /**
   * Tier of the subnet that images are built in. Changed in place.
   * @default "private"
   */
  readonly subnets?: SubnetTier;
  /**
   * Zone that images are built in. Changed in place.
   * @default the VPC's first
   */
  readonly availabilityZone?: ZoneLetter;
  /** What images are made from: `{ managed: "amazon-linux-2023-arm64" }`. Changing it makes another recipe. */
  readonly parentImage: ParentImage;
  /** What is done to them, in this order, one or more. Changing it makes another recipe. */
  readonly components: readonly (ManagedComponent | ComponentByArn)[];
  /**
   * `<major>.<minor>.<patch>` of the images. Changing it makes another recipe.
   * @default "1.0.0"
   */
  readonly version?: string;
  /**
   * The images' root volume, which is encrypted. Changing it makes another recipe.
   * @default gp3 of the parent image's size
   */
  readonly rootVolume?: VolumeOptions;
  /**
   * What the parent image calls its root volume: with a wrong name, images get a second volume. Changing it makes another recipe.
   * @default "/dev/xvda" for Amazon Linux, "/dev/sda1" for other images that AWS keeps; an AMI by its id needs it
   */
  readonly rootDevice?: string;
  /**
   * Types to build on; the first that AWS has capacity for is taken. Changed in place.
   * @default ["t4g.medium"] for arm64, ["t3.medium"] for x86_64
   */
  readonly instanceTypes?: readonly [string, ...string[]];
  /**
   * When images are built. Changed in place.
   * @default never by itself: `start-image-pipeline-execution` starts a build
   */
  readonly schedule?: ImageSchedule;
  /**
   * Regions that images are copied to, with who may use them there. Changed in place.
   * @default the pipeline's own region
   */
  readonly distributeTo?: Readonly<Record<string, ImageDistribution>>;
  /**
   * Tags of the images, beside `Name`, `Project` and `Environment`. Changed in place.
   * @default none
   */
  readonly imageTags?: Readonly<Record<string, string>>;
  /**
   * Start a machine from each image, and run the components' tests on it before it is distributed. Changed in place.
   * @default true
   */
  readonly runTests?: boolean;
  /**
   * How long the tests may take, 60 to 1,440. Changed in place.
   * @default 720
   */
  readonly testTimeoutMinutes?: number;
  /**
   * Terminate the machine of a build that failed; otherwise it stays, to be looked at and paid for. Changed in place.
   * @default true
   */
  readonly terminateOnFailure?: boolean;
  /**
   * Bucket for the logs of builds, which the builder may write to. Changed in place.
   * @default none: CloudWatch Logs has them, under `/aws/imagebuilder/`
   */
  readonly logBucket?: { readonly bucket: string; readonly arn: string };
  /**
   * Topic that is told how each build ended: a `Topic`. Changed in place.
   * @default none
   */
  readonly topic?: { readonly arn: string };
  /**
   * Build by the schedule. Changed in place.
   * @default true
   */
  readonly enabled?: boolean;
}
