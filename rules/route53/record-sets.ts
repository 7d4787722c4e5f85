import { UnknownValueError, type Block } from "../values/block";
import { known } from "../values/certain";
import type { Estate } from "../estate";
import { writtenKey } from "../place";
import { isExpression, referenceOf } from "../values/references";
import type { Resource } from "../resource";

/** What holds records: one each, or all of a zone. */
export const RECORD_TYPES: readonly string[] = ["aws_route53_record", "aws_route53_records_exclusive"];
export const ZONE_TYPES: readonly string[] = ["aws_route53_zone", "data.aws_route53_zone"];

export const POLICIES = [
  "weighted",
  "failover",
  "geolocation",
  "geoproximity",
  "latency",
  "cidr",
  "multivalue",
] as const;

export type Policy = (typeof POLICIES)[number];

/** One record. Name, type, TTL, set identifier and health check have the same arguments in both resources, the rest has not. */
export interface RecordSet {
  readonly resource: Resource;
  readonly block: Block;
  /** Each value with the argument that holds it. */
  readonly values: () => (readonly [Block, string])[];
  /** The block of an alias, and its arguments. */
  readonly alias: () => Alias | undefined;
  /** The block and, where there is one only, the argument of a routing policy. Undefined: it has another. */
  readonly policy: (name: Policy) => readonly [Block, string] | undefined;
}

export interface Alias {
  readonly block: Block;
  readonly name: "name" | "dns_name";
  readonly zone: "zone_id" | "hosted_zone_id";
}

const sets = new WeakMap<Resource, readonly RecordSet[]>();

/** The records of a resource. */
export function recordSets(resource: Resource): readonly RecordSet[] {
  const present = sets.get(resource);
  if (present) return present;
  const made =
    resource.type === "aws_route53_record"
      ? [ownRecord(resource)]
      : resource.body.blocks("resource_record_set").map((block) => exclusiveRecord(resource, block));
  sets.set(resource, made);
  return made;
}

function ownRecord(resource: Resource): RecordSet {
  const { body } = resource;
  const arguments_: Readonly<Record<Exclude<Policy, "multivalue">, string>> = {
    weighted: "weight",
    failover: "type",
    geolocation: "country",
    geoproximity: "bias",
    latency: "region",
    cidr: "location_name",
  };
  return {
    resource,
    block: body,
    values: () => body.list("records"),
    alias: () => {
      const block = body.block("alias");
      return block && { block, name: "name", zone: "zone_id" };
    },
    policy: (name) => {
      if (name === "multivalue") return ifTrue(body, "multivalue_answer_routing_policy");
      const block = body.block(`${name}_routing_policy`);
      return block && [block, arguments_[name]];
    },
  };
}

function exclusiveRecord(resource: Resource, block: Block): RecordSet {
  const own = (name: string): readonly [Block, string] | undefined => (block.has(name) ? [block, name] : undefined);
  const inner = (name: string, argument: string): readonly [Block, string] | undefined => {
    const found = block.block(name);
    return found && [found, argument];
  };
  return {
    resource,
    block,
    values: () => block.blocks("resource_records").map((record) => [record, "value"] as const),
    alias: () => {
      const alias = block.block("alias_target");
      return alias && { block: alias, name: "dns_name", zone: "hosted_zone_id" };
    },
    policy: (name) => {
      switch (name) {
        case "weighted":
          return own("weight");
        case "failover":
          return own("failover");
        case "latency":
          return own("region");
        case "geolocation":
          return inner("geolocation", "country_code");
        case "geoproximity":
          return inner("geoproximity_location", "bias");
        case "cidr":
          return inner("cidr_routing_config", "location_name");
        default:
          return ifTrue(block, "multi_value_answer");
      }
    },
  };
}

function ifTrue(block: Block, name: string): readonly [Block, string] | undefined {
  return block.boolean(name) === true ? [block, name] : undefined;
}

/** How a record is chosen among those of its name and type. @throws UnknownValueError */
export function policyOf(set: RecordSet): Policy | "simple" {
  return POLICIES.find((name) => set.policy(name) !== undefined) ?? "simple";
}

export function typeOf({ block }: RecordSet): string {
  return block.string("type")?.toUpperCase() ?? "";
}

/** The zone of a record. */
export interface Zone {
  /** What tells zones apart. */
  readonly key: string;
  /** The zone's resource or data source, where it is here. */
  readonly resource: Resource | undefined;
  /** True for an expression: the same elsewhere in its stack is the same zone, and another may be. */
  readonly isOpen: boolean;
}

/** The zone that an argument names. @throws UnknownValueError when nobody can tell which */
export function zoneOf(resource: Resource, block: Block, name: string, estate: Estate): Zone {
  const written = block.raw(name);
  const target = estate.target(resource.stack, written);
  if (!target || !ZONE_TYPES.includes(target.type)) return otherZone(resource, block, name);
  const zone = lookedUp(target, estate);
  // Which one of several, only the reference tells.
  const which = zone.copies === 1 ? "" : String(written);
  return { key: `${zone.stack.id} ${zone.address} ${which}`, resource: zone, isOpen: false };
}

