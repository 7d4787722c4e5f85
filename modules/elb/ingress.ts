import { ANYWHERE, ANYWHERE_IPV6, type CidrPeer, type Peer } from "../ec2";
import type { LoadBalancerProps } from "./load-balancer-props";

/** What says who reaches a load balancer. */
type Clients = Pick<LoadBalancerProps, "vpc" | "ingress" | "internetFacing" | "ipAddressType">;

/** The kind of addresses that clients reach a load balancer at. */
export function ipAddressTypeOf({ ipAddressType, vpc }: Clients): "ipv4" | "dualstack" {
  return ipAddressType ?? (vpc.ipv6Cidr === undefined ? "ipv4" : "dualstack");
}

/** Who may reach the listeners: as was said, or everybody for one that faces the internet, or the VPC. */
export function ingressPeers(props: Clients): readonly Peer[] {
  const { ingress, internetFacing, vpc } = props;
  return ingress ?? (internetFacing ? everywhere(props) : [{ cidr: vpc.cidr }]);
}

/** The whole internet, over the protocols that a load balancer speaks. */
export function everywhere(props: Clients): readonly CidrPeer[] {
  return ipAddressTypeOf(props) === "dualstack" ? [ANYWHERE, ANYWHERE_IPV6] : [ANYWHERE];
}
