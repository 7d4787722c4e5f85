import fc from "fast-check";
import { cidr, contains, overlaps } from "../../rules/vpc/cidr";

const block = fc
  .tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.nat({ max: 32 }))
  .map(([a, b, c, d, prefix]) => cidr(`${a}.${b}.${c}.${d}/${prefix}`))
  .filter((parsed) => parsed !== undefined);

it.each(["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "", "pl-12345678", "2001:db8::/129", undefined])(
  "is no block: %s",
  (text) => {
    expect(cidr(text)).toBeUndefined();
  },
);

it("gives the first address of what is written", () => {
  expect(cidr("10.0.0.5/24")?.canonical).toBe("10.0.0.0/24");
  expect(cidr("2001:db8::5/64")?.canonical).toBe("2001:db8::/64");
});

it("never mixes families", () => {
  const [four, six] = [cidr("0.0.0.0/0"), cidr("::/0")];
  expect(four && six && (contains(four, six) || contains(six, four) || overlaps(four, six))).toBe(false);
});

it("contains itself, and overlaps either way", () => {
  fc.assert(
    fc.property(block, block, (one, other) => {
      expect(contains(one, one)).toBe(true);
      expect(overlaps(one, other)).toBe(overlaps(other, one));
      // Blocks nest or are apart.
      expect(overlaps(one, other)).toBe(contains(one, other) || contains(other, one));
    }),
  );
});
