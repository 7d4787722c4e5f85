import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findProviderMirror, lockedVersions } from "../../../engine/toolchain/provider-mirror";
import { hasValidCliConfig } from "../../../engine/toolchain/terraform-cli";
import { serveRandomProvider, type RandomProvider } from ".";

const REGISTRY = "https://registry.terraform.io/.well-known/terraform.json";
const REGISTRY_TIMEOUT_MS = 5_000;

/**
 * The stand-in for hashicorp/random, where the real one cannot be had; undefined where it can: Terraform's own configuration says where
 * providers come from, a mirror holds the pinned version, or the registry answers.
 */
export async function randomProviderWhenNeeded(projectDir: string): Promise<RandomProvider | undefined> {
  const where = { env: process.env, homeDir: homedir(), projectDir };
  if (hasValidCliConfig(where.env, where.homeDir)) return undefined;
  const pinned = lockedVersions(readFileSync(join(projectDir, "provider.lock.hcl"), "utf8"))["hashicorp/random"];
  const held = findProviderMirror(where)?.versions["hashicorp/random"] ?? [];
  if (pinned !== undefined && held.includes(pinned)) return undefined;
  if (held.length === 0 && (await registryAnswers())) return undefined;
  return serveRandomProvider();
}

async function registryAnswers(): Promise<boolean> {
  return fetch(REGISTRY, { signal: AbortSignal.timeout(REGISTRY_TIMEOUT_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
