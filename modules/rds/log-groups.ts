import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { LogGroup, type LogGroupProps } from "../cloudwatch";
import type { LogExport } from "./engine";

/** How the exported logs are kept. */
export interface ExportedLogOptions extends Pick<LogGroupProps, "retentionDays" | "kmsKeyArn" | "keepOnDestroy"> {
  /**
   * Provider of another region.
   * @default the stack's own
   */
  readonly provider?: TerraformProvider;
}

/**
 * The log groups that RDS writes to, one for each log: made before the database (`dependsOn`), because groups that RDS makes itself keep
 * logs for ever. Their names are RDS's: `/aws/rds/instance/<identifier>/<log>`.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
 */
export function createLogGroups(
  scope: Construct,
  kind: "instance" | "cluster",
  identifier: string,
  logs: readonly LogExport[],
  { provider, ...options }: ExportedLogOptions = {},
): LogGroup[] {
  return logs.map((log) => {
    const group = new LogGroup(scope, `log_${log.replace(/\W/g, "_")}`, {
      name: `/aws/rds/${kind}/${identifier}/${log}`,
      ...options,
    });
    if (provider) group.resource.provider = provider;
    return group;
  });
}
