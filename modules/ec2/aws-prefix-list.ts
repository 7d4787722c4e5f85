import type { Construct } from "constructs";
import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { contextOf } from "../core";
import type { PrefixListPeer } from "./peer";

/**
 * The lists that AWS keeps of its own services' addresses. Of the name `com.amazonaws.<region>.<...>` it is the last part; CloudFront's are global.
 * https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const GLOBAL = {
  cloudfront: "global.cloudfront.origin-facing",
  "cloudfront-ipv6": "global.ipv6.cloudfront.origin-facing",
} as const;
const REGIONAL = {
  dynamodb: "dynamodb",
  "ec2-instance-connect": "ec2-instance-connect",
  "ec2-instance-connect-ipv6": "ipv6.ec2-instance-connect",
  "route53-healthchecks": "route53-healthchecks",
  "route53-healthchecks-ipv6": "ipv6.route53-healthchecks",
  s3: "s3",
  "vpc-lattice": "vpc-lattice",
  "vpc-lattice-ipv6": "ipv6.vpc-lattice",
} as const;

/** A service whose addresses AWS keeps in a prefix list. */
export type AwsPrefixListName = keyof typeof GLOBAL | keyof typeof REGIONAL;

/**
 * The addresses of an AWS service, as AWS keeps them: `web.allowFrom(awsPrefixList(this, "cloudfront"), "https")` lets CloudFront in and nobody
 * else. Of a group's quota of rules a list counts as many as its weight: CloudFront's is 55 of the 60 that a group has by default.
 *
 * @param scope where the list is looked up; once for each name
 * @throws Error where there is no region: under a stack that is not an EnvironmentStack
 */
export function awsPrefixList(scope: Construct, name: AwsPrefixListName): PrefixListPeer {
  const id = `${name.replaceAll("-", "_")}_prefix_list`;
  const existing = scope.node.tryFindChild(id) as DataAwsEc2ManagedPrefixList | undefined;
  const list = existing ?? new DataAwsEc2ManagedPrefixList(scope, id, { name: fullName(scope, name) });
  return { prefixListId: list.id, name };
}

function fullName(scope: Construct, name: AwsPrefixListName): string {
  if (name in GLOBAL) return `com.amazonaws.${GLOBAL[name as keyof typeof GLOBAL]}`;
  const { region } = contextOf(scope);
  if (region === "")
    throw new Error(
      `The prefix list "${name}" is a region's: put it into an EnvironmentStack, or say where it is with provideContext.`,
    );
  return `com.amazonaws.${region}.${REGIONAL[name as keyof typeof REGIONAL]}`;
}
