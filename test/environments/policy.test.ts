import { defineEnvironment, type EnvironmentBase } from "../../environments/define";
import { validateEnvironments } from "../../environments/validate";
import { defineRule } from "../../rules";
import { plainBase, plainDefinition } from "../support/environment-definition";

const base: EnvironmentBase = { ...plainBase, policy: { approvers: ["security@acme.example"] } };
const own = plainDefinition;

const entry = { id: "ebs-gp3-iops-range", path: "dev-servers/app", reason: "a volume that nobody reads" } as const;

describe("the policy of an environment", () => {
  test("keeps the base's approvers beside its own acknowledgements", () => {
    const environment = defineEnvironment(base, { ...own, policy: { acknowledge: [entry] } });
    expect(environment.policy).toEqual({ approvers: ["security@acme.example"], acknowledge: [entry] });
    expect(() => validateEnvironments([environment])).not.toThrow();
  });

  test("takes no 30th of February for a day", () => {
    const policy = { acknowledge: [{ ...entry, expires: "2027-02-30" }] };
    expect(() => validateEnvironments([defineEnvironment(base, { ...own, policy })])).toThrow(
      'dev: policy.acknowledge.0.expires must be a day such as "2027-01-31", got "2027-02-30"',
    );
  });

  test("names a path and a day that are none", () => {
    const policy = { acknowledge: [entry, { ...entry, path: "/dev-servers/", expires: "31.1.2027" }] };
    const refusal = (): unknown => validateEnvironments([defineEnvironment(base, { ...own, policy })]);
    expect(refusal).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - dev: policy.acknowledge.1.path must be construct ids joined by "/", such as "dev-data/*", got "/dev-servers/"
       - dev: policy.acknowledge.1.expires must be a day such as "2027-01-31", got "31.1.2027""
    `);
  });

  /** Compiled by the type check; each line fails there when the mistake below it compiles. */
  test("with a mistake does not compile", () => {
    const acme = defineRule({
      id: "acme-rule",
      types: [],
      title: "t",
      why: "w",
      fix: "f",
      source: "s",
      severity: "error",
      check: () => undefined,
    });
    defineEnvironment(base, { ...own, policy: { acknowledge: [{ ...entry, id: acme.id, tiers: ["sandbox"] }] } });
    // @ts-expect-error -- no such rule
    defineEnvironment(base, { ...own, policy: { acknowledge: [{ ...entry, id: "ebs-gp3-iops" }] } });
    // @ts-expect-error -- no reason
    defineEnvironment(base, { ...own, policy: { acknowledge: [{ id: entry.id, path: entry.path }] } });
    // @ts-expect-error -- no path
    defineEnvironment(base, { ...own, policy: { acknowledge: [{ id: entry.id, reason: entry.reason }] } });
    // @ts-expect-error -- no such tier
    defineEnvironment(base, { ...own, policy: { acknowledge: [{ ...entry, tiers: ["dev"] }] } });
    // @ts-expect-error -- no such key
    defineEnvironment(base, { ...own, policy: { acknowledge: [{ ...entry, until: "2027-01-31" }] } });
    // @ts-expect-error -- no such key
    defineEnvironment(base, { ...own, policy: { approver: ["me"] } });
    expect(acme.id).toBe("acme-rule");
  });
});
