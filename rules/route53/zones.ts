import { UnknownValueError } from "../values/block";
import { cidr } from "../vpc/cidr";
import type { Estate } from "../estate";
import { pattern } from "../kinds";
import { quota } from "../quotas";
import type { Resource } from "../resource";
import { lengthProblem } from "./names";
import { isPrivate, zoneOf } from "./record-sets";
import { each, fault, rule } from "../rule";

const GUIDE = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide";
const API = "https://docs.aws.amazon.com/Route53/latest/APIReference";
const PRIVATE_ZONES = `${GUIDE}/hosted-zone-private-considerations.html`;
const QUERY_LOG = `${API}/API_CreateQueryLoggingConfig.html`;
const CIDR_ROUTING = `${GUIDE}/routing-policy-ipbased.html`;
const CIDR_CHANGE = `${API}/API_CidrCollectionChange.html`;

const LOGS = ["aws_route53_query_log"];
/** Where Route 53 is, and what it writes to and signs with has to be. */
export const GLOBAL_REGION = "us-east-1";
const LOG_PREFIX = "/aws/route53/";
/** The longest prefixes that route by address. */
const LONGEST = { 4: 24, 6: 48 } as const;

export const zoneRules = [
  rule({
    id: "route53-zone-label",
    types: ["aws_route53_zone"],
    title: "The name of a zone has at most 255 characters, and at most 63 between two dots",
    why: "AWS refuses it at apply.",
    fix: "Shorten it.",
    source: `${GUIDE}/DomainNameFormat.html`,
    severity: "error",
    check: ({ body }) => {
      const name = body.string("name")?.replace(/\.$/, "") ?? "";
      const problem = name === "" ? undefined : lengthProblem(name);
      return problem === undefined ? undefined : fault(body, "name", problem);
    },
  }),

  rule({
    id: "route53-private-zone-vpc-dns",
    types: ["aws_route53_zone", "aws_route53_zone_association"],
    title: "The VPCs of a private zone have DNS support and DNS host names",
    why: "Without both, nothing in the VPC is answered from the zone.",
    fix: "Set enable_dns_support and enable_dns_hostnames of the VPC to true.",
    source: PRIVATE_ZONES,
    severity: "error",
    check: (resource, estate) => {
      const holders = resource.type === "aws_route53_zone" ? resource.body.blocks("vpc") : [resource.body];
      return each(holders, (holder) => {
        const vpc = estate.follow(resource, holder, "vpc_id", "aws_vpc");
        if (!vpc) return undefined;
        const missing = [
          ...(vpc.body.boolean("enable_dns_support") === false ? ["enable_dns_support"] : []),
          ...(vpc.body.boolean("enable_dns_hostnames") === true ? [] : ["enable_dns_hostnames"]),
        ];
        if (missing.length === 0) return undefined;
        return fault(holder, "vpc_id", `${vpc.address} has no ${missing.join(" and no ")}`);
      });
    },
  }),

  rule({
    id: "route53-query-log-region",
    types: LOGS,
    title: `The log group of a query log is in ${GLOBAL_REGION}`,
    why: "AWS refuses it elsewhere at apply.",
    fix: `Make the log group with a provider of ${GLOBAL_REGION}.`,
    source: QUERY_LOG,
    severity: "error",
    check: (log, estate) => {
      const name = "cloudwatch_log_group_arn";
      const region = regionOf(log, name, "aws_cloudwatch_log_group", estate);
      return region === GLOBAL_REGION ? undefined : fault(log.body, name, `the log group is in ${GLOBAL_REGION}`);
    },
  }),

  rule({
    id: "route53-query-log-name",
    types: LOGS,
    title: `The log group of a query log is named ${LOG_PREFIX} and the zone`,
    why: "One resource policy then lets Route 53 write all such groups, and their number is limited.",
    fix: `Name it "${LOG_PREFIX}example.com".`,
    source: QUERY_LOG,
    severity: "warning",
    check: (log, estate) => {
      const argument = "cloudwatch_log_group_arn";
      const name = logGroupName(log, argument, estate);
      if (name === undefined || name.startsWith(LOG_PREFIX)) return undefined;
      return fault(log.body, argument, `the log group is named ${LOG_PREFIX}..., not ${name}`);
    },
  }),

  rule({
    id: "route53-query-log-policy",
    types: LOGS,
    title: "A resource policy lets Route 53 write to the log group of a query log",
    why: "AWS refuses the query log at apply.",
    fix: "Add an aws_cloudwatch_log_resource_policy in us-east-1 for the service route53.amazonaws.com.",
    source: QUERY_LOG,
    severity: "error",
    check: (log, estate) => {
      const policies = estate
        .ofType("aws_cloudwatch_log_resource_policy")
        .filter(({ stack }) => stack.environment === log.stack.environment);
      // It may have been made elsewhere: one is enough for an account.
      if (policies.length === 0) throw new UnknownValueError("cloudwatch_log_group_arn");
      const texts = policies.map((policy) => documentOf(policy, "policy_document", estate));
      if (texts.some((text) => text.includes("route53.amazonaws.com"))) return undefined;
      return fault(log.body, "cloudwatch_log_group_arn", "no resource policy lets route53.amazonaws.com write to it");
    },
  }),

  rule({
    id: "route53-query-log-public",
    types: LOGS,
    title: "A query log is of a public zone",
    why: "AWS refuses it for a private one at apply.",
    fix: "Log the queries of a VPC in its resolver (aws_route53_resolver_query_log_config).",
    source: QUERY_LOG,
    severity: "error",
    check: (log, estate) => {
      const zone = zoneOf(log, log.body, "zone_id", estate);
      return isPrivate(zone, estate) ? fault(log.body, "zone_id", "a query log is of a public zone") : undefined;
    },
  }),

  rule({
    id: "route53-query-log-unique",
    types: LOGS,
    title: "A zone has one query log",
    why: "AWS refuses the second at apply.",
    fix: "Drop one of the two.",
    source: QUERY_LOG,
    severity: "error",
    checkEnvironment: (logs, _environment, estate) => {
      const first = new Map<string, Resource>();
      return each(logs, (log) => {
        const { key, isOpen } = zoneOf(log, log.body, "zone_id", estate);
        const other = first.get(key);
        if (other) return { resource: log, ...fault(log.body, "zone_id", `${other.address} is of this zone already`) };
        first.set(key, log);
        if (isOpen) throw new UnknownValueError("zone_id");
        return undefined;
      });
    },
  }),

  rule({
    id: "route53-cidr-location-block",
    types: ["aws_route53_cidr_location"],
    title: `The blocks of a CIDR location are /1 to /${LONGEST[4]} of IPv4, /1 to /${LONGEST[6]} of IPv6`,
    why: "AWS refuses others at apply.",
    fix: "Take the block of that size that holds it.",
    source: CIDR_ROUTING,
    severity: "error",
    check: ({ body }) =>
      each(body.list("cidr_blocks"), ([list, index]) => {
        const block = cidr(list.string(index));
        if (!block || (block.prefixLength >= 1 && block.prefixLength <= LONGEST[block.family])) return undefined;
        return fault(list, index, `a block of IPv${block.family} is /1 to /${LONGEST[block.family]}`);
      }),
  }),

  pattern({
    id: "route53-cidr-location-name",
    types: ["aws_route53_cidr_location"],
    argument: "name",
    what: "the name of a CIDR location",
    matches: /^[0-9A-Za-z_-]{1,16}$/,
    rule: 'has at most 16 of 0-9, A-Z, a-z, _ and -; "*" is the default of records',
    fix: "Shorten it, and write hyphens for other characters.",
    source: CIDR_CHANGE,
  }),

  quota({
    id: "route53-zone-quota",
    quota: "hostedZones",
    types: ["aws_route53_zone"],
    argument: "name",
    fewer: "Use fewer zones: names below one need none of their own",
  }),

  quota({
    id: "route53-zone-record-quota",
    quota: "recordsPerHostedZone",
    types: ["aws_route53_record"],
    within: (record, estate) => estate.follow(record, record.body, "zone_id", "aws_route53_zone"),
    argument: "zone_id",
    fewer: "Give a part of the names a zone of its own",
  }),

  quota({
    id: "route53-zone-vpc-quota",
    quota: "vpcsPerHostedZone",
    types: ["aws_route53_zone", "aws_route53_zone_association"],
    within: (resource, estate) =>
      resource.type === "aws_route53_zone"
        ? resource
        : estate.follow(resource, resource.body, "zone_id", "aws_route53_zone"),
    weight: (resource) => (resource.type === "aws_route53_zone" ? resource.body.blocks("vpc").length : resource.copies),
    argument: "zone_id",
    fewer: "Share the zone in another way: a Route 53 profile",
  }),
] as const;

