import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { DbSnapshot } from "@cdktf/provider-aws/lib/db-snapshot";
import { DbSnapshotCopy } from "@cdktf/provider-aws/lib/db-snapshot-copy";
import { awsName } from "../core";

export interface DatabaseSnapshotProps {
  /** Whose snapshot. Changing it replaces the snapshot. */
  readonly database: { readonly identifier: string };
  /**
   * Accounts that may restore it; for an encrypted one they need its key, too.
   * @default none
   */
  readonly sharedWith?: readonly string[];
}

/**
 * A snapshot of a database as it is when this is applied first. It stays when the database goes.
 *
 * Replaced by: a change of `database`; the old one goes first. Costs: by the GiB and month.
 *
 * @example
 * new DatabaseSnapshot(this, "before_migration", { database: orders });
 */
export class DatabaseSnapshot extends Construct {
  /** What `restoreFrom: { snapshot }` takes. */
  readonly arn: string;
  readonly resource: DbSnapshot;

  constructor(scope: Construct, id: string, props: DatabaseSnapshotProps) {
    super(scope, id);
    this.resource = new DbSnapshot(this, "Resource", {
      dbInstanceIdentifier: props.database.identifier,
      dbSnapshotIdentifier: awsName(this, "databaseSnapshot"),
      sharedAccounts: props.sharedWith && [...props.sharedWith],
    });
    this.arn = this.resource.dbSnapshotArn;
  }
}

export interface DatabaseSnapshotCopyProps {
  /** What is copied, by its ARN: a `DatabaseSnapshot`, or one that is known. Changing it replaces the copy. */
  readonly snapshot: { readonly arn: string };
  /** ARN of the key that encrypts the copy: of the copy's region. Changing it replaces the copy. */
  readonly kmsKeyArn: string;
  /**
   * Provider of the region that it is copied to: `stack.providerIn("eu-central-1")`. It cannot be changed: Terraform
   * would look for the copy in the new region, and leave the old one there. Give another copy another id.
   * @default the stack's own region
   */
  readonly provider?: TerraformProvider;
}

/**
 * A copy of a snapshot: into another region, or encrypted with another key.
 *
 * Replaced by: a change of `snapshot` or `kmsKeyArn`. Costs: by the GiB and month, and the transfer between regions.
 */
export class DatabaseSnapshotCopy extends Construct {
  readonly arn: string;
  readonly resource: DbSnapshotCopy;

  constructor(scope: Construct, id: string, props: DatabaseSnapshotCopyProps) {
    super(scope, id);
    this.resource = new DbSnapshotCopy(this, "Resource", {
      sourceDbSnapshotIdentifier: props.snapshot.arn,
      targetDbSnapshotIdentifier: awsName(this, "databaseSnapshot"),
      kmsKeyId: props.kmsKeyArn,
      copyTags: true,
      provider: props.provider,
    });
    this.arn = this.resource.dbSnapshotArn;
  }
}
