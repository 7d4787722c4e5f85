import { Vpc, type VpcProps, type ZoneLetter } from "../../modules/vpc";
import { synthesized } from "../support/synthesized";

const props: VpcProps = { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"] };

describe("what is refused", () => {
  const refusal = (changes: Partial<VpcProps>) => (): unknown =>
    synthesized((stack) => void new Vpc(stack, "vpc", { ...props, ...changes }));

  test("a block that is too small for the plan, and no zone: both at once, with the value and the fix", () => {
    expect(refusal({ cidr: "10.0.0.0/28", availabilityZones: [] })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - availabilityZones must name 1 to 8 zones, got none
       - cidr must be /16 to /22 for the automatic subnet plan, got "10.0.0.0/28": widen it or give subnetCidrs for every subnet"
    `);
  });

  test("a block that AWS does not take", () => {
    expect(refusal({ cidr: "10.0.0.0/8" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - cidr must be /16 to /28, got "10.0.0.0/8""
    `);
    expect(refusal({ cidr: "10.0.0.1/16" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - cidr must start at its network address, got "10.0.0.1/16": write "10.0.0.0/16""
    `);
    expect(refusal({ cidr: "10.0.0/16" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - cidr must be an IPv4 block such as "10.0.0.0/16", got "10.0.0/16""
    `);
  });

  test("a zone with its region, and one that is named twice", () => {
    const availabilityZones = ["eu-west-1a", "b", "b"] as unknown as ZoneLetter[];
    expect(refusal({ availabilityZones })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - availabilityZones are letters a to h, got "eu-west-1a": the region comes from the stack
       - availabilityZones names "b" twice: name each zone once
       - the planned private.eu-west-1a must lie in the VPC's 10.0.0.0/16, got "9.255.240.0/20""
    `);
  });

  test("NAT gateways that have nowhere to stand", () => {
    expect(refusal({ subnetTiers: ["isolated"], natGateways: "single" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - natGateways "single" needs the tiers "public" (where they stand) and "private" (whom they serve), got ["isolated"]: add the tier, or set natGateways to "none""
    `);
  });

  test("subnets outside the VPC, upon each other, too small, or that are not made", () => {
    const subnetCidrs = {
      public: { a: "10.1.0.0/24", b: "10.0.0.0/29", c: "10.0.9.0/24" },
      private: { a: "10.0.200.0/24", b: "10.0.200.128/25" },
    };
    expect(refusal({ subnetCidrs })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - subnetCidrs.public.c is for a subnet that is not made: add its tier and zone, or drop it
       - subnetCidrs.public.a must lie in the VPC's 10.0.0.0/16, got "10.1.0.0/24"
       - subnetCidrs.public.b must be /28 or larger, got "10.0.0.0/29"
       - subnetCidrs.private.b (10.0.200.128/25) overlaps subnetCidrs.private.a (10.0.200.0/24): move one of the two"
    `);
  });

  test("own tiers that are named, placed or routed wrongly", () => {
    expect(
      refusal({
        ownTiers: {
          nat: { routing: "isolated", slot: "5/8" },
          private_a: { routing: "isolated", slot: "9/8" },
          cache: { routing: "isolated", slot: "6/8", secondaryCidr: "more" },
          data: { routing: "isolated", slot: "12/16", mapPublicIpOnLaunch: true, availabilityZones: ["c"] },
        },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - ownTiers must be named with lower-case letters, digits and underscores, not like a built-in tier or "nat", and not end in "_" and one letter, got "nat"
       - ownTiers.nat.slot must lie in the last quarter of the VPC ("3/4", "6/8", "7/8", "12/16" to "15/16", "24/32" to "31/32"), got "5/8": the rest belongs to the built-in tiers
       - ownTiers must be named with lower-case letters, digits and underscores, not like a built-in tier or "nat", and not end in "_" and one letter, got "private_a"
       - ownTiers.private_a.slot must be a fraction below 1 of 1, 2, 4, 8, 16 or 32 parts, such as "6/8", got "9/8"
       - ownTiers.cache.secondaryCidr names "more", secondaryCidrs has none: name one of these
       - ownTiers.data.availabilityZones names "c", the VPC has ["a","b"]: name zones of the VPC
       - ownTiers.data.mapPublicIpOnLaunch is for public tiers, got one with routing "isolated": nobody could reach the address"
    `);
  });

  test("own tiers that overlap, that have no block, or that would be cut too small", () => {
    const one: VpcProps["ownTiers"] = {
      cache: { routing: "isolated", slot: "6/8" },
      data: { routing: "isolated", slot: "12/16" },
    };
    expect(refusal({ ownTiers: one, availabilityZones: ["a"] })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - the planned data.a (10.0.192.0/23) overlaps the planned cache.a (10.0.192.0/22): move one of the two"
    `);
    expect(refusal({ cidr: "10.0.0.0/22", ownTiers: { cache: { routing: "isolated", slot: "24/32" } } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - ownTiers.cache.slot "24/32" needs a block of /20 or larger for eight subnets, got "10.0.0.0/22": take a larger slot, or give subnetCidrs for each of its subnets"
    `);
    expect(refusal({ ownTiers: { cache: { routing: "isolated" } } })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - ownTiers.cache has no slot: give it one, such as "6/8", or subnetCidrs for each of its subnets"
    `);
  });

  test("options for tiers that are not made, and names of tiers that there are not", () => {
    expect(
      refusal({
        subnetTiers: ["public"],
        tierOptions: { private: {} },
        gatewayEndpoints: { s3: { tiers: ["data"] } },
        interfaceEndpoints: { ssm: {} },
        vpnGateway: { propagateTo: ["private"] },
        peerings: { shared: { vpcId: "vpc-1", cidr: "10.1.0.0/16", tiers: ["private"] } },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - tierOptions.private is for a tier that is not made: add it to subnetTiers
       - gatewayEndpoints.s3.tiers names tier "data", the VPC has ["public"]: name one of these
       - peerings.shared.tiers names tier "private", the VPC has ["public"]: name one of these
       - vpnGateway.propagateTo names tier "private", the VPC has ["public"]: name one of these
       - interface endpoint "ssm" must name its subnets, because there is neither a private nor an isolated tier: name one of ["public"]"
    `);
  });

  test("secondary blocks that overlap, or that are none", () => {
    expect(refusal({ secondaryCidrs: { more: "10.0.128.0/17", other: "10.1.0.1/16", wrong: "10.2.0.0" } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - secondaryCidrs.other must start at its network address, got "10.1.0.1/16": write "10.1.0.0/16"
       - secondaryCidrs.wrong must be an IPv4 block such as "10.0.0.0/16", got "10.2.0.0"
       - secondaryCidrs.more (10.0.128.0/17) overlaps cidr (10.0.0.0/16): take another block"
    `);
  });

  test("NAT gateways in zones without a public subnet, and Elastic IPs for gateways that are not made", () => {
    expect(refusal({ natGateways: { zones: ["c"] }, natElasticIps: { a: "eipalloc-1" } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - natGateways stand in zones ["c"], and tier "public" has subnets in ["a","b"]: name zones that it is in
       - natElasticIps.a is for a NAT gateway that is not made: add the zone to natGateways, or drop it"
    `);
    expect(refusal({ natGateways: { zones: [] } })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - natGateways.zones must name at least one zone, got none: set natGateways to "none""
    `);
  });

  test("DNS64 without IPv6, and IPv6 slots that are missing, taken or used twice", () => {
    expect(refusal({ dns64: true, natGateways: "none" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - dns64 needs ipv6 and NAT gateways, got ipv6 false and natGateways "none": turn both on, or drop it"
    `);
    const secondaryCidr = "more";
    expect(
      refusal({
        ipv6: true,
        secondaryCidrs: { more: "10.1.0.0/16" },
        ownTiers: {
          one: { routing: "isolated", slot: "0/4", secondaryCidr },
          two: { routing: "isolated", slot: "1/4", secondaryCidr, ipv6Slot: 16 },
          three: { routing: "isolated", slot: "2/4", secondaryCidr, ipv6Slot: 1 },
          four: { routing: "isolated", slot: "3/4", secondaryCidr, ipv6Slot: 1 },
        },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - ownTiers.two.ipv6Slot must be 1 to 15, 17 to 19 or 21 to 23, got 16: the others belong to slots of the VPC's first block
       - ownTiers.one needs an ipv6Slot, because no slot in the VPC's first block tells it: 1 to 15 are free
       - ownTiers.two has the ipv6Slot 16, as public has: give it another
       - ownTiers.four has the ipv6Slot 1, as three has: give it another"
    `);
  });

  test("rules of a network ACL with one number, and routes by zone that do not fit", () => {
    const rule = { action: "allow", cidr: "10.0.0.0/16", port: "https" } as const;
    expect(
      refusal({
        tierOptions: {
          isolated: {
            networkAcl: {
              ingress: { web: { ...rule, number: 100 }, other: { ...rule, number: 100 } },
              egress: { all: { ...rule, number: 0 } },
            },
            routes: { firewall: { destination: "10.9.0.0/16", via: { byZone: { a: { vpcEndpointId: "vpce-1" } } } } },
          },
          private: {
            routes: { firewall: { destination: "10.9.0.0/16", via: { byZone: { a: { vpcEndpointId: "vpce-1" } } } } },
          },
        },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - networkAcl of tier isolated, ingress: other and web both have number 100: give one another
       - networkAcl of tier isolated, egress: all must have a number from 1 to 32766, got 0
       - route "firewall" of tier private has no target for zone b: add it to byZone
       - route "firewall" of tier isolated has targets by zone, and its isolated subnets share one route table: give one target
       - route "firewall" of tier isolated has no target for zone b: add it to byZone"
    `);
  });

  test("name resolution of a peer that has yet to accept, and a peer whose block overlaps", () => {
    expect(
      refusal({
        peerings: {
          same: { vpcId: "vpc-2", cidr: "10.0.128.0/20" },
          shared: { vpcId: "vpc-1", cidr: "10.1.0.0/16", region: "us-east-1", dnsResolution: true },
        },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - peerings.same.cidr "10.0.128.0/20" overlaps the VPC's 10.0.0.0/16: AWS peers no VPCs that overlap
       - peerings.shared.dnsResolution needs a peer in this account and region, got {"vpcId":"vpc-1","cidr":"10.1.0.0/16","region":"us-east-1"}: drop it, or make a PeeringConnection with an accepterProvider"
    `);
  });

  test("a route of one's own with the name of a peering", () => {
    const destination = "10.2.0.0/16";
    const routes = { shared: { destination, via: { transitGatewayId: "tgw-1" } } };
    const peerings = { shared: { vpcId: "vpc-1", cidr: "10.1.0.0/16" } };
    expect(refusal({ peerings, tierOptions: { isolated: { routes } } })).toThrow(
      'peerings.shared makes routes of its own: the route "shared" of tier isolated needs another name',
    );
    expect(refusal({ peerings, tierOptions: { public: { routes } } })).not.toThrow();
  });
});
