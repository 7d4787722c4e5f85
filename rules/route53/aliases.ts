import { UnknownValueError } from "../values/block";
import {
  ACCELERATOR_ZONE,
  APPLICATION_LOAD_BALANCER_ZONES,
  BEANSTALK_ZONES,
  CLOUDFRONT_ZONE,
  NETWORK_LOAD_BALANCER_ZONES,
  WEBSITE_ZONES,
} from "../data/alias-zones";
import { known } from "../values/certain";
import type { Estate } from "../estate";
import { kindOf, LOAD_BALANCERS } from "../elb/types";
import { isExpression } from "../values/references";
import type { Resource } from "../resource";
import {
  fullName,
  isPrivate,
  normalized,
  recordSets,
  referredType,
  resolvedName,
  zoneOf,
  zoneOfRecord,
  ZONE_TYPES,
  type Alias,
  type RecordSet,
} from "./record-sets";
import { isAlias, perRecord } from "./records";
import { fault } from "../rule";

const API = "https://docs.aws.amazon.com/Route53/latest/APIReference";
const ALIAS = `${API}/API_AliasTarget.html`;
const RECORD_SET = `${API}/API_ResourceRecordSet.html`;

const DISTRIBUTION = "aws_cloudfront_distribution";
const DISTRIBUTIONS: readonly string[] = [DISTRIBUTION, `data.${DISTRIBUTION}`];

/** What has a name and a hosted zone of its own, which is AWS's. */
const SERVICES = [
  ...LOAD_BALANCERS,
  "aws_elb",
  DISTRIBUTION,
  "aws_api_gateway_domain_name",
  "aws_apigatewayv2_domain_name",
  "aws_globalaccelerator_accelerator",
  "aws_s3_bucket",
  "aws_s3_bucket_website_configuration",
  "aws_elastic_beanstalk_environment",
  "aws_vpc_endpoint",
].flatMap((type) => [type, `data.${type}`]);

export const aliasRules = [
  perRecord({
    id: "route53-multivalue-alias",
    title: "A multivalue answer record is no alias",
    why: "AWS refuses it at apply.",
    fix: "Write its values, or use another routing policy.",
    source: RECORD_SET,
    check: (set) => {
      const multivalue = set.policy("multivalue");
      if (!multivalue || !isAlias(set)) return undefined;
      return fault(...multivalue, "a multivalue answer record is no alias");
    },
  }),

  perRecord({
    id: "route53-alias-zone",
    title: "The zone of an alias is that of its target: AWS's own for a load balancer or a distribution",
    why: "AWS finds no such name in the zone, and refuses it at apply.",
    fix: "Take zone_id from the target: aws_lb.x.zone_id, aws_cloudfront_distribution.x.hosted_zone_id.",
    source: ALIAS,
    check: (set, estate) => {
      const alias = set.alias();
      if (!alias) return undefined;
      const { block, zone: argument } = alias;
      const { stack } = set.resource;
      const target = estate.target(stack, block.raw(alias.name));
      const zone = estate.target(stack, block.raw(argument));
      const service = target && SERVICES.includes(target.type) ? target : undefined;
      const expected = expectedZones(alias, service);
      if (zone && ZONE_TYPES.includes(zone.type)) {
        const type = referredType(set.resource, block.raw(alias.name), estate) ?? "";
        if (expected || SERVICES.includes(type))
          return fault(block, argument, "it is the zone of the target, which is AWS's");
        const own = zoneOfRecord(set, estate);
        if (zoneOf(set.resource, block, argument, estate).key === own.key) return undefined;
        return fault(block, argument, "an alias to a record is of the same zone");
      }
      if (isExpression(block.raw(argument))) {
        // Of the target itself it is right.
        if (zone && zone === target) return undefined;
        const given = zone && SERVICES.includes(zone.type) ? zonesOfService(zone) : undefined;
        if (zone && given && expected && !given.some((one) => expected.includes(one)))
          return fault(block, argument, `it is the zone of ${zone.address}, which is another than that of the target`);
        throw new UnknownValueError(block.argument(argument));
      }
      if (!expected && (service || isExpression(block.raw(alias.name))))
        throw new UnknownValueError(block.argument(alias.name));
      const written = block.string(argument) ?? "";
      if (!expected || expected.includes(written)) return undefined;
      return fault(block, argument, `the zone of this target is ${expected.join(" or ")}`);
    },
  }),

  perRecord({
    id: "route53-alias-private-cloudfront",
    title: "A record of a private zone is no alias to a CloudFront distribution",
    why: "AWS refuses it at apply.",
    fix: "Use a CNAME record.",
    source: ALIAS,
    check: (set, estate) => {
      const alias = set.alias();
      if (!alias || !isDistribution(set, alias, estate)) return undefined;
      if (!isPrivate(zoneOfRecord(set, estate), estate)) return undefined;
      return fault(alias.block, alias.name, "a private zone has no aliases to CloudFront");
    },
  }),

  perRecord({
    id: "route53-alias-evaluate-health",
    title: "An alias to a CloudFront distribution does not evaluate its health",
    why: "AWS refuses it at apply.",
    fix: "Set evaluate_target_health to false.",
    source: ALIAS,
    check: (set, estate) => {
      const alias = set.alias();
      if (alias?.block.boolean("evaluate_target_health") !== true || !isDistribution(set, alias, estate))
        return undefined;
      return fault(alias.block, "evaluate_target_health", "it is false for a CloudFront distribution");
    },
  }),

  perRecord({
    id: "route53-alias-itself",
    title: "An alias does not point to its own name",
    why: "It would never come to an answer: AWS refuses it at apply.",
    fix: "Point it to what answers for the name.",
    source: ALIAS,
    check: (set, estate) => {
      const alias = set.alias();
      if (!alias) return undefined;
      const { block } = alias;
      const target = estate.target(set.resource.stack, block.raw(alias.name));
      if (target && target.type !== "aws_route53_record") return undefined;
      const isItself = target
        ? recordSets(target).some((other) => isSameRecord(other, set, estate))
        : normalized(resolvedName(set.resource, block, alias.name, estate)) === fullName(set, estate);
      return isItself ? fault(block, alias.name, "an alias does not point to its own name") : undefined;
    },
  }),
] as const;

