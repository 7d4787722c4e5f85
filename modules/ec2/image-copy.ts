import { Construct } from "constructs";
import type { TerraformProvider } from "cdktf";
import { AmiCopy } from "@cdktf/provider-aws/lib/ami-copy";
import { awsName, contextOf, Problems } from "../core";
import { checkAccounts, createLaunchPermissions, type SharedWith } from "./launch-permissions";
import type { ImageById } from "./machine-image";

export interface ImageCopyProps extends SharedWith {
  /** What is copied: `golden.images.v2`, or `{ id: "ami-..." }`. Changing it replaces the copy. */
  readonly image: ImageById;
  /**
   * Region that the image is in. Changing it replaces the copy.
   * @default the stack's
   */
  readonly sourceRegion?: string;
  /**
   * Provider of the region that it is copied to: `stack.providerIn("us-east-1")`.
   * @default the stack's own region
   */
  readonly provider?: TerraformProvider;
  /**
   * Encrypt the copy's disks. What is encrypted already stays so. Changing it replaces the copy.
   * @default true
   */
  readonly encrypted?: boolean;
  /**
   * ARN of a KMS key in the region of the copy. Changing it replaces the copy.
   * @default the account's default key for EBS there
   */
  readonly kmsKeyArn?: string;
  /**
   * At most 255 characters. Changed in place.
   * @default its name: left out, it might be the source's, which a plan would take away again
   */
  readonly description?: string;
}

/**
 * A copy of an image: into another region, because an image belongs to one; or in the same, to encrypt it.
 *
 * Replaced by: a change of image, region, encryption or key; the old copy goes first, because the two have one name. What runs from it keeps
 * running. Costs: the snapshots in it, by the GiB and month, and the transfer between regions.
 *
 * @example
 * new ImageCopy(this, "golden_us", { image: golden.images.v2, provider: this.providerIn("us-east-1") });
 */
export class ImageCopy extends Construct implements ImageById {
  readonly id: string;
  readonly arn: string;
  readonly loginUser?: string;
  readonly architecture?: ImageById["architecture"];
  readonly resource: AmiCopy;

  /** @throws InvalidConstructError when the source's region is not known, or an account is none */
  constructor(scope: Construct, id: string, props: ImageCopyProps) {
    super(scope, id);
    const sourceRegion = props.sourceRegion ?? contextOf(this).region;
    this.check(props, sourceRegion);
    const name = awsName(this, "machineImage");
    this.resource = new AmiCopy(this, "Resource", {
      name,
      description: props.description ?? name,
      sourceAmiId: props.image.id,
      sourceAmiRegion: sourceRegion,
      encrypted: props.encrypted ?? true,
      kmsKeyId: props.kmsKeyArn,
      provider: props.provider,
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.loginUser = props.image.loginUser;
    this.architecture = props.image.architecture;
    createLaunchPermissions(this, this.id, props, { provider: props.provider });
  }

  private check(props: ImageCopyProps, sourceRegion: string): void {
    const problems = new Problems(this, "ImageCopy");
    problems.require(sourceRegion !== "", "sourceRegion must be the region that the image is in, got none");
    checkAccounts(problems, props);
    problems.throwIfAny();
  }
}
