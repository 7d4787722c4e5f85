import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { allow } from "./allow";
import { isConnectable, peerArguments, peerId, peerText, type Connectable, type Peer } from "./peer";
import { portArguments, portId, portText, type Port } from "./ports";

/** What a group lets out: everything, nothing, or what is listed. */
export type Egress = "all" | "none" | readonly { readonly to: Peer; readonly port: Port }[];

/** What can be said of a rule besides who and where. */
export interface RuleOptions {
  /**
   * Why the rule is there, at most 255 of the characters `a-z A-Z 0-9 space ._-:/()#,@[]+=&;{}!$*`. Changing it changes the rule in place.
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
   * @default port and peer: "https from 203.0.113.0/24"
   */
  readonly description?: string;
}

/**
 * What a security group can do, whether it is made here (`SecurityGroup`) or exists already (`existingSecurityGroup`). Each rule is a
 * resource of its own, keyed by its other end and its port: adding, dropping or reordering rules touches no other.
 *
 * When something cannot be reached: a connection that *times out* is stopped by a security group, a route or a network ACL, because these drop
 * packets without an answer. A connection that is *refused* came through: nothing listens at that port.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/TroubleshootingInstancesConnecting.html
 */
export abstract class SecurityGroupLike extends Construct implements Connectable {
  abstract readonly id: string;
  abstract readonly egress: Egress;
  /** Itself: a group is whatever has a group. */
  readonly securityGroup: SecurityGroupLike = this;

  /**
   * Lets `client` reach this group at `port`. Asking twice is asking once; the first description holds.
   * @param client whatever has a security group, in whatever stack; or addresses, or a prefix list
   */
  allowFrom(client: Peer, port: Port, options: RuleOptions = {}): void {
    if (isConnectable(client)) allow(client, this, port, options);
    else this.addIngressRule(this, `from_${peerId(this, client)}_${portId(port)}`, client, port, options);
  }

  /**
   * Lets this group reach `server` at `port`; where everything may go out, that is true of addresses already.
   * @param server what `allowFrom` takes; for whatever has a security group it is the same as `server.allowFrom(this, port)`
   */
  allowTo(server: Peer, port: Port, options: RuleOptions = {}): void {
    if (isConnectable(server)) allow(this, server, port, options);
    else this.addEgressRule(this, `to_${peerId(this, server)}_${portId(port)}`, server, port, options);
  }

  /** Lets whatever has this group reach everything else that has it: the nodes of a cluster. */
  allowInternally(port: Port, options: RuleOptions = {}): void {
    allow(this, this, port, options);
  }

  /** Used by `allow`, which decides in which stack the rule is made. */
  addIngressRule(scope: Construct, id: string, peer: Peer, port: Port, options: RuleOptions = {}): void {
    const existing = scope.node.tryFindChild(id);
    if (existing) return refuseOtherPeer(existing as VpcSecurityGroupIngressRule, peer);
    new VpcSecurityGroupIngressRule(scope, id, {
      securityGroupId: this.id,
      description: options.description ?? `${portText(port)} from ${peerText(peer)}`,
      ...portArguments(port),
      ...peerArguments(peer),
    });
  }

  /** Used by `allow`. Where everything may go out, there is nothing to add. */
  addEgressRule(scope: Construct, id: string, peer: Peer, port: Port, options: RuleOptions = {}): void {
    if (this.egress !== "all") this.createEgressRule(scope, id, peer, port, options);
  }

  protected createEgressRule(scope: Construct, id: string, peer: Peer, port: Port, options: RuleOptions = {}): void {
    const existing = scope.node.tryFindChild(id);
    if (existing) return refuseOtherPeer(existing as VpcSecurityGroupEgressRule, peer);
    new VpcSecurityGroupEgressRule(scope, id, {
      securityGroupId: this.id,
      description: options.description ?? `${portText(port)} to ${peerText(peer)}`,
      ...portArguments(port),
      ...peerArguments(peer),
    });
  }
}

/** Two blocks can come out as one address of a rule, by their notation or their name; to drop one of them silently would be worse than to refuse it. */
function refuseOtherPeer(existing: VpcSecurityGroupIngressRule | VpcSecurityGroupEgressRule, peer: Peer): void {
  const there = existing.cidrIpv6Input ?? existing.cidrIpv4Input;
  if (!("cidr" in peer) || there === peer.cidr) return;
  throw new Error(
    `${existing.node.path} is there already, for ${there}: ` +
      (peer.name === undefined
        ? `write ${peer.cidr} with its network address, as AWS takes it.`
        : `give ${peer.cidr} another name than ${JSON.stringify(peer.name)}.`),
  );
}
