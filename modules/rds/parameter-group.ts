import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { awsName, stableHash } from "../core";
import type { EngineParameter } from "./engine";

/**
 * A value that takes effect at once, or one that waits for the next restart. Parameters that the engine calls static must wait.
 */
export type ParameterValue = string | { readonly value: string; readonly apply: "immediate" | "pending-reboot" };

export interface ParameterGroupProps {
  /** What it fits: `postgres16`. Changing it replaces the group; the new one is made before the old one goes. */
  readonly family: string;
  /**
   * What the modules set, by name: TLS, logs. `parameters` overrule it.
   * @default none
   */
  readonly base?: Readonly<Record<string, EngineParameter>>;
  /**
   * Values by the name of the parameter, in lower case. Changing one is an update.
   * @default none
   */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /**
   * Provider of another region.
   * @default the stack's own
   */
  readonly provider?: TerraformProvider;
}

/**
 * The settings of a database's engine. Its name says which family it is for, so that an upgrade of the major version has the new group beside
 * the old one.
 *
 * Replaced by: a change of `family`. Costs: nothing.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html
 */
export class ParameterGroup extends Construct {
  readonly name: string;
  readonly resource: DbParameterGroup;

  constructor(scope: Construct, id: string, props: ParameterGroupProps) {
    super(scope, id);
    const { family, provider } = props;
    const parameter = parameterBlocks(props);
    this.resource = new DbParameterGroup(this, "Resource", {
      name: awsName(this, "parameterGroup", stableHash(family)),
      description: `Parameters for ${family}`,
      family,
      ...(parameter.length > 0 ? { parameter } : {}),
      lifecycle: { createBeforeDestroy: true },
      ...(provider ? { provider } : {}),
    });
    this.name = this.resource.name;
  }
}

/** In the order of their names: the order in which they are written down says nothing. */
export function parameterBlocks({
  base = {},
  parameters = {},
}: Pick<ParameterGroupProps, "base" | "parameters">): { name: string; value: string; applyMethod: string }[] {
  const set = Object.entries(base).map(([name, { value, static: waits }]): [string, ParameterValue] => [
    name,
    { value, apply: waits ? "pending-reboot" : "immediate" },
  ]);
  const byName = { ...Object.fromEntries(set), ...parameters };
  return Object.keys(byName)
    .sort()
    .map((name) => {
      const given = byName[name] as ParameterValue;
      const { value, apply } = typeof given === "string" ? { value: given, apply: "immediate" } : given;
      return { name, value, applyMethod: apply };
    });
}
