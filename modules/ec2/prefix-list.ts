import { Token } from "cdktf";
import { Construct } from "constructs";
import { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list";
import { Ec2ManagedPrefixListEntryA as Ec2ManagedPrefixListEntry } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list-entry";
import { awsName, Problems, shown } from "../core";
import { familyOf, type IpFamily } from "../vpc/cidr";
import type { PrefixListPeer } from "./peer";

/** One block of addresses in a list. */
export interface PrefixListEntry {
  /** `203.0.113.0/24`, of the list's family. Changing it replaces the entry. */
  readonly cidr: string;
  /**
   * Whose it is, at most 255 characters.
   * @default the entry's name in the list
   */
  readonly description?: string;
}

export interface PrefixListProps {
  /** By a name of your own: adding or dropping one touches no other. */
  readonly entries: Readonly<Record<string, PrefixListEntry>>;
  /**
   * How many entries it may hold, 1 to 1,000. A rule that names the list counts as many of its group's quota, whatever the list holds. Changed
   * in place, as long as the quotas of all groups that use it allow.
   * https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
   * @default 10
   */
  readonly maxEntries?: number;
  /**
   * What the entries are. Changing it replaces the list.
   * @default "ipv4"
   */
  readonly family?: IpFamily;
}

const DEFAULT_MAX_ENTRIES = 10;

/**
 * A managed prefix list: addresses under one name, such as a company's offices, to be used by security groups and routes in place of each
 * address by itself. It is a peer: `web.allowFrom(offices, "https")`.
 *
 * Replaced by: a change of `family`. Costs: nothing.
 *
 * @example
 * const offices = new PrefixList(this, "offices", { entries: { madrid: { cidr: "203.0.113.0/24" }, lima: { cidr: "198.51.100.0/24" } } });
 */
export class PrefixList extends Construct implements PrefixListPeer {
  readonly prefixListId: string;
  readonly arn: string;
  /** As AWS names it. */
  readonly name: string;
  readonly resource: Ec2ManagedPrefixList;
  /** By the names in `entries`. */
  readonly entries: Readonly<Record<string, Ec2ManagedPrefixListEntry>>;

  /** @throws InvalidConstructError when there are more entries than it may hold, or of another family */
  constructor(scope: Construct, id: string, props: PrefixListProps) {
    super(scope, id);
    this.check(props);
    this.name = awsName(this, "prefixList");
    this.resource = new Ec2ManagedPrefixList(this, "Resource", {
      name: this.name,
      addressFamily: (props.family ?? "ipv4") === "ipv4" ? "IPv4" : "IPv6",
      maxEntries: props.maxEntries ?? DEFAULT_MAX_ENTRIES,
    });
    this.prefixListId = this.resource.id;
    this.arn = this.resource.arn;
    this.entries = this.createEntries(props);
  }

  private check({ entries, maxEntries = DEFAULT_MAX_ENTRIES, family = "ipv4" }: PrefixListProps): void {
    const problems = new Problems(this, "PrefixList");
    const count = Object.keys(entries).length;
    problems.require(
      count <= maxEntries,
      `maxEntries must be at least ${count}, the number of entries, got ${maxEntries}`,
    );
    for (const [name, { cidr }] of Object.entries(entries)) {
      const isOfFamily = Token.isUnresolved(cidr) || familyOf(cidr) === family;
      problems.require(isOfFamily, `entries.${name}.cidr must be ${family}, the list's family, got ${shown(cidr)}`);
    }
    problems.throwIfAny();
  }

  private createEntries({ entries }: PrefixListProps): Record<string, Ec2ManagedPrefixListEntry> {
    return Object.fromEntries(
      Object.entries(entries).map(([name, { cidr, description = name }]) => [
        name,
        new Ec2ManagedPrefixListEntry(this, name, { prefixListId: this.prefixListId, cidr, description }),
      ]),
    );
  }
}