/** The region of what an argument names, by its ARN or by its resource. @throws UnknownValueError */
export function regionOf(from: Resource, name: string, type: string, estate: Estate): string {
  const region =
    /^arn:[^${}:]*:[a-z0-9-]+:([a-z0-9-]+):/.exec(String(from.body.raw(name)))?.[1] ??
    estate.follow(from, from.body, name, type)?.region;
  if (region === undefined) throw new UnknownValueError(name);
  return region;
}

/** @throws UnknownValueError */
function logGroupName(log: Resource, name: string, estate: Estate): string | undefined {
  const written = /^arn:[^${}]*:log-group:([^:${}]+)/.exec(String(log.body.raw(name)))?.[1];
  return written ?? estate.follow(log, log.body, name, "aws_cloudwatch_log_group")?.body.string("name");
}

/** The text of a policy: as it is written, or of the data source that makes it. @throws UnknownValueError */
export function documentOf({ stack, body }: Resource, name: string, estate: Estate): string {
  const written = body.raw(name);
  const source = estate.target(stack, written);
  if (source?.type === "data.aws_iam_policy_document") return JSON.stringify(source.body.body);
  // A function such as jsonencode has the service in clear text.
  if (typeof written === "string" && /amazonaws\.com/.test(written)) return written;
  return body.string(name) ?? "";
}
