import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { VpcPeeringConnectionAccepterA } from "@cdktf/provider-aws/lib/vpc-peering-connection-accepter";
import { VpcPeeringConnectionOptions } from "@cdktf/provider-aws/lib/vpc-peering-connection-options";
import { contextOf, Problems } from "../core";

/** The VPC at the other end. */
export interface PeerVpc {
  readonly vpcId: string;
  /**
   * Account that it belongs to. Changing it replaces the connection.
   * @default this one
   */
  readonly account?: string;
  /**
   * Region that it is in. Changing it replaces the connection.
   * @default this one
   */
  readonly region?: string;
}

export interface PeeringConnectionProps {
  /** The VPC at this end. Changing it replaces the connection. */
  readonly vpc: { readonly id: string };
  /** Changing its VPC replaces the connection. */
  readonly peer: PeerVpc;
  /**
   * Resolve public host names of the other end's instances to private addresses, on both sides.
   * @default false
   */
  readonly dnsResolution?: boolean;
  /**
   * Provider of the peer's account and region, which accepts the connection there.
   * @default none: in the same account and region it accepts itself; elsewhere somebody accepts it there
   */
  readonly accepterProvider?: TerraformProvider;
}

/**
 * A peering connection between two VPCs, whose blocks may not overlap. Traffic flows when both sides have routes to it:
 * `vpc.addRoute(tier, name, { destination, via: { vpcPeeringConnectionId: connection.id } })`.
 *
 * Replaced by: a change of either VPC. Costs: traffic between zones and regions.
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export class PeeringConnection extends Construct {
  /** Known when the connection is accepted, if it is accepted here. */
  readonly id: string;
  readonly resource: VpcPeeringConnection;

  private readonly props: PeeringConnectionProps;

  /** @throws InvalidConstructError when name resolution is asked of a peer that is not accepted here */
  constructor(scope: Construct, id: string, props: PeeringConnectionProps) {
    super(scope, id);
    this.props = props;
    this.check();
    this.resource = this.createConnection();
    this.id = this.acceptedId();
    if (props.dnsResolution) this.createOptions();
  }

  /** AWS accepts by itself only between VPCs of one account and one region. */
  private get isNear(): boolean {
    const { account, region } = contextOf(this);
    const { peer } = this.props;
    return (peer.account ?? account) === account && (peer.region ?? region) === region;
  }

  private check(): void {
    const problems = new Problems(this, "PeeringConnection");
    const { dnsResolution, accepterProvider } = this.props;
    problems.require(
      !dnsResolution || this.isNear || accepterProvider !== undefined,
      "dnsResolution needs a connection that is accepted, got a peer in another account or region: give accepterProvider, or drop it",
    );
    problems.throwIfAny();
  }

  private createConnection(): VpcPeeringConnection {
    const { vpc, peer } = this.props;
    return new VpcPeeringConnection(this, "Resource", {
      vpcId: vpc.id,
      peerVpcId: peer.vpcId,
      ...(this.isNear ? { autoAccept: true } : { peerOwnerId: peer.account, peerRegion: peer.region }),
    });
  }

  private acceptedId(): string {
    const { accepterProvider: provider } = this.props;
    if (this.isNear || !provider) return this.resource.id;
    const vpcPeeringConnectionId = this.resource.id;
    return new VpcPeeringConnectionAccepterA(this, "accepter", { provider, vpcPeeringConnectionId, autoAccept: true })
      .id;
  }

  private createOptions(): void {
    const side = { allowRemoteVpcDnsResolution: true };
    const vpcPeeringConnectionId = this.id;
    if (this.isNear) {
      new VpcPeeringConnectionOptions(this, "options", { vpcPeeringConnectionId, requester: side, accepter: side });
      return;
    }
    const provider = this.props.accepterProvider;
    new VpcPeeringConnectionOptions(this, "options", { vpcPeeringConnectionId, requester: side });
    new VpcPeeringConnectionOptions(this, "accepter_options", { provider, vpcPeeringConnectionId, accepter: side });
  }
}
