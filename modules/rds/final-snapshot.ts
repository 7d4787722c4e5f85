import type { Construct } from "constructs";
import { Id } from "@cdktf/provider-random/lib/id";
import { stableHash } from "../core";
import { useRandomProvider } from "./random-provider";

const RANDOM_BYTES = 4;

/** The arguments of a database or cluster that say what is kept of it when it is destroyed. */
export interface FinalSnapshotArguments {
  readonly skipFinalSnapshot: boolean;
  readonly finalSnapshotIdentifier?: string;
}

/**
 * The name of the snapshot that is taken when a database is destroyed: `<identifier>-final-<8 hex digits>`.
 *
 * The snapshot outlives its database. Were its name always the same, then a database that is made anew under its old name, or
 * replaced, could not be destroyed a second time: RDS refuses a snapshot whose name is taken. So a part of it is random, drawn once for
 * each life of the database and kept in the state with it: plans in between show nothing, and the next life draws another.
 *
 * @param identifier of the database, as AWS knows it
 * @param replacedBy what makes Terraform replace the database: a change of it draws another name
 */
export function finalSnapshot(
  scope: Construct,
  identifier: string,
  replacedBy: readonly (string | undefined)[],
): FinalSnapshotArguments {
  useRandomProvider(scope);
  const life = new Id(scope, "final_snapshot", {
    byteLength: RANDOM_BYTES,
    keepers: { database: stableHash(identifier, ...replacedBy.map((argument) => argument ?? "")) },
  });
  return { skipFinalSnapshot: false, finalSnapshotIdentifier: `${identifier}-final-${life.hex}` };
}
