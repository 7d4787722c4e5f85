import type { VpcLike, ZoneLetter } from "../../modules/vpc";

/** A VPC that exists already, for tests of what stands in one: subnets are named after tier and zone, `subnet-public-a`. */
export function vpcWith(availabilityZones: readonly ZoneLetter[], tiers: readonly string[]): VpcLike {
  const subnetsOf = (tier: string): [string, VpcLike["subnets"][string]] => [
    tier,
    Object.fromEntries(availabilityZones.map((zone) => [zone, { id: `subnet-${tier}-${zone}`, zone }])),
  ];
  return {
    id: "vpc-1",
    cidr: "10.0.0.0/16",
    availabilityZones,
    subnets: Object.fromEntries(tiers.map(subnetsOf)),
    subnetIds: (tier) => availabilityZones.map((zone) => `subnet-${tier}-${zone}`),
  };
}
