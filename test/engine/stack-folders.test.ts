import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { prepareStackFolders } from "../../engine/stack-folders";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const HEADER = "# Kept by hand.\n\n";
const AWS = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n\n';
const RANDOM = 'provider "registry.terraform.io/hashicorp/random" {\n  version = "3.7.2"\n}\n';
const root = temporaryFolder();
let count = 0;

/** A project with a lock file for two providers, and one stack that asks for some of them. */
function project(...sources: string[]) {
  const projectDir = join(root, String(++count));
  const stackDir = join(projectDir, "cdktf.out", "stacks", "dev-network");
  const asked = sources.map((source) => [basename(source), { source }]);
  writeFile(join(projectDir, "provider.lock.hcl"), HEADER + AWS + RANDOM);
  writeFile(
    join(stackDir, "cdk.tf.json"),
    JSON.stringify({ terraform: { required_providers: Object.fromEntries(asked) as object } }),
  );
  const lock = join(stackDir, ".terraform.lock.hcl");
  return {
    lock,
    locked: () => readFileSync(lock, "utf8"),
    prepare: () => prepareStackFolders({ stackDirs: [stackDir], projectDir, env: {}, homeDir: join(root, "home") }),
  };
}

describe("a stack's lock file", () => {
  test("is the repository's when the stack asks for every provider in it", () => {
    const { prepare, locked } = project("hashicorp/aws", "hashicorp/random");
    prepare();
    expect(locked()).toBe(HEADER + AWS + RANDOM);
  });

  test("pins no provider that the stack does not ask for, because init would take it out", () => {
    const { prepare, locked } = project("hashicorp/aws");
    prepare();
    expect(locked()).toBe(HEADER + AWS);
  });

  test("pins a provider whatever way its source is spelt: cdktf's own bindings name some without a namespace", () => {
    const { prepare, locked } = project("registry.terraform.io/hashicorp/aws", "random");
    prepare();
    expect(locked()).toBe(HEADER + AWS + RANDOM);
  });

  test("is not written again when it says the same already", () => {
    const { prepare, lock } = project("hashicorp/random");
    prepare();
    const { mtimeNs } = statSync(lock, { bigint: true });
    prepare();
    expect(statSync(lock, { bigint: true }).mtimeNs).toBe(mtimeNs);
  });
});
