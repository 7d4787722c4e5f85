import { Construct } from "constructs";
import { Route53DelegationSet } from "@cdktf/provider-aws/lib/route53-delegation-set";

/**
 * Four name servers that several public zones share, and that a zone has again when it is made anew.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateReusableDelegationSet.html
 *
 * Replaced by: nothing that can be said here. Costs: nothing. AWS lets an account have 100, with 100 zones each.
 *
 * @example
 * const servers = new DelegationSet(this, "name_servers");
 * const zone = new HostedZone(this, "public", { domainName: "example.com", delegationSet: servers });
 */
export class DelegationSet extends Construct {
  readonly id: string;
  readonly arn: string;
  /** Names of the four servers. */
  readonly nameServers: string[];
  readonly resource: Route53DelegationSet;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new Route53DelegationSet(this, "Resource");
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.nameServers = this.resource.nameServers;
  }
}
