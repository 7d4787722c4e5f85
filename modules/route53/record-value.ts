import { Token } from "cdktf";
import { quoted, textValue } from "./text-value";

/** One mail server: the lowest priority is tried first. */
export interface MxValue {
  readonly priority: number;
  readonly host: string;
}

/** Where a service is offered: the lowest priority first, and by weight among equals. */
export interface SrvValue {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly host: string;
}

/** Which certificate authority may issue: `{ tag: "issue", value: "amazon.com" }`. */
export interface CaaValue {
  /**
   * 128 when an authority that does not know the tag must refuse.
   * @default 0
   */
  readonly flags?: number;
  readonly tag: "issue" | "issuewild" | "iodef";
  readonly value: string;
}

/** A rule that rewrites a name: RFC 3403. */
export interface NaptrValue {
  readonly order: number;
  readonly preference: number;
  /** `S`, `A`, `U` or `P`, or nothing. */
  readonly flags: string;
  readonly service: string;
  readonly regexp: string;
  readonly replacement: string;
}

/** The digest of a child zone's key-signing key. */
export interface DsValue {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: string;
}

/** How a service is reached: RFC 9460. */
export interface ServiceValue {
  /** 0 makes it an alias of `target`, without parameters. */
  readonly priority: number;
  /** Another name, or `.` for the record's own. */
  readonly target: string;
  /**
   * `{ alpn: "h2,h3" }`, in this order.
   * @default none
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The fingerprint of an SSH server's key: RFC 4255. */
export interface SshfpValue {
  readonly algorithm: number;
  readonly fingerprintType: number;
  readonly fingerprint: string;
}

/** Which certificate a TLS server has: RFC 6698. */
export interface TlsaValue {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly data: string;
}

/**
 * What a record answers, by its type. Text is given as it is read: it is quoted, escaped and split here.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
 */
export type RecordValue =
  | { readonly type: "A" | "AAAA" | "NS" | "PTR"; readonly values: readonly string[] }
  /** A name stands for one other name, and for nothing else beside it. */
  | { readonly type: "CNAME"; readonly value: string }
  | { readonly type: "TXT" | "SPF"; readonly values: readonly string[] }
  | { readonly type: "MX"; readonly values: readonly MxValue[] }
  | { readonly type: "SRV"; readonly values: readonly SrvValue[] }
  | { readonly type: "CAA"; readonly values: readonly CaaValue[] }
  | { readonly type: "NAPTR"; readonly values: readonly NaptrValue[] }
  /** Or text, `<key tag> <algorithm> <digest type> <digest>`: a signed zone's `dsRecord`. */
  | { readonly type: "DS"; readonly values: readonly (DsValue | string)[] }
  | { readonly type: "HTTPS" | "SVCB"; readonly values: readonly ServiceValue[] }
  | { readonly type: "SSHFP"; readonly values: readonly SshfpValue[] }
  | { readonly type: "TLSA"; readonly values: readonly TlsaValue[] };

/** The types of records. */
export type RecordType = RecordValue["type"];

/** The values as Route 53 writes them. */
export function recordStrings(record: RecordValue): string[] {
  switch (record.type) {
    case "CNAME":
      return [record.value];
    case "TXT":
    case "SPF":
      return record.values.map((text) => (Token.isUnresolved(text) ? text : textValue(text)));
    case "MX":
      return record.values.map(({ priority, host }) => `${priority} ${host}`);
    case "SRV":
      return record.values.map(({ priority, weight, port, host }) => `${priority} ${weight} ${port} ${host}`);
    case "CAA":
      return record.values.map(({ flags = 0, tag, value }) => `${flags} ${tag} ${quoted(value)}`);
    case "NAPTR":
      return record.values.map(naptrString);
    case "DS":
      return record.values.map(dsString);
    case "HTTPS":
    case "SVCB":
      return record.values.map(serviceString);
    case "SSHFP":
      return record.values.map((value) => `${value.algorithm} ${value.fingerprintType} ${value.fingerprint}`);
    case "TLSA":
      return record.values.map((value) => `${value.usage} ${value.selector} ${value.matchingType} ${value.data}`);
    default:
      // Not mapped: the name servers of a zone are one token.
      return record.values as string[];
  }
}

function naptrString({ order, preference, flags, service, regexp, replacement }: NaptrValue): string {
  return [order, preference, quoted(flags), quoted(service), quoted(regexp), replacement].join(" ");
}

function dsString(value: DsValue | string): string {
  if (typeof value === "string") return value;
  return `${value.keyTag} ${value.algorithm} ${value.digestType} ${value.digest}`;
}

function serviceString({ priority, target, parameters = {} }: ServiceValue): string {
  return [priority, target, ...Object.entries(parameters).map(([key, value]) => `${key}=${quoted(value)}`)].join(" ");
}
