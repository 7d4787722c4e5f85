import { Address4 } from "ip-address";
import * as fc from "fast-check";
import {
  ipv6SlotOf,
  ipv6SubnetNumber,
  isFreeIpv6Slot,
  isFreeSlot,
  plannedSubnetCidr,
  SLOTS,
  smallestBlockFor,
  SUBNET_TIERS,
  ZONE_LETTERS,
  type Slot,
} from "../../modules/vpc/subnet-plan";

/** A block of one of the prefix lengths, anywhere. */
const block = (shortest: number, longest: number): fc.Arbitrary<string> =>
  fc.tuple(fc.integer({ min: shortest, max: longest }), fc.nat({ max: 0xffffffff })).map(([prefix, address]) => {
    const { parsedAddress } = Address4.fromBigInt(BigInt(address));
    return `${new Address4(`${parsedAddress.join(".")}/${prefix}`).startAddress().correctForm()}/${prefix}`;
  });

const subnetsOf = (cidr: string, slots: readonly Slot[]): Address4[] =>
  slots.flatMap((slot) => ZONE_LETTERS.map((zone) => new Address4(plannedSubnetCidr(cidr, slot, zone))));

const BUILT_IN = SUBNET_TIERS.map((tier) => SLOTS[tier]);
const COUNTS = [1, 2, 4, 8, 16, 32] as const;
const ALL_SLOTS = COUNTS.flatMap((count) => Array.from({ length: count }, (_, index): Slot => `${index}/${count}`));
const OWN_SLOTS = ALL_SLOTS.filter(isFreeSlot);

/** Where a slot begins and ends, in 32nds. */
const span = (slot: Slot): [number, number] => {
  const [index, count] = slot.split("/").map(Number) as [number, number];
  return [(index * 32) / count, ((index + 1) * 32) / count];
};
const meet = (one: Slot, other: Slot): boolean => span(one)[0] < span(other)[1] && span(other)[0] < span(one)[1];

/** Slots for own tiers that do not overlap. */
const ownSlots = fc
  .shuffledSubarray(OWN_SLOTS)
  .map((slots) =>
    slots.reduce<Slot[]>((kept, slot) => (kept.some((each) => meet(each, slot)) ? kept : [...kept, slot]), []),
  );

describe("the subnet plan", () => {
  test("keeps every subnet inside the VPC, of a size that AWS takes, and apart from every other, whatever own tiers there are", () => {
    fc.assert(
      fc.property(block(16, 20), ownSlots, (cidr, own) => {
        const subnets = subnetsOf(cidr, [...BUILT_IN, ...own]);
        for (const [position, subnet] of subnets.entries()) {
          expect(subnet.isInSubnet(new Address4(cidr))).toBe(true);
          expect(subnet.subnetMask).toBeLessThanOrEqual(28);
          for (const other of subnets.slice(position + 1)) {
            expect(subnet.isInSubnet(other) || other.isInSubnet(subnet)).toBe(false);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test("leaves the last quarter of the VPC free for own tiers", () => {
    fc.assert(
      fc.property(block(16, 22), (cidr) => {
        const vpc = new Address4(cidr);
        const lastQuarter = vpc.startAddress().bigInt() + 3n * (1n << BigInt(30 - vpc.subnetMask));
        for (const subnet of subnetsOf(cidr, BUILT_IN)) expect(subnet.endAddress().bigInt()).toBeLessThan(lastQuarter);
      }),
      { numRuns: 50 },
    );
  });

  test.each(COUNTS.flatMap((count): Slot[] => [`0/${count}`, `${count - 1}/${count}`]))(
    "cuts /28 for slot %s out of the smallest block that it is allowed in",
    (slot) => {
      expect(new Address4(plannedSubnetCidr(`10.0.0.0/${smallestBlockFor(slot)}`, slot, "h")).subnetMask).toBe(28);
    },
  );

  test("gives own tiers these slots and no others of the VPC's first block", () => {
    expect(OWN_SLOTS).toEqual([
      "3/4",
      ...["6/8", "7/8"],
      ...["12/16", "13/16", "14/16", "15/16"],
      ...["24/32", "25/32", "26/32", "27/32", "28/32", "29/32", "30/32", "31/32"],
    ]);
    for (const slot of ["8/8", "-6/8", "6/7", "6.5/8", "x"]) expect(isFreeSlot(slot)).toBe(false);
  });

  test("is this table for ever: a change of it would move every subnet there is", () => {
    const table = (slot: Slot): string[] =>
      (["a", "b", "h"] as const).map((zone) => plannedSubnetCidr("10.0.0.0/16", slot, zone));
    expect(Object.fromEntries(SUBNET_TIERS.map((tier) => [tier, table(SLOTS[tier])]))).toEqual({
      private: ["10.0.0.0/20", "10.0.16.0/20", "10.0.112.0/20"],
      public: ["10.0.128.0/22", "10.0.132.0/22", "10.0.156.0/22"],
      isolated: ["10.0.160.0/22", "10.0.164.0/22", "10.0.188.0/22"],
    });
    expect(table("6/8")).toEqual(["10.0.192.0/22", "10.0.196.0/22", "10.0.220.0/22"]);
    expect(table("12/16")).toEqual(["10.0.192.0/23", "10.0.194.0/23", "10.0.206.0/23"]);
    expect(table("31/32")).toEqual(["10.0.248.0/24", "10.0.249.0/24", "10.0.255.0/24"]);
  });
});

describe("the IPv6 plan", () => {
  test("gives each subnet one of the 256 blocks for itself, whatever own tiers there are", () => {
    const free = Array.from({ length: 32 }, (_, slot) => slot).filter(isFreeIpv6Slot);
    fc.assert(
      fc.property(ownSlots, fc.shuffledSubarray(free), (own, elsewhere) => {
        const slots = [...[...BUILT_IN, ...own].map(ipv6SlotOf), ...elsewhere];
        const numbers = slots.flatMap((slot) => ZONE_LETTERS.map((zone) => ipv6SubnetNumber(slot, zone)));
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const number of numbers) expect(number >= 0 && number < 256 && Number.isInteger(number)).toBe(true);
      }),
    );
  });

  test("is this table for ever", () => {
    const first = (slot: Slot): number => ipv6SubnetNumber(ipv6SlotOf(slot), "a");
    expect(Object.fromEntries(SUBNET_TIERS.map((tier) => [tier, first(SLOTS[tier])]))).toEqual({
      private: 0,
      public: 128,
      isolated: 160,
    });
    expect(["6/8", "7/8", "13/16", "31/32"].map((slot) => first(slot as Slot))).toEqual([192, 224, 208, 248]);
    expect(ipv6SubnetNumber(1, "h")).toBe(15);
  });
});
