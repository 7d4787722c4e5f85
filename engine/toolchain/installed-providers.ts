import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TERRAFORM_LOCK_FILE } from "../stack-folders";
import { lockedVersions } from "./provider-mirror";

const REGISTRY = "registry.terraform.io";

interface Configuration {
  readonly terraform?: { readonly required_providers?: Readonly<Record<string, { readonly source: string }>> };
}

/** The providers that a stack asks for and `terraform init` did not install, with the pinned version: `hashicorp/aws 6.0.0`. */
export function missingProviders(stackDir: string): string[] {
  const { terraform } = JSON.parse(readFileSync(join(stackDir, "cdk.tf.json"), "utf8")) as Configuration;
  const lock = join(stackDir, TERRAFORM_LOCK_FILE);
  const locked = existsSync(lock) ? lockedVersions(readFileSync(lock, "utf8")) : {};
  return Object.values(terraform?.required_providers ?? {})
    .map(({ source }) => ({ source, version: locked[source] ?? "" }))
    .filter(({ source, version }) => {
      const address = source.split("/").length === 2 ? join(REGISTRY, source) : source;
      return !existsSync(join(stackDir, ".terraform", "providers", address, version));
    })
    .map(({ source, version }) => `${source} ${version}`.trim());
}
