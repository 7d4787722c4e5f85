import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformElement, type App, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { partitionOf, sourceLineOf, writtenLinesOf } from "../modules/core";
import { acknowledgementsOf } from "./acknowledge";
import { stateLocation } from "./backend";
import { EnvironmentStack } from "./environment-stack";
import { stacksOf } from "./made-stacks";
import { assumedRole } from "./provider";
import { sortedJson } from "./sorted-json";

export const SIDE_FILE = "andamio.json";

/** Raised with every change that a reader of the old format would misread. Schema: `schemas/side-file.schema.json`. */
const FORMAT_VERSION = "1.0";

interface SynthesizedStack {
  readonly data?: { readonly terraform_remote_state?: Record<string, unknown> };
}

/**
 * The text of the side file: what Terraform need not know and the engine and the rules do. It is a pure function of the
 * program, so that the same input gives the same bytes in every folder.
 */
export function sideFile(app: App, outdir: string, projectDir: string): string {
  const stacks = stacksOf(app);
  return sortedJson({
    format_version: FORMAT_VERSION,
    environments: environmentEntries(stacks),
    stacks: Object.fromEntries(stacks.map((stack) => [stack.node.id, stackEntry(stack, outdir, projectDir)])),
  });
}

function environmentEntries(stacks: readonly TerraformStack[]): object {
  const own = stacks.filter(EnvironmentStack.isEnvironmentStack);
  return Object.fromEntries(
    own.map(({ environment, emulator }) => [environment.name, environmentEntry(environment, emulator)]),
  );
}

function environmentEntry(environment: EnvironmentStack["environment"], emulator: string | undefined): object {
  const { project, tier, account, region, quotas, policy } = environment;
  const role = assumedRole(environment, emulator);
  const location = stateLocation(environment, emulator);
  return {
    project,
    tier,
    account,
    region,
    partition: partitionOf(region),
    ...(quotas === undefined ? {} : { quotas }),
    ...(policy === undefined ? {} : { policy }),
    ...(emulator === undefined ? {} : { emulator }),
    ...(role
      ? {
          assume_role: {
            role_arn: role.roleArn,
            session_name: role.sessionName,
            ...(role.externalId === undefined ? {} : { external_id: role.externalId }),
          },
        }
      : {}),
    backend:
      location.type === "local"
        ? location
        : {
            type: location.type,
            bucket: location.bucket,
            region: location.region,
            ...(location.kmsKeyArn === undefined ? {} : { kms_key_arn: location.kmsKeyArn }),
          },
  };
}

function stackEntry(stack: TerraformStack, outdir: string, projectDir: string): object {
  const id = stack.node.id;
  const written = JSON.parse(readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")) as SynthesizedStack;
  const remoteStates = Object.keys(written.data?.terraform_remote_state ?? {});
  const dependencies = stack.dependencies.map((dependency) => dependency.node.id).sort();
  return {
    ...(EnvironmentStack.isEnvironmentStack(stack) ? { environment: stack.environment.name } : {}),
    dependencies,
    acknowledgements: acknowledgementsOf(stack, projectDir),
    // Which of them were made for references between stacks: the planner may defer these, and no others.
    remote_states: Object.fromEntries(
      dependencies.flatMap((dependency) => {
        const name = remoteStates.find((state) => dependency === state || dependency.endsWith(`-${state}`));
        return name === undefined ? [] : [[name, dependency]];
      }),
    ),
    resources: resourceEntries(stack, projectDir),
  };
}

type Addressable = TerraformElement & { readonly terraformResourceType: string };

function addressable(stack: TerraformStack): Addressable[] {
  return stack.node
    .findAll()
    .filter(
      (construct): construct is Addressable =>
        TerraformElement.isTerraformElement(construct) &&
        "terraformResourceType" in construct &&
        elementType(construct) !== undefined,
    );
}

function elementType(element: TerraformElement): string | undefined {
  return (element as unknown as { readonly _elementType?: string })._elementType;
}

function addressOf(element: Addressable): string {
  return `${elementType(element)}.${element.friendlyUniqueId}`;
}

function resourceEntries(stack: TerraformStack, projectDir: string): object {
  const overridden = Object.entries(writtenLinesOf(stack, projectDir)).map(
    ([path, source]) => [path.replace(/^resource\./, ""), source] as const,
  );
  const made = addressable(stack).map((element): [string, object] => {
    const address = addressOf(element);
    const below = overridden.flatMap(([path, source]) =>
      path.startsWith(`${address}.`) ? [[path.slice(address.length + 1), source]] : [],
    );
    return [address, resourceEntry(element, Object.fromEntries(below) as Record<string, string>, projectDir)];
  });
  // What a stack's override adds has no construct.
  const added = overridden
    .filter(([path]) => /^(data\.)?aws_[^.]+\.[^.]+$/.test(path))
    .map(([address, source]): [string, object] => [address, { path: stack.node.path, source }]);
  return Object.fromEntries([...added, ...made]);
}

function resourceEntry(
  construct: IConstruct,
  overridden: Readonly<Record<string, string>>,
  projectDir: string,
): object {
  const line = sourceLineOf(construct, projectDir);
  const configuration = EnvironmentStack.configurationKeyOf(construct);
  const written = { ...writtenLinesOf(construct, projectDir), ...overridden };
  return {
    path: construct.node.path,
    ...line,
    ...(configuration === undefined ? {} : { configuration }),
    ...(Object.keys(written).length === 0 ? {} : { written }),
  };
}
