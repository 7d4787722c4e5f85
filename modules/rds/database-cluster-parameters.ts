import { Construct } from "constructs";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { awsName, stableHash } from "../core";
import { engineFacts, logParameters, type Engine, type EngineParameter, type LogExport } from "./engine";
import { parameterBlocks, type ParameterGroupProps } from "./parameter-group";

/**
 * The settings that a cluster's instances share. Its name says which family it is for, so that an upgrade of the major version has the new group
 * beside the old one.
 *
 * Replaced by: a change of `family`. Costs: nothing.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithDBClusterParamGroups.html
 */
export class ClusterParameterGroup extends Construct {
  readonly name: string;
  readonly resource: RdsClusterParameterGroup;

  constructor(scope: Construct, id: string, props: Pick<ParameterGroupProps, "family" | "base" | "parameters">) {
    super(scope, id);
    const { family } = props;
    this.resource = new RdsClusterParameterGroup(this, "Resource", {
      name: awsName(this, "parameterGroup", stableHash(family)),
      description: `Parameters for ${family}`,
      family,
      parameter: parameterBlocks(props),
      lifecycle: { createBeforeDestroy: true },
    });
    this.name = this.resource.name;
  }
}

/** Aurora MySQL audits what it is told to; without these the exported log is empty. */
const AURORA_AUDIT: Readonly<Record<string, EngineParameter>> = {
  server_audit_logging: { value: "1" },
  server_audit_events: { value: "CONNECT,QUERY_DCL,QUERY_DDL" },
};

/**
 * What is set for the whole cluster: TLS; of Aurora MySQL what it audits (which logs it writes is each instance's); of a Multi-AZ DB
 * cluster its logs too. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
 */
export function clusterParameters(
  engine: Engine,
  requireTls: boolean,
  exports: readonly LogExport[],
): Record<string, EngineParameter> {
  const aurora = engine.startsWith("aurora");
  return {
    ...(requireTls ? engineFacts(engine).tlsParameters : {}),
    ...(aurora ? {} : logParameters(engine, exports)),
    ...(engine === "aurora-mysql" && exports.includes("audit") ? AURORA_AUDIT : {}),
  };
}
