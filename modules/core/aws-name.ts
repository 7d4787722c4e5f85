import { createHash } from "node:crypto";
import type { IConstruct } from "constructs";
import { TerraformStack } from "cdktf";
import { contextOf } from "./context";
import { formerIdOf } from "./former-id";

interface NameRule {
  /** Longest name that the service takes, in characters. */
  readonly maxLength: number;
  /** What may not stand in the name; each run of it becomes a hyphen. */
  readonly forbidden: RegExp;
  readonly lowerCase?: boolean;
}

/**
 * The limits of AWS names, in one table. Sources: the service's API reference, action Create*, parameter Name.
 * A `tag` is the value of the tag `Name`: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const NAME_RULES = {
  alarm: { maxLength: 255, forbidden: /[^\x20-\x7e]+/g },
  autoScalingGroup: { maxLength: 255, forbidden: /[^a-zA-Z0-9._/-]+/g },
  cidrCollection: { maxLength: 64, forbidden: /[^0-9A-Za-z_-]+/g },
  dashboard: { maxLength: 255, forbidden: /[^a-zA-Z0-9_-]+/g },
  database: { maxLength: 63, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  // RDS names its three instances itself: what the cluster is called, and -instance-1 to -instance-3.
  databaseCluster: { maxLength: 52, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  databaseProxy: { maxLength: 60, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  databaseSnapshot: { maxLength: 255, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  eventSubscription: { maxLength: 255, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  iamName: { maxLength: 64, forbidden: /[^\w+=,.@-]+/g },
  // An image's own name is this one with the time of the build after it, 127 in all.
  imageBuilder: { maxLength: 96, forbidden: /[^a-zA-Z0-9_-]+/g },
  keyPair: { maxLength: 255, forbidden: /[^a-zA-Z0-9 ._-]+/g },
  launchTemplate: { maxLength: 125, forbidden: /[^a-zA-Z0-9()./_-]+/g },
  lifecycleHook: { maxLength: 255, forbidden: /[^a-zA-Z0-9_/-]+/g },
  lifecyclePolicy: { maxLength: 500, forbidden: /[^0-9A-Za-z _-]+/g },
  loadBalancer: { maxLength: 32, forbidden: /[^a-zA-Z0-9-]+/g },
  logGroup: { maxLength: 512, forbidden: /[^a-zA-Z0-9_\-/.#]+/g },
  machineImage: { maxLength: 128, forbidden: /[^a-zA-Z0-9()[\] ./'@_-]+/g },
  metricFilter: { maxLength: 512, forbidden: /[:*]+/g },
  optionGroup: { maxLength: 255, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  parameterGroup: { maxLength: 255, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  placementGroup: { maxLength: 255, forbidden: /[^a-zA-Z0-9 ._-]+/g },
  prefixList: { maxLength: 255, forbidden: /[^\x20-\x7e]+/g },
  s3Bucket: { maxLength: 63, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  scalingPolicy: { maxLength: 255, forbidden: /[^\x20-\x7e]+/g },
  scheduledAction: { maxLength: 255, forbidden: /[^\x20-\x7e]+/g },
  schedule: { maxLength: 64, forbidden: /[^a-zA-Z0-9_.-]+/g },
  secret: { maxLength: 512, forbidden: /[^a-zA-Z0-9/_+=.@-]+/g },
  securityGroup: { maxLength: 255, forbidden: /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]+/g },
  snsTopic: { maxLength: 256, forbidden: /[^a-zA-Z0-9_-]+/g },
  subnetGroup: { maxLength: 255, forbidden: /[^a-zA-Z0-9-]+/g, lowerCase: true },
  tag: { maxLength: 256, forbidden: /[^\p{L}\p{N} _.:/=+\-@]+/gu },
  targetGroup: { maxLength: 32, forbidden: /[^a-zA-Z0-9-]+/g },
  trustStore: { maxLength: 32, forbidden: /[^a-zA-Z0-9-]+/g },
} as const satisfies Record<string, NameRule>;

/** What is being named: decides length, characters and case. */
export type AwsNameKind = keyof typeof NAME_RULES;

const HASH_LENGTH = 6;

/**
 * The AWS name of a construct: `<project>-<environment>-<path>`, cut to what the service takes.
 *
 * A name that is too long keeps its beginning and gets a short hash of the whole at its end, so that two long names that
 * begin alike stay apart and the same construct keeps its name for ever: after a rename (`stack.renamed`) too, because most
 * of what AWS names it does not rename but replace.
 *
 * @param construct whose name it is; its path below the stack is used, without `Resource`
 * @param kind what is being named
 * @param suffix of something that must be made before its predecessor goes: a `stableHash` of the arguments that replace it
 */
export function awsName(construct: IConstruct, kind: AwsNameKind, suffix = ""): string {
  const { project, environment } = contextOf(construct);
  const parts = [project, environment, ...pathBelowStack(construct), suffix].filter((part) => part !== "");
  return fitName(parts.join("-").replaceAll("_", "-"), NAME_RULES[kind]);
}

function fitName(name: string, rule: NameRule): string {
  const cased = rule.lowerCase ? name.toLowerCase() : name;
  const clean = cased.replace(rule.forbidden, "-");
  if (clean.length <= rule.maxLength) return clean;
  const hash = stableHash(name);
  return `${clean.slice(0, rule.maxLength - HASH_LENGTH - 1).replace(/-+$/, "")}-${hash}`;
}

/** A short hash: the same text gives the same one, on every machine and for ever. */
export function stableHash(...texts: readonly string[]): string {
  return createHash("sha256").update(texts.join("\0")).digest("hex").slice(0, HASH_LENGTH);
}

/** The ids from below the stack down to the construct, without `Resource`; what was renamed has its former id. */
export function pathBelowStack(construct: IConstruct): string[] {
  const scopes = construct.node.scopes;
  const stack = TerraformStack.of(construct);
  const below = scopes.slice(scopes.indexOf(stack) + 1);
  const renamed = below.findLastIndex((scope) => formerIdOf(scope) !== undefined);
  const former = below[renamed] && formerIdOf(below[renamed]);
  return [...(former === undefined ? [] : [former]), ...below.slice(renamed + 1).map((scope) => scope.node.id)].filter(
    (id) => id !== "Resource",
  );
}
