import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { pathBelowStack } from "../core";
import { familyOf, type IpFamily } from "../vpc/cidr";
import type { SecurityGroupLike } from "./security-group-like";

/** Whatever has a security group: an instance, a database, a load balancer, or a group itself. */
export interface Connectable {
  /** One that is made here (`SecurityGroup`), or one that exists already (`existingSecurityGroup`). */
  readonly securityGroup: SecurityGroupLike;
}

/** Addresses: `{ cidr: "203.0.113.0/24" }`, IPv4 or IPv6. */
export interface CidrPeer {
  readonly cidr: string;
  /**
   * What the block is called in addresses and descriptions of rules. A reference, such as the `cidr` of an existing VPC, needs one: what it
   * stands for is not known yet.
   * @default the block itself
   */
  readonly name?: string;
  /**
   * Which of the two a reference stands for: `"ipv6"` for a VPC's `ipv6Cidr`.
   * @default what `cidr` is written as; a reference is "ipv4"
   */
  readonly family?: IpFamily;
}

/** A managed prefix list: yours (`PrefixList`), one of AWS's (`awsPrefixList`), or one that is known by its id. */
export interface PrefixListPeer {
  readonly prefixListId: string;
  /**
   * What it is called in addresses and descriptions of rules.
   * @default its id, or for a `PrefixList` the construct's own
   */
  readonly name?: string;
}

/** The other end of a connection. */
export type Peer = Connectable | CidrPeer | PrefixListPeer;

/** Everybody, over IPv4. */
export const ANYWHERE: CidrPeer = { cidr: "0.0.0.0/0" };

/** Everybody, over IPv6. */
export const ANYWHERE_IPV6: CidrPeer = { cidr: "::/0" };

/** True for whatever has a security group. */
export function isConnectable(peer: Peer): peer is Connectable {
  return "securityGroup" in peer;
}

/** The arguments of a rule resource that name the other end. */
export function peerArguments(peer: Peer): {
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: string;
  referencedSecurityGroupId?: string;
} {
  if (isConnectable(peer)) return { referencedSecurityGroupId: peer.securityGroup.id };
  if ("prefixListId" in peer) return { prefixListId: peer.prefixListId };
  return familyOf(peer.cidr, peer.family) === "ipv6" ? { cidrIpv6: peer.cidr } : { cidrIpv4: peer.cidr };
}

/**
 * The other end as part of an address: its construct id if it has one, else its name or its addresses.
 * @throws Error for a prefix list or a block without a name, of which nothing is known before it is made
 */
export function peerId(from: IConstruct, peer: Peer): string {
  if (isConnectable(peer)) return constructId(from, peer.securityGroup);
  if (isConstruct(peer)) return constructId(from, peer);
  return ("prefixListId" in peer ? listName(peer) : blockName(peer)).replace(/[^A-Za-z0-9-]+/g, "_");
}

/** The other end as a description names it. */
export function peerText(peer: Peer): string {
  if (isConnectable(peer)) return constructText(peer.securityGroup);
  if (isConstruct(peer)) return constructText(peer);
  return "prefixListId" in peer ? (peer.name ?? "the prefix list") : (peer.name ?? peer.cidr);
}

/** `web`, or `servers_web` seen from another stack. */
export function constructId(from: IConstruct, construct: IConstruct): string {
  const path = pathBelowStack(construct);
  const [stack, ownStack] = [construct.node.scopes[1]?.node.id ?? "", from.node.scopes[1]?.node.id ?? ""];
  return (stack === ownStack ? path : [stack.slice(stack.indexOf("-") + 1), ...path]).join("_");
}

function constructText(construct: IConstruct): string {
  return pathBelowStack(construct).join("-").replaceAll("_", "-");
}

function isConstruct(peer: Peer): peer is Peer & IConstruct {
  return "node" in peer;
}

function listName({ prefixListId, name }: PrefixListPeer): string {
  if (name !== undefined) return name;
  if (Token.isUnresolved(prefixListId))
    throw new Error('A prefix list whose id is not known yet needs a name: { prefixListId: list.id, name: "offices" }');
  return prefixListId;
}

function blockName({ cidr, name }: CidrPeer): string {
  if (name !== undefined) return name;
  if (Token.isUnresolved(cidr))
    throw new Error('A block that is not known yet needs a name: { cidr: vpc.cidr, name: "vpc" }');
  return cidr;
}
