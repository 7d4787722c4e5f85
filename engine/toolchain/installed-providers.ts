import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TERRAFORM_LOCK_FILE } from "../stack-folders";
import { lockedVersions, providerName, REGISTRY } from "./provider-mirror";

interface Configuration {
  readonly terraform?: { readonly required_providers?: Readonly<Record<string, { readonly source: string }>> };
}

/** The providers that a stack asks for and `terraform init` did not install, with the pinned version: `hashicorp/aws 6.0.0`. */
export function missingProviders(stackDir: string): string[] {
  const { terraform } = JSON.parse(readFileSync(join(stackDir, "cdk.tf.json"), "utf8")) as Configuration;
  const lock = join(stackDir, TERRAFORM_LOCK_FILE);
  const locked = existsSync(lock) ? lockedVersions(readFileSync(lock, "utf8")) : {};
  return Object.values(terraform?.required_providers ?? {})
    .map(({ source }) => providerName(source))
    .map((name) => ({ name, version: locked[name] ?? "" }))
    .filter(({ name, version }) => {
      const address = name.split("/").length === 2 ? join(REGISTRY, name) : name;
      return !existsSync(join(stackDir, ".terraform", "providers", address, version));
    })
    .map(({ name, version }) => `${name} ${version}`.trim());
}
