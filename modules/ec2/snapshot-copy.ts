import { Construct } from "constructs";
import type { TerraformProvider } from "cdktf";
import { EbsSnapshotCopy } from "@cdktf/provider-aws/lib/ebs-snapshot-copy";
import { contextOf, Problems } from "../core";

export interface SnapshotCopyProps {
  /** What is copied. Changing it replaces the copy. */
  readonly snapshot: { readonly id: string };
  /**
   * Region that the snapshot is in. Changing it replaces the copy.
   * @default the stack's
   */
  readonly sourceRegion?: string;
  /**
   * Provider of the region that it is copied to: `stack.providerIn("eu-central-1")`.
   * @default the stack's own region
   */
  readonly provider?: TerraformProvider;
  /**
   * ARN of a KMS key in the region of the copy. Changing it replaces the copy.
   * @default the account's default key for EBS there; it is encrypted in any case
   */
  readonly kmsKeyArn?: string;
  /**
   * At most 255 characters. Changing it replaces the copy.
   * @default none
   */
  readonly description?: string;
}

/**
 * An encrypted copy of a snapshot: in another region, or in the same one to encrypt what was not.
 *
 * Replaced by: a change of any prop. Costs: by the GiB and month, and the transfer between regions.
 */
export class SnapshotCopy extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly resource: EbsSnapshotCopy;

  /** @throws InvalidConstructError when the source's region is not known */
  constructor(scope: Construct, id: string, props: SnapshotCopyProps) {
    super(scope, id);
    const sourceRegion = props.sourceRegion ?? contextOf(this).region;
    const problems = new Problems(this, "SnapshotCopy");
    problems.require(sourceRegion !== "", "sourceRegion must be the region that the snapshot is in, got none");
    problems.throwIfAny();
    this.resource = new EbsSnapshotCopy(this, "Resource", {
      sourceSnapshotId: props.snapshot.id,
      sourceRegion,
      encrypted: true,
      kmsKeyId: props.kmsKeyArn,
      description: props.description,
      provider: props.provider,
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }
}
