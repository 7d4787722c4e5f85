import type { Construct } from "constructs";
import { contextOf } from "../core";
import { grant, type Grantee } from "../iam";
import type { Secret } from "../secretsmanager";

/**
 * Lets whatever has a role read the master user's password. Of a secret that RDS keeps, the ARN and the key are all that is known.
 * @param kmsKeyArn of the key that encrypts it; undefined for AWS's own
 */
export function grantSecretRead(
  grantee: Grantee,
  database: Construct & { readonly secret: Secret | undefined; readonly secretArn: string },
  kmsKeyArn: string | undefined,
): void {
  if (database.secret) return database.secret.grantRead(grantee);
  const actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"];
  grant(grantee, database, "read_secret", { actions, resources: [database.secretArn] });
  if (kmsKeyArn !== undefined)
    grant(grantee, database, "decrypt_secret", { actions: ["kms:Decrypt"], resources: [kmsKeyArn] });
}

/**
 * Lets whatever has a role log in at `target` as `user`.
 * @param resourceIds what stands for `target` in policies: `db-ABC...`, `cluster-ABC...`, `prx-ABC...`
 * @throws Error under a stack whose region and account are not known
 */
export function grantConnect(grantee: Grantee, target: Construct, user: string, resourceIds: readonly string[]): void {
  const { partition, region, account } = contextOf(target);
  if (region === "" || account === "")
    throw new Error(
      `Whom "${target.node.path}" lets in is said with its region and account: use an EnvironmentStack, or say where it is with provideContext.`,
    );
  const resources = resourceIds.map((id) => `arn:${partition}:rds-db:${region}:${account}:dbuser:${id}/${user}`);
  grant(grantee, target, `connect_${user}`, { actions: ["rds-db:connect"], resources });
}
