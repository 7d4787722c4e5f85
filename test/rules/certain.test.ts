import { mayExclude } from "../../rules/values/certain";
import type { Json } from "../../rules/values/block";
import type { Resource } from "../../rules/resource";
import { EITHER, estateOf, OR } from "./fixtures/fixture";

describe("two resources of which there may be one only", () => {
  const pair = (one: Json, other: Json): readonly [Resource, Resource] => {
    const [first, second] = estateOf({ document: { resource: { aws_vpc: { one, other } } } }).resources;
    if (!first || !second) throw new Error("there are two");
    return [first, second];
  };

  it.each<[string, Json, Json, boolean]>([
    ["different expressions count them", EITHER, OR, true],
    ["one has a count and the other an expression for each", EITHER, { for_each: "${var.others}" }, true],
    ["one expression counts both", EITHER, EITHER, false],
    ["one is there in any case", EITHER, {}, false],
    ["the number of one is known", EITHER, { count: 2 }, false],
    ["both are there", {}, {}, false],
  ])("where %s", (_case, one, other, expected) => {
    expect(mayExclude(...pair(one, other))).toBe(expected);
    expect(mayExclude(...pair(other, one))).toBe(expected);
  });

  it("does not take the same expression of another stack for the same", () => {
    const document = { resource: { aws_vpc: { it: EITHER } } };
    const [here, there] = estateOf({ document, others: { other: document } }).resources;
    expect(here && there && mayExclude(here, there)).toBe(true);
  });
});
