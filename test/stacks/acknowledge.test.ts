import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { App } from "cdktf";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import type { EnvironmentConfig } from "../../environments/config";
import schema from "../../schemas/side-file.schema.json";
import { acknowledge, EnvironmentStack, synth, type AcknowledgeOptions } from "../../stacks";
import { plainEnvironment } from "../support/synthesized";

const reason = "a volume that nobody reads";
const id = "ebs-gp3-iops-range";

interface Written {
  readonly sideFile: { environments: Record<string, object>; stacks: Record<string, { acknowledgements: object[] }> };
  readonly found: { findings: { rule: string }[]; acknowledged: object[] };
}

/** What is written of a volume at fault, which `use` may acknowledge, or the environment. */
function written(environment: Partial<EnvironmentConfig>, use: (volume: EbsVolume) => void = () => undefined): Written {
  const outdir = mkdtempSync(join(tmpdir(), "andamio-acknowledge-"));
  try {
    const app = new App({ outdir });
    const stack = new EnvironmentStack(app, "data", { environment: { ...plainEnvironment, ...environment } });
    use(new EbsVolume(stack, "orders", { availabilityZone: "eu-west-1a", size: 10, type: "gp3", iops: 100 }));
    synth(app);
    const read = (name: string): unknown => JSON.parse(readFileSync(join(outdir, name), "utf8"));
    return {
      sideFile: read("andamio.json") as Written["sideFile"],
      found: read("andamio-findings.json") as Written["found"],
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function follows(sideFile: object): unknown {
  const validate = new Ajv({ allErrors: true }).compile(schema);
  validate(sideFile);
  return validate.errors;
}

test("an acknowledgement is in the side file with all that was said, and in the report with its grounds", () => {
  const options: AcknowledgeOptions = {
    id,
    reason,
    at: "iops",
    ticket: "SEC-1",
    expires: "2999-12-31",
    tiers: ["development"],
    approvedBy: "security@acme",
  };
  const { sideFile, found } = written({}, (volume) => acknowledge(volume, options));
  expect(sideFile.stacks["dev-data"]?.acknowledgements).toEqual([
    { ...options, path: "dev-data/orders", source: expect.stringContaining("acknowledge.test.ts:") as string },
  ]);
  expect(follows(sideFile)).toBeNull();
  expect(found.findings).toEqual([]);
  expect(found.acknowledged).toMatchObject([
    { rule: id, reason, ticket: "SEC-1", expires: "2999-12-31", approvedBy: "security@acme" },
  ]);
});

test("what an environment's file acknowledges is in the side file, and silences what its path means", () => {
  const policy = { approvers: ["security@acme"], acknowledge: [{ id, reason, path: "*-data/orders" }] } as const;
  const { sideFile, found } = written({ policy });
  expect(sideFile.environments["dev"]).toMatchObject({ policy });
  expect(follows(sideFile)).toBeNull();
  expect(found.findings).toEqual([]);
  expect(found.acknowledged).toMatchObject([{ rule: id, reason }]);
});

test("what is in no stack, a tier that is none and a day that no month has are refused", () => {
  const refusal = (use: (volume: EbsVolume) => void): unknown => {
    try {
      return written({}, use);
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refusal((volume) => acknowledge(volume.node.root, { id, reason }))).toContain(
    `${id} must be acknowledged on a stack, or on something in one`,
  );
  expect(refusal((volume) => acknowledge(volume, { id, reason, expires: "2999-02-30" }))).toContain(`got "2999-02-30"`);
  expect(refusal((volume) => acknowledge(volume, { id, reason, tiers: ["prod" as "production"] }))).toContain(
    `tiers of ${id} must be of sandbox, development, staging, production, got ["prod"]`,
  );
});

test("a reason that is none, and a day that is none, are refused together", () => {
  const refusal = (): unknown =>
    written({}, (volume) => acknowledge(volume, { id, reason: "TODO: ask somebody why", expires: "soon" }));
  expect(refusal).toThrowErrorMatchingInlineSnapshot(`
   "acknowledge on "dev-data/orders" is invalid:
     - the reason for ebs-gp3-iops-range must say why in 15 characters or more, without a placeholder, got "TODO: ask somebody why"
     - expires of ebs-gp3-iops-range must be a day such as "2027-01-31", got "soon""
  `);
});
