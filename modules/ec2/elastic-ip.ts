import { Construct } from "constructs";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { contextOf } from "../core";

export interface ElasticIpProps {
  /**
   * Refuse a plan that would release the address (`prevent_destroy`): nobody gets the same one again.
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
}

/**
 * A fixed public IPv4 address that is nobody's part: it stays when the instance that has it goes, and moves to another one by being given to
 * that (`elasticIp`).
 *
 * Replaced by: nothing that can be said here. Costs: by the hour, attached or not. There are five in a region, unless AWS raised the quota.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html
 *
 * @example
 * const address = new ElasticIp(this, "gateway_address");
 * new Instance(this, "gateway", { vpc, instanceType: "t4g.small", subnets: "public", elasticIp: address });
 */
export class ElasticIp extends Construct {
  readonly allocationId: string;
  readonly publicIp: string;
  /** Name that AWS gives the address: `ec2-203-0-113-25.eu-west-1.compute.amazonaws.com`. */
  readonly publicDns: string;
  readonly resource: Eip;

  constructor(scope: Construct, id: string, props: ElasticIpProps = {}) {
    super(scope, id);
    const deletionProtection = props.deletionProtection ?? contextOf(this).tier === "production";
    this.resource = new Eip(this, "Resource", {
      domain: "vpc",
      ...(deletionProtection ? { lifecycle: { preventDestroy: true } } : {}),
    });
    this.allocationId = this.resource.id;
    this.publicIp = this.resource.publicIp;
    this.publicDns = this.resource.publicDns;
  }
}