/** A zone that is not here, by its id or by the expression for it. @throws UnknownValueError when that differs from copy to copy */
function otherZone(resource: Resource, block: Block, name: string): Zone {
  const written = block.raw(name);
  if (!isExpression(written)) return { key: block.string(name) ?? "", resource: undefined, isOpen: false };
  if (resource.copies !== 1) throw new UnknownValueError(block.argument(name));
  return { key: writtenKey(resource, block, name), resource: undefined, isOpen: true };
}

/** The zone that a data source finds, where it is one of the estate's; else the first data source that looks for the same. */
function lookedUp(target: Resource, estate: Estate): Resource {
  if (target.type === "aws_route53_zone") return target;
  const present = found.get(target);
  if (present) return present;
  const isSame = (zone: Resource): boolean => {
    const names = [target, zone].map(({ body }) => normalized(body.string("name") ?? ""));
    if (names[0] === "" || names[0] !== names[1] || zone.account !== target.account) return false;
    return isPrivateZone(zone, estate) === isPrivateZone(target, estate);
  };
  const zones = estate.ofType("aws_route53_zone").filter((zone) => known(() => isSame(zone)) === true);
  const [first] =
    zones.length === 1 ? zones : estate.ofType(target.type).filter((zone) => known(() => isSame(zone)) === true);
  const zone = first ?? target;
  found.set(target, zone);
  return zone;
}

const found = new WeakMap<Resource, Resource>();

/** @throws UnknownValueError */
export function zoneOfRecord({ resource }: RecordSet, estate: Estate): Zone {
  return zoneOf(resource, resource.body, "zone_id", estate);
}

/** The name of a zone, as `normalized` has it. Undefined where the zone is not here. @throws UnknownValueError */
export function zoneName({ resource }: Zone): string | undefined {
  const name = resource?.copies === 1 ? resource.body.string("name") : undefined;
  return name === undefined ? undefined : normalized(name);
}

/** Whether a zone is answered inside VPCs only. @throws UnknownValueError when the zone is not here */
export function isPrivate({ resource }: Zone, estate: Estate): boolean {
  if (!resource) throw new UnknownValueError("zone_id");
  return isPrivateZone(resource, estate);
}

function isPrivateZone(zone: Resource, estate: Estate): boolean {
  if (zone.type !== "aws_route53_zone") return zone.body.boolean("private_zone") === true || zone.body.has("vpc_id");
  return (
    zone.body.block("vpc")?.present() !== undefined ||
    estate.attached(zone, "aws_route53_zone_association", "zone_id").length > 0
  );
}

/** A name without its last dot, in lower case, the asterisk as itself. */
export function normalized(name: string): string {
  return name.toLowerCase().replace(/\.$/, "").replaceAll("\\052", "*");
}

/** The name of a record as it was written, with the names of zones in it that are known. @throws UnknownValueError */
export function writtenName({ resource, block }: RecordSet, estate: Estate): string {
  return resolvedName(resource, block, "name", estate);
}

/** A name as it was written, with the names of zones in it that are known. @throws UnknownValueError */
export function resolvedName({ stack }: Resource, block: Block, name: string, estate: Estate): string {
  const written = block.raw(name);
  if (!isExpression(written)) return block.string(name) ?? "";
  const resolved = written.replace(/\$\{[^{}]+\}/g, (expression) => {
    const target = estate.target(stack, expression);
    const attribute = referenceOf(expression)?.attribute ?? "";
    // Of another stack it is an output, which ends with the attribute.
    const isName = /(^|[^a-z])name$/.test(attribute) && target !== undefined && ZONE_TYPES.includes(target.type);
    return (isName && target.copies === 1 && known(() => target.body.string("name"))) || expression;
  });
  if (isExpression(resolved)) throw new UnknownValueError(block.argument(name));
  return resolved;
}

/** The full name of a record: the provider adds the zone's to one that does not end with it. @throws UnknownValueError */
export function fullName(set: RecordSet, estate: Estate): string {
  const name = normalized(writtenName(set, estate));
  const zone = zoneName(zoneOfRecord(set, estate));
  if (zone === undefined || set.resource.type !== "aws_route53_record" || name.endsWith(zone)) return name;
  return name === "" ? zone : `${name}.${zone}`;
}

/** The type of what an argument of an alias refers to, though it may not be here: its reference tells. Undefined where nothing does. */
export function referredType({ stack }: Resource, value: unknown, estate: Estate): string | undefined {
  const reference = typeof value === "string" ? referenceOf(value) : undefined;
  return estate.target(stack, value)?.type ?? reference?.address.split(".").slice(0, -1).join(".");
}
