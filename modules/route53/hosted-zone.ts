import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { Route53VpcAssociationAuthorization } from "@cdktf/provider-aws/lib/route53-vpc-association-authorization";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import { contextOf, Problems } from "../core";
import { checkHostedZoneProps } from "./hosted-zone-problems";
import { latest, zonePath } from "./record-set";
import { Zone } from "./zone";
import { ZoneQueryLog, type QueryLogOptions } from "./zone-query-log";
import { ZoneSigning, type SigningKey } from "./zone-signing";

/** A VPC that resolves a private zone: a `Vpc`, or its id and, in another region, that. */
export interface ResolvingVpc {
  readonly id: string;
  /**
   * Region of the VPC.
   * @default the stack's
   */
  readonly region?: string;
}

/** Name of a zone, who resolves it, and how it is kept, signed and logged. */
export interface HostedZoneProps {
  /** Domain name, without the dot at its end: `example.com`. Changing it replaces the zone. */
  readonly domainName: string;
  /**
   * The VPCs that resolve the zone: these and no others, unless `associateVpc` is used. A zone with VPCs is private; changing from private to
   * public replaces it. Another VPC is an update that touches no other. AWS wants DNS support and DNS hostnames in each: `Vpc` has both.
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
   * @default none: the zone is public
   */
  readonly vpcs?: readonly ResolvingVpc[];
  /**
   * What the zone is for, at most 256 characters.
   * @default "<environment>: <domain name>"
   */
  readonly comment?: string;
  /**
   * Refuse a plan that would destroy the zone (`prevent_destroy`): a new one has other name servers.
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
  /**
   * Destroy the zone together with records that Terraform does not know; otherwise these make a destroy fail.
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Name servers that a public zone shares with others. Changing it replaces the zone.
   * @default four that AWS picks
   */
  readonly delegationSet?: { readonly id: string };
  /**
   * Sign a public zone (DNSSEC). Publish `dsRecord` in the zone above afterwards; before this is taken away again, the DS record must be gone for
   * as long as its TTL, or the domain does not resolve.
   * @default none: not signed
   */
  readonly dnssec?: SigningKey;
  /**
   * Log the queries of a public zone.
   * @default none
   */
  readonly queryLog?: QueryLogOptions;
}

/** Whose VPC it is. */
export interface AssociateVpcOptions {
  /**
   * The provider of the VPC's account, where that is another one than the zone's: the zone's account authorizes the VPC, and the VPC's
   * associates it.
   * @default none: the VPC is of the same account
   */
  readonly provider?: TerraformProvider;
}

/**
 * A Route 53 hosted zone: public, or private to VPCs.
 *
 * Replaced by: a change of `domainName` or `delegationSet`, or between public and private. Costs: a fee for each zone and month, and one for its
 * queries. https://aws.amazon.com/route53/pricing/
 *
 * @example
 * const zone = new HostedZone(this, "internal", { domainName: "dev.acme.internal", vpcs: [vpc] });
 * zone.record("db", { type: "CNAME", value: database.address });
 * zone.alias("www", alb);
 */
export class HostedZone extends Zone {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  readonly isPrivate: boolean;
  /** Names of its four servers, as one token: hand it on whole. */
  readonly nameServers: string[];
  /** The signing of the zone, if it is signed. */
  readonly signing: ZoneSigning | undefined;
  /** What goes into the zone above of a signed zone: `<key tag> <algorithm> <digest type> <digest>`. */
  readonly dsRecord: string | undefined;
  readonly queryLog: ZoneQueryLog | undefined;
  /** What `associateVpc` made, by its name. */
  readonly vpcAssociations: Record<string, Route53ZoneAssociation> = {};
  readonly resource: Route53Zone;

  private readonly props: HostedZoneProps;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: HostedZoneProps) {
    super(scope, id);
    checkHostedZoneProps(this, props);
    this.props = props;
    this.domainName = props.domainName;
    this.isPrivate = props.vpcs !== undefined;
    this.resource = this.createZone();
    this.id = this.resource.zoneId;
    this.arn = this.resource.arn;
    this.nameServers = this.resource.nameServers;
    this.signing = props.dnssec && new ZoneSigning(this, "dnssec", { zone: this, key: props.dnssec });
    this.dsRecord = this.signing?.dsRecord;
    this.queryLog = props.queryLog && new ZoneQueryLog(this, "query_log", { ...props.queryLog, zoneId: this.id });
  }

  /**
   * Lets one more VPC resolve a private zone: of another account, or of a later stack. It is a resource of its own, and Terraform then leaves the VPC that the
   * zone was made with as it is: so that must be one, and every further one is associated here.
   *
   * @param name becomes part of the address
   * @throws InvalidConstructError when the zone is public, or has several VPCs of its own
   */
  associateVpc(name: string, vpc: ResolvingVpc, options: AssociateVpcOptions = {}): Route53ZoneAssociation {
    const { deletionProtection = contextOf(this).tier === "production", vpcs } = this.props;
    const problems = new Problems(this, "HostedZone");
    problems.require(
      vpcs?.length === 1,
      `associateVpc(${JSON.stringify(name)}) needs a zone with one VPC in vpcs, got ${vpcs?.length ?? 0}: ` +
        "name the first there, and associate each of the others",
    );
    problems.throwIfAny();
    this.resource.lifecycle = { ...(deletionProtection ? { preventDestroy: true } : {}), ignoreChanges: ["vpc"] };
    const scope = latest(this, [vpc]);
    const id = scope === this ? `vpc_${name}` : [...zonePath(this, scope), "vpc", name].join("_");
    const place = { vpcId: vpc.id, ...(vpc.region === undefined ? {} : { vpcRegion: vpc.region }) };
    const { provider } = options;
    const authorized =
      provider && new Route53VpcAssociationAuthorization(scope, `${id}_authorization`, { zoneId: this.id, ...place });
    const association = new Route53ZoneAssociation(scope, id, {
      // Through the authorization, which has to be there first.
      zoneId: authorized?.zoneId ?? this.id,
      ...place,
      ...(provider ? { provider } : {}),
    });
    this.vpcAssociations[name] = association;
    return association;
  }

  private createZone(): Route53Zone {
    const { props } = this;
    const { environment, tier } = contextOf(this);
    const deletionProtection = props.deletionProtection ?? tier === "production";
    return new Route53Zone(this, "Resource", {
      name: props.domainName,
      comment: props.comment ?? `${environment}: ${props.domainName}`,
      forceDestroy: props.forceDestroy,
      delegationSetId: props.delegationSet?.id,
      ...(props.vpcs ? { vpc: props.vpcs.map(({ id, region }) => ({ vpcId: id, vpcRegion: region })) } : {}),
      ...(deletionProtection ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }
}
