export { overlaps, type IpFamily } from "./cidr";
export { CloudWatchFlowLog, type CloudWatchFlowLogOptions, type CloudWatchFlowLogProps } from "./cloudwatch-flow-log";
export { CustomerGateway, type CustomerGatewayProps } from "./customer-gateway";
export { DhcpOptions, type DhcpOptionsOptions, type DhcpOptionsProps } from "./dhcp-options";
export { existingSubnets, existingVpc, type ExistingVpcProps, type SubnetIdsByZone } from "./existing-vpc";
export type { FlowLogOptions } from "./flow-log";
export {
  GatewayEndpoint,
  type EndpointPolicy,
  type GatewayEndpointOptions,
  type GatewayEndpointProps,
  type GatewayService,
} from "./gateway-endpoint";
export {
  InstanceConnectEndpoint,
  type InstanceConnectEndpointOptions,
  type InstanceConnectEndpointProps,
} from "./instance-connect-endpoint";
export { InterfaceEndpoint, type InterfaceEndpointOptions, type InterfaceEndpointProps } from "./interface-endpoint";
export { NatGateway, type NatGatewayProps } from "./nat-gateway";
export { NetworkAcl, type NetworkAclOptions, type NetworkAclProps, type NetworkAclRuleOptions } from "./network-acl";
export { PeeringConnection, type PeeringConnectionProps, type PeerVpc } from "./peering-connection";
export {
  RouteTable,
  type RouteOptions,
  type RouteTableProps,
  type RouteTarget,
  type RouteTargetByZone,
} from "./route-table";
export { S3FlowLog, type S3FlowLogOptions, type S3FlowLogProps } from "./s3-flow-log";
export { Subnet, type SubnetIpv6, type SubnetProps } from "./subnet";
export { SubnetGroup, type SubnetGroupProps } from "./subnet-group";
export type { BuiltInTier, Slot, SubnetTier, ZoneLetter } from "./subnet-plan";
export type { OwnTierOptions, Routing, Tier, TierOptions } from "./tiers";
export { Vpc } from "./vpc";
export type { SubnetLike, SubnetsByZone, VpcLike } from "./vpc-like";
export type { FlowLogs, NatGateways, PeeringOptions, SubnetCidrs, SubnetCidrsByZone, VpcProps } from "./vpc-props";
export { VpnGateway, type VpnGatewayOptions, type VpnGatewayProps } from "./vpn-gateway";
