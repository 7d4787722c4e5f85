import type { Block } from "../values/block";
import { CONTINENTS, COUNTRIES, US_STATES } from "../data/countries";
import { conflict, isFirst, policyGroup, unlessOpen } from "./groups";
import { placeOf } from "./names";
import { policyOf, type RecordSet } from "./record-sets";
import { perRecord } from "./records";
import { fault } from "../rule";

const API = "https://docs.aws.amazon.com/Route53/latest/APIReference";
const LOCATION = `${API}/API_GeoLocation.html`;
const PROXIMITY = `${API}/API_GeoProximityLocation.html`;
const RECORD_SET = `${API}/API_ResourceRecordSet.html`;

const DEFAULT_COUNTRY = "*";

export const geolocationRules = [
  perRecord({
    id: "route53-geolocation-place",
    title: "A geolocation record is of a continent or of a country, not of both",
    why: "AWS refuses both, and neither, at apply.",
    fix: 'Keep one of the two; country = "*" is the rest of the world.',
    source: LOCATION,
    check: (set) => {
      const place = placeOfRecord(set);
      if (!place) return undefined;
      const [hasContinent, hasCountry, hasSubdivision] = [place.continent, place.country, place.subdivision].map(
        (name) => place.block.has(name),
      );
      if (hasContinent && (hasCountry || hasSubdivision))
        return fault(place.block, place.continent, "a continent goes with no country and no subdivision");
      if (hasContinent || hasCountry || hasSubdivision) return undefined;
      const message = 'a geolocation record is of a continent, a country or "*"';
      return fault(place.block, place.country, message, 'Set continent or country; country = "*" is all the rest.');
    },
  }),

  perRecord({
    id: "route53-geolocation-continent",
    title: `The continent of a geolocation record is one of ${CONTINENTS.join(", ")}`,
    why: "AWS refuses it at apply.",
    fix: 'Write it as AWS does: "EU", "NA".',
    source: LOCATION,
    check: (set) => {
      const place = placeOfRecord(set);
      const continent = place?.block.string(place.continent) || undefined;
      if (!place || continent === undefined || (CONTINENTS as readonly string[]).includes(continent)) return undefined;
      return fault(place.block, place.continent, `a continent is one of ${CONTINENTS.join(", ")}`);
    },
  }),

  perRecord({
    id: "route53-geolocation-country",
    title: 'The country of a geolocation record is a two-letter code of ISO 3166-1, or "*"',
    why: "AWS refuses it at apply.",
    fix: 'Write the code in capitals: "ES", "GB".',
    source: LOCATION,
    check: (set) => {
      const place = placeOfRecord(set);
      const country = place?.block.string(place.country) || undefined;
      if (!place || country === undefined || country === DEFAULT_COUNTRY || COUNTRIES.has(country)) return undefined;
      return fault(place.block, place.country, 'a country is a two-letter code of ISO 3166-1, or "*"');
    },
  }),

  perRecord({
    id: "route53-geolocation-subdivision",
    title: "A subdivision of a geolocation record is a state of the United States",
    why: "AWS knows no others, and refuses them at apply.",
    fix: 'Set country to "US" and subdivision to a code such as "CA", or drop it.',
    source: LOCATION,
    check: (set) => {
      const place = placeOfRecord(set);
      const subdivision = place?.block.string(place.subdivision) || undefined;
      // Beside a continent it is another rule's.
      if (!place || subdivision === undefined || place.block.has(place.continent)) return undefined;
      const country = place.block.string(place.country);
      // Of Ukraine AWS has some as well.
      if (country === "UA" || (country === "US" && US_STATES.has(subdivision))) return undefined;
      return fault(place.block, place.subdivision, 'a subdivision is a state of the United States (country "US")');
    },
  }),

  perRecord({
    id: "route53-geolocation-default",
    title: 'Geolocation records have one for the rest of the world, country "*"',
    why: "Who is nowhere that the records name, or whose address is of no known place, gets no answer.",
    fix: 'Add a record of the same name and type with country = "*".',
    source: RECORD_SET,
    severity: "warning",
    check: (set, estate) => {
      const place = placeOfRecord(set);
      if (!place) return undefined;
      const group = policyGroup(set, "geolocation", estate);
      const countries = group.map((one) => {
        const other = placeOfRecord(one);
        return other?.block.string(other.country);
      });
      if (!isFirst(set, group) || countries.includes(DEFAULT_COUNTRY)) return undefined;
      unlessOpen(group, "geolocation", estate);
      const argument = place.block.raw(place.country) === undefined ? place.continent : place.country;
      return fault(place.block, argument, 'no record of this name is for the rest of the world, country "*"');
    },
  }),

  perRecord({
    id: "route53-location-unique",
    title: "The records of a name and type are of different places, or of different regions",
    why: "AWS refuses the second of the same at apply.",
    fix: "Drop one of the two, or put its values into the other.",
    source: RECORD_SET,
    check: (set, estate) => {
      const policy = policyOf(set);
      if (policy !== "geolocation" && policy !== "latency") return undefined;
      const text = locationText(set);
      const other = conflict(set, policyGroup(set, policy, estate), estate, (one) => locationText(one) === text);
      const [block, name] = set.policy(policy) ?? [];
      if (!other || !block || name === undefined) return undefined;
      return fault(
        block,
        block.raw(name) === undefined ? "continent" : name,
        `${placeOf(other, set)} is of it already`,
      );
    },
  }),

  perRecord({
    id: "route53-geoproximity-place",
    title: "A geoproximity record is of an AWS region, of a local zone group or of coordinates",
    why: "AWS refuses none, and more than one, at apply.",
    fix: "Keep one of aws_region, local_zone_group and coordinates.",
    source: PROXIMITY,
    check: (set) => {
      const [block] = set.policy("geoproximity") ?? [];
      if (!block) return undefined;
      const names = ["aws_region", "local_zone_group"].filter((name) => block.has(name));
      const count = names.length + block.blocks("coordinates").length;
      if (count === 1) return undefined;
      const fix = count === 0 ? "Set one of aws_region, local_zone_group and coordinates." : undefined;
      return fault(block, "aws_region", "it is of one region, local zone group or pair of coordinates", fix);
    },
  }),

  perRecord({
    id: "route53-geoproximity-bias",
    title: "The bias of a geoproximity record is -99 to 99",
    why: "AWS refuses it at apply.",
    fix: "Set bias to -99 to 99.",
    source: PROXIMITY,
    check: (set) => {
      const [block] = set.policy("geoproximity") ?? [];
      const bias = block?.number("bias");
      if (!block || bias === undefined || Math.abs(bias) <= 99) return undefined;
      return fault(block, "bias", "a bias is -99 to 99");
    },
  }),
] as const;

interface Place {
  readonly block: Block;
  readonly continent: string;
  readonly country: string;
  readonly subdivision: string;
}

/** The block that says where, and its arguments. */
function placeOfRecord(set: RecordSet): Place | undefined {
  const [block] = set.policy("geolocation") ?? [];
  if (!block) return undefined;
  const isOwn = set.resource.type === "aws_route53_record";
  return isOwn
    ? { block, continent: "continent", country: "country", subdivision: "subdivision" }
    : { block, continent: "continent_code", country: "country_code", subdivision: "subdivision_code" };
}

/** @throws UnknownValueError */
function locationText(set: RecordSet): string {
  const place = placeOfRecord(set);
  if (place)
    return [place.continent, place.country, place.subdivision].map((name) => place.block.string(name) ?? "").join("/");
  const [block, name] = set.policy("latency") ?? [];
  return (name !== undefined && block?.string(name)) || "";
}
