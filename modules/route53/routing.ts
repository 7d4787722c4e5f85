import type { Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import type { CidrLocation } from "./cidr-collection";

/** Continents by Route 53's codes. */
export type Continent = "AF" | "AN" | "AS" | "EU" | "NA" | "OC" | "SA";

/** Who gets the answer, by where they are. Everybody else gets nothing, unless one record is for `everywhereElse`. */
export type Geolocation =
  | { readonly continent: Continent }
  /** Two-letter country, `DE`; a subdivision only of `US` (a state) and `UA`. */
  | { readonly country: string; readonly subdivision?: string }
  | { readonly everywhereElse: true };

/** Where the resource is. The bias, -99 to 99, shrinks or widens the area that it serves: 0 by default. */
export type Geoproximity = { readonly bias?: number } & (
  | { readonly region: string }
  /** Group of an AWS Local Zone: `us-east-1-bue-1`. */
  | { readonly localZoneGroup: string }
  /** In degrees, with two decimals at most. */
  | { readonly latitude: number; readonly longitude: number }
);

/**
 * How one of several records of a name and type is chosen. All of them have the same policy.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
 */
export type AliasRoutingPolicy =
  /** In proportion to weights of 0 to 255. */
  | { readonly weighted: { readonly weight: number } }
  /** The region with the lowest latency to who asks. */
  | { readonly latency: { readonly region: string } }
  /** The secondary, while the primary is not healthy. */
  | { readonly failover: "primary" | "secondary" }
  | { readonly geolocation: Geolocation }
  | { readonly geoproximity: Geoproximity }
  /** By the address of who asks. */
  | { readonly cidr: CidrLocation };

/** Beside those that an alias can have: up to eight healthy ones, at random. */
export type RoutingPolicy = AliasRoutingPolicy | { readonly multivalue: true };

/** A policy, and what tells the record from the others of its name and type. */
export type Routing<Policy = RoutingPolicy> = Policy & {
  /** 1 to 128 characters, unique among the records of the name and type. It is part of the address: changing it makes another record. */
  readonly setId: string;
};

/** The arguments of a record resource that say how it is chosen. */
export function routingArguments(routing: Routing): Partial<Route53RecordConfig> {
  const setIdentifier = routing.setId;
  if ("weighted" in routing) return { setIdentifier, weightedRoutingPolicy: { weight: routing.weighted.weight } };
  if ("latency" in routing) return { setIdentifier, latencyRoutingPolicy: { region: routing.latency.region } };
  if ("failover" in routing) return { setIdentifier, failoverRoutingPolicy: { type: routing.failover.toUpperCase() } };
  if ("geolocation" in routing)
    return { setIdentifier, geolocationRoutingPolicy: geolocationArguments(routing.geolocation) };
  if ("geoproximity" in routing)
    return { setIdentifier, geoproximityRoutingPolicy: geoproximityArguments(routing.geoproximity) };
  if ("cidr" in routing)
    return {
      setIdentifier,
      cidrRoutingPolicy: { collectionId: routing.cidr.collectionId, locationName: routing.cidr.name },
    };
  return { setIdentifier, multivalueAnswerRoutingPolicy: true };
}

function geolocationArguments(location: Geolocation): Route53RecordConfig["geolocationRoutingPolicy"] {
  if ("everywhereElse" in location) return { country: "*" };
  if ("continent" in location) return { continent: location.continent };
  return { country: location.country, subdivision: location.subdivision };
}

function geoproximityArguments(place: Geoproximity): Route53RecordConfig["geoproximityRoutingPolicy"] {
  const { bias } = place;
  if ("region" in place) return { awsRegion: place.region, bias };
  if ("localZoneGroup" in place) return { localZoneGroup: place.localZoneGroup, bias };
  return { coordinates: [{ latitude: String(place.latitude), longitude: String(place.longitude) }], bias };
}
