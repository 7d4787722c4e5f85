import type { TerraformStack } from "cdktf";
import { AWS_PROVIDER_CONSTRAINT, RANDOM_PROVIDER_CONSTRAINT } from "./provider";

/** The oldest Terraform that can do what is emitted: S3's own state lock and write-only arguments. */
export const TERRAFORM_CONSTRAINT = ">= 1.11.0";

/**
 * CDK Terrain refuses write-only arguments where a stack may be run by versions that have none: it is told what `required_version` tells
 * Terraform and OpenTofu, unless the app says otherwise. cdktf does not ask.
 */
export function declareTargetVersions({ node }: TerraformStack): void {
  if (node.tryGetContext("targetVersions") !== undefined) return;
  const range = TERRAFORM_CONSTRAINT.replaceAll(" ", "");
  node.setContext("targetVersions", { terraform: range, opentofu: range });
}

const SOURCES: Readonly<Record<string, { source: string; version: string }>> = {
  aws: { source: "hashicorp/aws", version: AWS_PROVIDER_CONSTRAINT },
  random: { source: "hashicorp/random", version: RANDOM_PROVIDER_CONSTRAINT },
};

type Json = Record<string, unknown>;

interface TerraformBlock {
  required_providers?: Record<string, unknown>;
  required_version?: string;
}

/** A `depends_on` that leads into another stack: Terraform has no such thing. */
export class CrossStackDependencyError extends Error {
  readonly code = "CROSS_STACK_DEPENDENCY";

  constructor(stack: string, address: string, dependency: string) {
    super(
      `${address} of stack "${stack}" has a dependsOn in another stack (${dependency}).\n` +
        "Stacks are applied one after the other: take a value from the other stack instead (its id, its ARN), or drop it.",
    );
    this.name = "CrossStackDependencyError";
  }
}

/**
 * What every stack's Terraform JSON has in common: the constraints on Terraform and its providers, `moved` blocks, and no
 * `//` metadata on blocks (it is a quarter of the file and changes with every rename). The root's stays: the command line
 * of cdktf reads it.
 */
export function finishTerraform(json: Json, moved: readonly { from: string; to: string }[], stack: string): Json {
  for (const [kind, types] of blocks(json)) {
    for (const [type, bodies] of Object.entries(types)) {
      for (const [name, body] of Object.entries(bodies)) {
        delete body["//"];
        refuseCrossStackDependency(stack, `${kind === "data" ? "data." : ""}${type}.${name}`, body);
      }
    }
  }
  const terraform = (json["terraform"] ??= {}) as TerraformBlock;
  terraform.required_version = TERRAFORM_CONSTRAINT;
  for (const name of Object.keys(terraform.required_providers ?? {})) {
    const source = SOURCES[name];
    if (source && terraform.required_providers) terraform.required_providers[name] = source;
  }
  if (moved.length > 0) json["moved"] = [...((json["moved"] as Json[] | undefined) ?? []), ...moved];
  return json;
}

function blocks(json: Json): [string, Record<string, Record<string, Json>>][] {
  return ["resource", "data"].flatMap((kind) =>
    kind in json
      ? [[kind, json[kind] as Record<string, Record<string, Json>>] as [string, Record<string, Record<string, Json>>]]
      : [],
  );
}

function refuseCrossStackDependency(stack: string, address: string, body: Json): void {
  const dependencies = (body["depends_on"] as string[] | undefined) ?? [];
  const foreign = dependencies.find((dependency) => dependency.includes("data.terraform_remote_state."));
  if (foreign !== undefined) throw new CrossStackDependencyError(stack, address, foreign);
}
