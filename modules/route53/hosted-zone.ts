import { Construct } from "constructs";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { contextOf } from "../core";

export interface HostedZoneProps {
  /** Domain name, without the dot at its end: `example.com`. Changing it replaces the zone. */
  readonly domainName: string;
  /**
   * The VPCs that resolve the zone. A zone with VPCs is private; changing from private to public replaces it.
   * AWS wants DNS support and DNS hostnames in each: `Vpc` has both.
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
   * @default none: the zone is public
   */
  readonly vpcs?: readonly { readonly id: string }[];
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
}

/**
 * A Route 53 hosted zone: public, or private to VPCs.
 *
 * Replaced by: a change of `domainName`, or between public and private. Costs: a fee for each zone and month, and one for its
 * queries. https://aws.amazon.com/route53/pricing/
 *
 * @example
 * const zone = new HostedZone(this, "internal", { domainName: "dev.acme.internal", vpcs: [vpc] });
 */
export class HostedZone extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  readonly resource: Route53Zone;

  constructor(scope: Construct, id: string, props: HostedZoneProps) {
    super(scope, id);
    const { environment, tier } = contextOf(this);
    const deletionProtection = props.deletionProtection ?? tier === "production";
    this.resource = new Route53Zone(this, "Resource", {
      name: props.domainName,
      comment: props.comment ?? `${environment}: ${props.domainName}`,
      ...(props.vpcs ? { vpc: props.vpcs.map((vpc) => ({ vpcId: vpc.id })) } : {}),
      ...(deletionProtection ? { lifecycle: { preventDestroy: true } } : {}),
    });
    this.id = this.resource.zoneId;
    this.arn = this.resource.arn;
    this.domainName = props.domainName;
  }
}
