import { evaluate, rules, type RuleId } from "../../rules";
import { fixtures } from "./fixtures";
import { addressOf, estateOf, inputOf, type RuleFixtures } from "./fixtures/fixture";

const cases = rules.map(({ id }): [RuleId, RuleFixtures | undefined] => [id, fixtures[id]]);
const reportOf = (fixture: Parameters<typeof inputOf>[0]) =>
  evaluate(estateOf(inputOf(fixture)), { rules, today: "2026-01-01" });

describe.each(cases)("%s", (id, fixture) => {
  it("has a passing, a failing and an unknown fixture", () => {
    const counts = Object.entries(fixture ?? {}).map(([name, list]) => [name, list.length > 0]);
    expect(Object.fromEntries(counts)).toEqual({ pass: true, fail: true, unknown: true });
  });

  it("passes what is right", () => {
    for (const document of fixture?.pass ?? []) {
      const { findings, unknown } = reportOf(document);
      expect(findings).toEqual([]);
      expect(unknown.filter(({ rule }) => rule === id)).toEqual([]);
    }
  });

  it("finds what is wrong, where, and nothing else", () => {
    for (const failing of fixture?.fail ?? []) {
      const found = reportOf(failing).findings.map(({ rule, address, argument, value }) => ({
        rule,
        address,
        argument,
        value,
      }));
      const { argument, value, times = 1 } = failing;
      const expected = { rule: id, address: addressOf(failing), argument, value };
      expect(found).toEqual(Array.from({ length: times }, () => expected));
    }
  });

  it("says that it cannot tell yet", () => {
    for (const document of fixture?.unknown ?? []) {
      const { findings, unknown } = reportOf(document);
      expect(findings.filter(({ rule }) => rule === id)).toEqual([]);
      expect(unknown.map(({ rule }) => rule)).toContain(id);
    }
  });
});

it("has rules whose ids are different", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

it("has no fixtures of rules that are not there", () => {
  const ids: readonly string[] = rules.map(({ id }) => id);
  expect(Object.keys(fixtures).filter((id) => !ids.includes(id))).toEqual([]);
});
