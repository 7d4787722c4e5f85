import type { IConstruct } from "constructs";
import { contextOf } from "../core";

/**
 * The tag that a `SnapshotPolicy` finds its volumes by. Policies look at all volumes of an account and region, so that the value names project and
 * environment: two environments in one account do not back up each other's.
 * @param policy id of the policy, as volumes name it
 */
export function backupTags(construct: IConstruct, policy: string | undefined): Record<string, string> | undefined {
  if (policy === undefined) return undefined;
  const { project, environment } = contextOf(construct);
  return { Backup: [project, environment, policy].filter((part) => part !== "").join("-") };
}
