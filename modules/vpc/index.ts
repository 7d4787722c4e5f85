export { NatGateway, type NatGatewayProps } from "./nat-gateway";
export { RouteTable, type RouteTableProps, type RouteTarget } from "./route-table";
export { Subnet, type SubnetProps } from "./subnet";
export { overlaps, type SubnetTier, type ZoneLetter } from "./subnet-plan";
export { Vpc, type NatGateways, type SubnetCidrs, type VpcProps } from "./vpc";
export type { SubnetLike, SubnetsByZone, VpcLike } from "./vpc-like";
