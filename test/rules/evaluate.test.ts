import { defineRule, Estate, evaluate, fault, rules, UnknownValueError, type Report, type Rule } from "../../rules";
import type { Json } from "../../rules/values/block";
import type { Acknowledgement, Origin, StackView } from "../../rules/resource";
import { VIEW } from "./fixtures/fixture";

const gp3 = (iops: unknown): Json => ({ availability_zone: "eu-west-1a", size: 20, type: "gp3", iops });
const RULE = "ebs-gp3-iops-range";

interface Setting {
  readonly view?: Partial<StackView>;
  readonly origin?: Origin;
  readonly body?: Json;
  readonly type?: string;
  readonly rules?: readonly Rule[];
}

function reportOf({
  view,
  origin = { path: "app/data" },
  body = gp3(100),
  type = "aws_ebs_volume",
  rules: used = rules,
}: Setting): Report {
  const json = { resource: { [type]: { it: body } } };
  const estate = new Estate([{ view: { ...VIEW, ...view }, json, origins: { [`${type}.it`]: origin } }]);
  return evaluate(estate, { rules: used, today: "2026-06-15" });
}
const acknowledged = (acknowledgement: Partial<Acknowledgement>, setting: Setting = {}): Report =>
  reportOf({
    ...setting,
    view: { acknowledgements: [{ id: RULE, path: "app/data", reason: "it is a trial of ours", ...acknowledgement }] },
  });
const rulesOf = ({ findings }: Report): string[] => findings.map(({ rule }) => rule);

/** A policy of one's own. */
const policy = defineRule({
  id: "acme-volume-encrypted",
  types: ["aws_ebs_volume"],
  title: "Volumes are encrypted",
  why: "Ours are.",
  fix: "Set encrypted.",
  source: "https://acme.example/policy",
  severity: { sandbox: "off", development: "low", staging: "high", production: "critical" },
  check: ({ body }) =>
    body.boolean("encrypted") === true ? undefined : fault(body, "encrypted", "volumes are encrypted"),
});

describe("severity", () => {
  it("is that of the tier, and blocks from there on where the tier says so", () => {
    const of = (tier: StackView["tier"]): unknown =>
      reportOf({ view: { tier }, rules: [policy] }).findings.map(({ severity, blocks }) => [severity, blocks]);
    expect(of("sandbox")).toEqual([]);
    expect(of("development")).toEqual([["low", false]]);
    expect(of("staging")).toEqual([["high", true]]);
    expect(of("production")).toEqual([["critical", true]]);
  });

  it("of a limit is the same everywhere, and an error blocks", () => {
    const { findings } = reportOf({ view: { tier: "sandbox" } });
    expect(findings).toMatchObject([{ rule: RULE, severity: "error", blocks: true, value: 100 }]);
  });

  it("of a warning does not block", () => {
    const { findings } = reportOf({ type: "aws_vpc", body: { cidr_block: "10.0.0.0/16", count: 6 } });
    expect(findings).toMatchObject([{ rule: "vpc-quota", severity: "warning", blocks: false }]);
  });
});

describe("an acknowledgement", () => {
  it("silences a rule for the construct and what is below it, and stays in the report", () => {
    for (const path of ["app/data", "app"]) {
      const report = acknowledged({ path });
      expect(report.findings).toEqual([]);
      expect(report.acknowledged).toMatchObject([{ rule: RULE, reason: "it is a trial of ours" }]);
    }
  });

  it("does not silence what merely begins alike, nor another rule: it is unused then", () => {
    for (const other of [
      { path: "app/dat" },
      { path: "app/data/more" },
      { id: "ebs-gp2-size-range" },
      { at: "size" },
    ]) {
      expect(rulesOf(acknowledged(other))).toEqual([RULE, "acknowledgement-unused"]);
    }
  });

  it("may name the argument", () => {
    expect(rulesOf(acknowledged({ at: "iops" }))).toEqual([]);
  });

  it("holds through its last day", () => {
    expect(rulesOf(acknowledged({ expires: "2026-06-15" }))).toEqual(["acknowledgement-expires-soon"]);
    expect(rulesOf(acknowledged({ expires: "2026-06-14" }))).toEqual([RULE, "acknowledgement-expired"]);
  });

  it("is told of when it is at fault, with its line", () => {
    const { findings } = acknowledged({ id: "ebs-gp2-size-range", source: "main.ts:7:3" });
    expect(findings[1]).toEqual({
      rule: "acknowledgement-unused",
      severity: "warning",
      blocks: false,
      stack: "test-main",
      environment: "test",
      address: "app/data",
      argument: "acknowledge",
      value: "ebs-gp2-size-range",
      message: "the acknowledgement of ebs-gp2-size-range matches nothing",
      fix: "Drop it: what it silenced is mended, or was never there.",
      location: { path: "app/data", source: "main.ts:7:3" },
    });
  });

  it("is not unused while the rule cannot tell yet", () => {
    expect(rulesOf(acknowledged({}, { body: gp3("${var.iops}") }))).toEqual([]);
  });

  it("gives the reason that is nearest", () => {
    const acknowledgements = [
      { id: RULE, path: "app", reason: "the one far away" },
      { id: RULE, path: "app/data", reason: "the one close by" },
    ];
    expect(reportOf({ view: { acknowledgements } }).acknowledged).toMatchObject([{ reason: "the one close by" }]);
  });

  it("of a stack without resources is unused", () => {
    const view = { ...VIEW, acknowledgements: [{ id: RULE, path: "app", reason: "nothing is here" }] };
    const report = evaluate(new Estate([{ view, json: {}, origins: {} }]), { rules, today: "2026-06-15" });
    expect(rulesOf(report)).toEqual(["acknowledgement-unused"]);
  });
});

