import fc from "fast-check";
import { ApplicationLoadBalancer, rulePriority, type RouteOptions, type RuleConditions } from "../../modules/elb";
import { covers } from "../../modules/elb/conditions";
import { Vpc } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";

const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/a" };

/** A load balancer that answers by itself: what the rules do is of no matter here. */
function rules(routes: Readonly<Record<string, RouteOptions>>): Synthesized["resources"] {
  return synthesized((stack) => {
    const vpc = new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
    const alb = new ApplicationLoadBalancer(stack, "alb", { vpc, certificate });
    for (const [name, route] of Object.entries(routes)) alb.respond(name, { statusCode: 200, ...route });
  }).resources;
}

const label = fc.stringMatching(/^[a-z]{1,8}$/);
const host = fc.oneof(
  label.map((name) => `${name}.example.com`),
  label.map((name) => `*.${name}.example.com`),
);
const path = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 12 }), fc.boolean())
  .map(([labels, pattern]) => `/${labels.join("/")}${pattern ? "/*" : ""}`);
const conditions: fc.Arbitrary<RuleConditions> = fc.record(
  {
    hosts: fc.array(host, { minLength: 1, maxLength: 2 }),
    paths: fc.array(path, { minLength: 1, maxLength: 2 }),
    methods: fc.constant(["GET"]),
    sourceIps: fc.constant(["10.0.0.0/8"]),
  },
  { requiredKeys: [] },
);

describe("the priority of a rule", () => {
  test("is between 1,000 and 50,000, whatever the rule", () => {
    fc.assert(
      fc.property(label, conditions, (name, rule) => {
        const priority = rulePriority(name, rule);
        expect(priority).toBeGreaterThanOrEqual(1_000);
        expect(priority).toBeLessThanOrEqual(50_000);
      }),
    );
    expect(rulePriority("last", { headers: { a: ["1"] } })).toBeLessThanOrEqual(50_000);
    expect(rulePriority("long", { paths: [`/${"a".repeat(127)}`] })).toBeLessThanOrEqual(50_000);
  });

  test("of a rule that matches less is the lower, so that it is looked at first", () => {
    const order: RuleConditions[] = [
      { hosts: ["a.example.com"], paths: ["/api/users"] },
      { hosts: ["a.example.com"], paths: ["/api/users/*"] },
      { hosts: ["a.example.com"], paths: ["/api/*"], methods: ["GET"] },
      { hosts: ["a.example.com"], paths: ["/api/*"] },
      { hosts: ["a.example.com"], methods: ["GET"] },
      { hosts: ["a.example.com"] },
      { hosts: ["*.example.com"], paths: ["/api/*"] },
      { hosts: ["*.example.com"] },
      { paths: ["/api/users"] },
      { paths: ["/api/users/*"] },
      { paths: ["/api/*"] },
      { paths: ["/*"] },
      { headers: { "x-a": ["1"] }, methods: ["GET"] },
      { headers: { "x-a": ["1"] } },
    ];
    const priorities = order.map((rule) => rulePriority("web", rule));
    expect(priorities).toEqual([...priorities].sort((one, other) => one - other));
    expect(new Set(priorities).size).toBe(order.length);
  });

  test("of a longer path is the lower, whatever the names", () => {
    fc.assert(
      fc.property(label, label, path, label, (one, other, shorter, more) => {
        const wide = { paths: [`${shorter.replace(/\/\*$/, "")}/*`] };
        const narrow = { paths: [`${shorter.replace(/\/\*$/, "")}/${more}/*`] };
        fc.pre((narrow.paths[0] ?? "").length <= 128);
        expect(rulePriority(one, narrow)).toBeLessThan(rulePriority(other, wide));
      }),
    );
  });

  test("and everything else of it stays as it was, when a rule is added anywhere among the others", () => {
    const routes = fc.uniqueArray(fc.tuple(label, conditions), {
      selector: ([name]) => name,
      minLength: 2,
      maxLength: 6,
    });
    let tried = 0;
    fc.assert(
      fc.property(routes, fc.nat(), (all, position) => {
        // Rules that contradict each other are refused, which is another test.
        fc.pre(all.every(([, rule]) => Object.values(rule).some((values) => values !== undefined)));
        const without = all.filter((_, index) => index !== position % all.length);
        let after: Synthesized["resources"];
        try {
          after = rules(Object.fromEntries(all));
        } catch {
          return;
        }
        tried++;
        const before = rules(Object.fromEntries(without));
        for (const [address, body] of Object.entries(before)) expect(after[address]).toEqual(body);
        expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 1);
      }),
      { numRuns: 60 },
    );
    expect(tried).toBeGreaterThan(20);
  });

  test("can be said, and changed without another rule noticing", () => {
    const before = rules({ a: { paths: ["/a/*"], priority: 5 }, b: { paths: ["/b/*"] } });
    const after = rules({ a: { paths: ["/a/*"], priority: 6 }, b: { paths: ["/b/*"] } });
    expect(before["aws_lb_listener_rule.alb_listener_443_a"]).toMatchObject({ priority: 5 });
    expect(after["aws_lb_listener_rule.alb_listener_443_a"]).toMatchObject({ priority: 6 });
    expect(after["aws_lb_listener_rule.alb_listener_443_b"]).toEqual(before["aws_lb_listener_rule.alb_listener_443_b"]);
  });
});