/** The zones that a target may be in, where its name or its resource tells. @throws UnknownValueError */
function expectedZones({ block, name }: Alias, service: Resource | undefined): readonly string[] | undefined {
  if (service) return zonesOfService(service);
  const written = known(() => block.string(name));
  return written === undefined ? undefined : zonesOfHost(normalized(written));
}

function zonesOfService(service: Resource): readonly string[] | undefined {
  const region = service.region ?? "";
  if (DISTRIBUTIONS.includes(service.type)) return [CLOUDFRONT_ZONE];
  if (service.type === "aws_globalaccelerator_accelerator") return [ACCELERATOR_ZONE];
  if (service.type === "aws_elastic_beanstalk_environment") return listOf(BEANSTALK_ZONES[region]);
  if (service.type.startsWith("aws_s3_")) return listOf(WEBSITE_ZONES[region]);
  const isBalancer = LOAD_BALANCERS.includes(service.type);
  if (!isBalancer && service.type !== "aws_elb") return undefined;
  const isNetwork = isBalancer && kindOf(service) === "network";
  return listOf((isNetwork ? NETWORK_LOAD_BALANCER_ZONES : APPLICATION_LOAD_BALANCER_ZONES)[region]);
}

/** The forms of names that AWS gives, with the zones of their regions. */
const HOSTS: readonly (readonly [RegExp, Readonly<Record<string, string>>])[] = [
  [/\.elb\.([a-z]{2}-[a-z-]+-\d)\.amazonaws\.com$/, NETWORK_LOAD_BALANCER_ZONES],
  [/\.([a-z]{2}-[a-z-]+-\d)\.elb\.amazonaws\.com$/, APPLICATION_LOAD_BALANCER_ZONES],
  [/(?:^|\.)s3-website[.-]([a-z]{2}-[a-z-]+-\d)\.amazonaws\.com$/, WEBSITE_ZONES],
  [/\.([a-z]{2}-[a-z-]+-\d)\.elasticbeanstalk\.com$/, BEANSTALK_ZONES],
];

function zonesOfHost(host: string): readonly string[] | undefined {
  if (host.endsWith(".cloudfront.net")) return [CLOUDFRONT_ZONE];
  if (host.endsWith(".awsglobalaccelerator.com")) return [ACCELERATOR_ZONE];
  for (const [form, zones] of HOSTS) {
    const region = form.exec(host)?.[1];
    if (region !== undefined) return listOf(zones[region]);
  }
  return undefined;
}

function listOf(zone: string | undefined): readonly string[] | undefined {
  return zone === undefined ? undefined : [zone];
}

/** @throws UnknownValueError */
function isDistribution(set: RecordSet, { block, name, zone }: Alias, estate: Estate): boolean {
  const value = block.raw(name);
  if (DISTRIBUTIONS.includes(referredType(set.resource, value, estate) ?? "")) return true;
  if (estate.target(set.resource.stack, value)) return false;
  if (known(() => block.string(zone)) === CLOUDFRONT_ZONE) return true;
  return normalized(block.string(name) ?? "").endsWith(".cloudfront.net");
}

/** Whether an alias names its own record, or another of the same name. @throws UnknownValueError */
function isSameRecord(other: RecordSet, set: RecordSet, estate: Estate): boolean {
  if (other.resource === set.resource) return true;
  const isSameZone = zoneOfRecord(other, estate).key === zoneOfRecord(set, estate).key;
  return isSameZone && fullName(other, estate) === fullName(set, estate);
}