describe("a rule", () => {
  const throwing = (thrown: unknown): Rule => ({
    ...policy,
    check: () => {
      throw thrown;
    },
  });

  it.each([
    ["later", () => Promise.resolve(), "it answers later, and rules answer at once"],
    ["with a boolean", () => true, "it must return faults, got true"],
    ["with a text", () => "bad", `it must return faults, got "bad"`],
    ["with half a fault", () => [{ argument: "iops" }], `it must return faults, got {"argument":"iops"}`],
  ])("that answers %s fails the run", (_how, check, message) => {
    const strange = { ...policy, check } as unknown as Rule;
    expect(() => reportOf({ rules: [strange] })).toThrow(
      `Rule acme-volume-encrypted failed on test-main aws_ebs_volume.it: ${message}`,
    );
  });

  it("that answers with null found nothing", () => {
    expect(reportOf({ rules: [{ ...policy, check: () => null } as unknown as Rule] }).findings).toEqual([]);
  });

  it("that throws fails the run", () => {
    expect(() => reportOf({ rules: [throwing(new TypeError("x is undefined"))] })).toThrow(
      "Rule acme-volume-encrypted failed on test-main aws_ebs_volume.it: x is undefined",
    );
    expect(() => reportOf({ rules: [throwing("no error")] })).toThrow("no error");
  });

  it("that does not know says for what", () => {
    expect(reportOf({ rules: [throwing(new UnknownValueError("iops"))] }).unknown).toEqual([
      { rule: "acme-volume-encrypted", stack: "test-main", address: "aws_ebs_volume.it", argument: "iops" },
    ]);
  });

  it("is asked of all of an environment at once, region by region", () => {
    const provider = { aws: [{ region: "eu-west-1" }, { alias: "us", region: "us-east-1" }] };
    const aws_vpc = {
      a: { count: 5, cidr_block: "10.0.0.0/16" },
      us: { count: 5, cidr_block: "10.0.0.0/16", provider: "aws.us" },
    };
    const of = (...ids: string[]): string[] => {
      const documents = ids.map((id) => ({
        view: { ...VIEW, id },
        json: { provider, resource: { aws_vpc } },
        origins: {},
      }));
      return rulesOf(evaluate(new Estate(documents), { rules, today: "2026-06-15" }));
    };
    expect(of("one")).toEqual([]);
    expect(of("one", "two")).toEqual(["vpc-quota", "vpc-quota"]);
  });

  it("is asked stack by stack where nothing tells of environment, account and region", () => {
    const view = { ...VIEW, environment: undefined, account: undefined, region: undefined };
    const documents = ["one", "two"].map((id) => ({
      view: { ...view, id },
      json: { resource: { aws_vpc: { a: { count: 5, cidr_block: "10.0.0.0/16" } } } },
      origins: {},
    }));
    expect(rulesOf(evaluate(new Estate(documents), { rules, today: "2026-06-15" }))).toEqual([]);
  });
});

describe("a value", () => {
  const any = (argument: string, value: unknown): unknown => {
    const [finding] = reportOf({
      rules: [{ ...policy, check: () => ({ argument, value, message: "m" }) }],
    }).findings;
    return finding && "value" in finding ? finding.value : "hidden";
  };

  it("that may be a secret is not shown", () => {
    for (const argument of [
      "password",
      "master_password",
      "user_data",
      "auth_token",
      "secret_string",
      "a.0.private_key",
    ]) {
      expect(any(argument, "x")).toBe("hidden");
    }
    expect(any("public_key", "-----BEGIN RSA PRIVATE KEY-----")).toBe("hidden");
    expect(any("login", { user: "u", password: "p", keys: ["-----BEGIN PRIVATE KEY-----"] })).toEqual({
      user: "u",
      password: "(sensitive)",
      keys: ["(sensitive)"],
    });
  });

  it("that the provider takes for a secret is not shown, nor one that Terraform's function marks", () => {
    const of = (argument: string, value: unknown): object[] => [
      ...reportOf({
        type: "aws_ssm_parameter",
        rules: [{ ...policy, types: ["aws_ssm_parameter"], check: () => ({ argument, value, message: "m" }) }],
      }).findings,
    ];
    expect(of("value", "hunter2")[0]).not.toHaveProperty("value");
    expect(of("tier", "Basic")[0]).toHaveProperty("value", "Basic");
    expect(any("iops", `\${sensitive("hunter2")}`)).toBe("hidden");
    expect(any("all", { iops: `\${1 + sensitive(2)}` })).toEqual({ iops: "(sensitive)" });
  });

  it("that is none is shown", () => {
    expect(any("metadata_options.0.http_tokens", "optional")).toBe("optional");
    expect(any("iops", 0)).toBe(0);
  });
});

describe("the location", () => {
  const origin: Origin = {
    path: "app/data",
    source: "main.ts:10:3",
    via: "modules/ec2/instance.ts:5:1",
    configuration: "servers.web",
    written: { size: "main.ts:12:1", "": "never.ts:1:1", iops: "main.ts:13:1" },
  };

  it("is that of the construct, or of the line that set the argument later", () => {
    const { written, ...plain } = origin;
    expect(written).toBeDefined();
    expect(reportOf({ origin: plain }).findings[0]?.location).toEqual({
      source: "main.ts:10:3",
      via: "modules/ec2/instance.ts:5:1",
      path: "app/data",
      configuration: "test: servers.web",
    });
    expect(reportOf({ origin }).findings[0]?.location).toMatchObject({
      source: "main.ts:13:1",
      construct: "main.ts:10:3",
    });
  });
});