describe("rules that contradict each other are refused", () => {
  test("when they have one priority, naming both and one that is free", () => {
    const all = { a: { paths: ["/a/*"], priority: 10 }, b: { paths: ["/b/*"], priority: 11 } };
    expect(() => rules({ ...all, c: { paths: ["/c/*"], priority: 10 } })).toThrowErrorMatchingInlineSnapshot(`
     "Listener "dev-test/alb/listener_443" is invalid:
       - "c" and "a" both have priority 10: give one of them another (priority: 12 is free)"
    `);
  });

  test("when one hides the other", () => {
    expect(() => rules({ all: { paths: ["/api/*"], priority: 10 }, users: { paths: ["/api/users/*"], priority: 20 } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "Listener "dev-test/alb/listener_443" is invalid:
       - "users" (priority 20) is never reached, because "all" (priority 10) matches all that it matches and comes first: give "users" a priority below 10"
    `);
  });

  test("when they say the same", () => {
    expect(() => rules({ a: { hosts: ["A.example.com"] }, b: { hosts: ["a.example.com"] } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "Listener "dev-test/alb/listener_443" is invalid:
       - "b" and "a" have the same conditions: only one of them could ever match"
    `);
  });

  test("when a priority is none that AWS takes", () => {
    expect(() => rules({ a: { paths: ["/a"], priority: 50_001 } })).toThrow(
      'priority of "a" must be 1 to 50000, got 50001',
    );
  });
});

describe("one rule covers another", () => {
  test.each<[RuleConditions, RuleConditions, boolean]>([
    [{}, { hosts: ["a.b"] }, true],
    [{ hosts: ["a.b"] }, {}, false],
    [{ hosts: ["*.b"] }, { hosts: ["A.B"] }, true],
    [{ paths: ["/A/*"] }, { paths: ["/a/b"] }, false],
    [{ paths: ["/a/*"] }, { paths: ["/a/*/c", "/a/?"] }, true],
    [{ paths: ["/a/?"] }, { paths: ["/a/*"] }, false],
    [{ paths: ["/a/??"] }, { paths: ["/a/b?"] }, true],
    [{ paths: ["*a*"] }, { paths: ["/bab"] }, true],
    [{ paths: ["/a"] }, { paths: ["/a", "/b"] }, false],
    [{ headers: { "X-A": ["1*"] } }, { headers: { "x-a": ["12"] } }, true],
    [{ headers: { "x-a": ["1"] } }, { headers: { "x-b": ["1"] } }, false],
    [{ queryStrings: [{ value: "1" }] }, { queryStrings: [{ key: "v", value: "1" }] }, true],
    [{ methods: ["GET", "HEAD"] }, { methods: ["GET"], hosts: ["a.b"] }, true],
    [{ sourceIps: ["10.0.0.0/8"] }, { sourceIps: ["11.0.0.0/8"] }, false],
  ])("%j, %j: %s", (wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });
});
