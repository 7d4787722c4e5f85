import { Construct } from "constructs";
import { Route53CidrCollection } from "@cdktf/provider-aws/lib/route53-cidr-collection";
import { Route53CidrLocation } from "@cdktf/provider-aws/lib/route53-cidr-location";
import { awsName, shown } from "../core";

/** Blocks of addresses under one name, for `routing: { cidr }`. */
export interface CidrLocation {
  readonly collectionId: string;
  /** 1 to 16 characters; `*` for whoever is in no location. */
  readonly name: string;
}

/** Blocks of addresses by location. */
export interface CidrCollectionProps {
  /**
   * Blocks by the name of their location, 1 to 16 letters, digits, hyphens and underscores: IPv4 up to /24, IPv6 up to /48. Adding a
   * location or a block touches no other.
   */
  readonly locations: Readonly<Record<string, readonly string[]>>;
}

/**
 * Blocks of client addresses by location: what IP-based routing decides by.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-ipbased.html
 *
 * Replaced by: a rename; a location by a change of its name. Costs: a fee by month for more than a thousand blocks.
 *
 * @example
 * const offices = new CidrCollection(this, "offices", { locations: { berlin: ["192.0.2.0/24"] } });
 * zone.record("wiki", { type: "A", values: ["198.51.100.4"], routing: { cidr: offices.location("berlin"), setId: "berlin" } });
 */
export class CidrCollection extends Construct {
  readonly id: string;
  readonly arn: string;
  /** The provider's resources, by the names in `locations`. */
  readonly locations: Readonly<Record<string, Route53CidrLocation>>;
  /** Whoever is in none of the locations. */
  readonly everywhereElse: CidrLocation;
  readonly resource: Route53CidrCollection;

  constructor(scope: Construct, id: string, props: CidrCollectionProps) {
    super(scope, id);
    this.resource = new Route53CidrCollection(this, "Resource", { name: awsName(this, "cidrCollection") });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.locations = Object.fromEntries(
      Object.entries(props.locations).map(([name, blocks]) => [name, this.createLocation(name, blocks)]),
    );
    this.everywhereElse = { collectionId: this.id, name: "*" };
  }

  /**
   * One of `locations`, for a record's `routing`.
   * @throws Error naming those that there are, when there is no such one
   */
  location(name: string): CidrLocation {
    const location = this.locations[name];
    if (!location)
      throw new Error(
        `CidrCollection "${this.node.path}" has no location "${name}": ${shown(Object.keys(this.locations))}`,
      );
    // Through the resource: the record is made after the location, and goes before it.
    return { collectionId: this.id, name: location.name };
  }

  private createLocation(name: string, blocks: readonly string[]): Route53CidrLocation {
    return new Route53CidrLocation(this, name, { cidrCollectionId: this.id, name, cidrBlocks: [...blocks] });
  }
}
