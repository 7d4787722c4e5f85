import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { EnvironmentConfig } from "../../environments/config";
import { EnvironmentStack } from "../../stacks/environment-stack";

export type Json = Record<string, unknown>;

/** What a stack was written as: its resources and data sources by address, and the whole document. */
export interface Synthesized {
  readonly resources: Readonly<Record<string, Json>>;
  readonly json: Json;
}

/** An environment that says no more than it must. */
export const plainEnvironment: EnvironmentConfig = {
  name: "dev",
  project: "acme",
  tier: "development",
  account: "111111111111",
  region: "eu-west-1",
  backend: { type: "s3" },
  network: { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"] },
};

/** Writes what `build` adds to an environment's stack, as a real run would, and reads it back. */
export function synthesized(
  build: (stack: EnvironmentStack) => void,
  environment: Partial<EnvironmentConfig> = {},
): Synthesized {
  const stacks = synthesizedApp((app) => {
    build(new EnvironmentStack(app, "test", { environment: { ...plainEnvironment, ...environment } }));
  });
  const json = Object.values(stacks)[0] ?? {};
  return { json, resources: byAddress(json) };
}

/** Writes an app with any number of stacks, and returns their documents by stack id. */
export function synthesizedApp(build: (app: App) => void): Record<string, Json> {
  const outdir = mkdtempSync(join(tmpdir(), "andamio-synth-"));
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    return documents(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The documents in an output folder, by stack id. */
export function documents(outdir: string): Record<string, Json> {
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, unknown>;
  };
  return Object.fromEntries(
    Object.keys(stacks).map((id) => [
      id,
      JSON.parse(readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")) as Json,
    ]),
  );
}

/** `aws_vpc.vpc` and `data.aws_ami.web`, each with its arguments. */
export function byAddress(json: Json): Record<string, Json> {
  const blocks = (kind: string): [string, Record<string, Json>][] =>
    Object.entries((json[kind] ?? {}) as Record<string, Record<string, Json>>);
  const entries = (kind: string, prefix: string): [string, Json][] =>
    blocks(kind).flatMap(([type, bodies]) =>
      Object.entries(bodies).map(([name, body]): [string, Json] => [`${prefix}${type}.${name}`, body]),
    );
  return Object.fromEntries([...entries("resource", ""), ...entries("data", "data.")]);
}
