import type { Construct } from "constructs";
import { pathBelowStack } from "../core";
import type { SecurityGroup } from "./security-group";

/** Whatever has a security group: an instance, a database, a load balancer, or a group itself. */
export interface Connectable {
  readonly securityGroup: SecurityGroup;
}

/** Addresses: `{ cidr: "203.0.113.0/24" }`, IPv4 or IPv6. */
export interface CidrPeer {
  readonly cidr: string;
}

/** A managed prefix list: yours, or one of AWS's (CloudFront, S3). */
export interface PrefixListPeer {
  readonly prefixListId: string;
}

/** The other end of a connection. */
export type Peer = Connectable | CidrPeer | PrefixListPeer;

/** Everybody, over IPv4. */
export const ANYWHERE: CidrPeer = { cidr: "0.0.0.0/0" };

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
  return peer.cidr.includes(":") ? { cidrIpv6: peer.cidr } : { cidrIpv4: peer.cidr };
}

/** The other end as part of an address: its id if it has one, else its addresses. */
export function peerId(from: Construct, peer: Peer): string {
  if (isConnectable(peer)) return groupId(from, peer.securityGroup);
  return ("prefixListId" in peer ? peer.prefixListId : peer.cidr).replace(/[^A-Za-z0-9-]+/g, "_");
}

/** `web`, or `servers_web` seen from another stack. */
function groupId(from: Construct, group: SecurityGroup): string {
  const path = pathBelowStack(group);
  const [stack, ownStack] = [group.node.scopes[1]?.node.id ?? "", from.node.scopes[1]?.node.id ?? ""];
  return (stack === ownStack ? path : [stack.slice(stack.indexOf("-") + 1), ...path]).join("_");
}

/** The other end as a description names it. */
export function peerText(peer: Peer): string {
  if (isConnectable(peer)) return pathBelowStack(peer.securityGroup).join("-").replaceAll("_", "-");
  return "prefixListId" in peer ? "the prefix list" : peer.cidr;
}
