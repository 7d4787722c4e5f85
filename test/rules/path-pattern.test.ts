import { coversPath, depthOf, isStackWide, reachesStack } from "../../rules/path-pattern";

test.each([
  ["prod-data/orders", "prod-data/orders", true],
  ["prod-data/orders", "prod-data/orders/Resource", true],
  ["prod-data/orders", "prod-data/orders_old/Resource", false],
  ["prod-data/orders/*", "prod-data/orders/Resource", true],
  ["prod-data/orders/*", "prod-data/orders/replica/Resource", true],
  ["prod-data/orders/*", "prod-data/orders", false],
  ["*-data/orders", "staging-data/orders/Resource", true],
  ["*-data/orders", "staging-network/orders/Resource", false],
  ["prod-*/app_?", "prod-data/app_1", false],
  ["prod-data/app.one", "prod-data/appxone", false],
  ["**/orders", "prod-data/a/b/orders/Resource", true],
  ["**/orders", "prod-data/a/b", false],
  ["prod-data/**/Resource", "prod-data/a/b/Resource", true],
  ["prod-data/**/Resource", "prod-data/Resource", true],
  ["prod-data", "", false],
])("%s covers %s: %s", (pattern, path, covered) => {
  expect(coversPath(pattern, path)).toBe(covered);
});

test("a pattern reaches the stacks that its first id means", () => {
  expect(["prod-data/x", "*-data/x", "**/x", "prod-dns/x"].map((it) => reachesStack(it, "prod-data"))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test("a pattern without an id below the stack is stack-wide", () => {
  expect(["prod-data", "prod-data/*", "*/**", "**"].map(isStackWide)).toEqual([true, true, true, true]);
  expect(["prod-data/orders", "prod-data/*/Resource", "**/orders"].map(isStackWide)).toEqual([false, false, false]);
});

test("a pattern is the nearer, the more ids it has", () => {
  expect(["prod-data", "prod-data/**", "prod-data/**/orders", "prod-data/a/b"].map(depthOf)).toEqual([1, 1, 2, 3]);
});
