import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";

/** Values by key. */
export type Tags = Readonly<Record<string, string>>;

/**
 * The tags of what a launch template or a group starts: the provider's default tags, then `own`. Terraform gives its default tags to what it makes
 * itself, and it makes neither the instances nor their volumes; a group takes no default tags at all.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
 *
 * To be asked for when everything is there: the provider may be made after the group.
 */
export function launchTags(construct: Construct, own: Tags): Tags {
  const provider = TerraformStack.of(construct)
    .allProviders()
    .map((candidate) => candidate as AwsProvider)
    .find(({ terraformResourceType, alias }) => terraformResourceType === "aws" && alias === undefined);
  const blocks = provider?.defaultTagsInput;
  const defaults = Array.isArray(blocks) ? blocks.map(({ tags }) => tags ?? {}) : [];
  return Object.assign({}, ...defaults, own) as Tags;
}
