import { Secret } from "./secret";
import type { Construct } from "constructs";
import { SecretValue } from "./secret-value";

/** The word for an engine in a secret: what AWS's rotation functions look for, and drivers understand. */
export type SecretEngine = "postgres" | "mysql" | "mariadb" | "oracle" | "sqlserver" | "db2";

export interface DatabaseSecretProps {
  /** The same value that the database's own write-only argument was given. */
  readonly password: SecretValue;
  /** The same number that the database was given as version of its password. */
  readonly version: number;
  readonly username: string;
  /** Engine as RDS calls it: `aurora-postgresql`, `oracle-ee`. */
  readonly engine: string;
  /** Address that one connects to. */
  readonly host: string;
  readonly port: number;
  /**
   * Database that one connects to.
   * @default none
   */
  readonly databaseName?: string;
  /** What the password opens: a database or a cluster, as RDS calls it. */
  readonly identifier: { readonly dbInstanceIdentifier: string } | { readonly dbClusterIdentifier: string };
  /**
   * What changes when the database is made anew, as an address with an attribute: `aws_db_instance.orders.resource_id`. The new one has
   * another password, which the secret must learn although no number was raised.
   */
  readonly replacedWith: string;
  /**
   * What the secret is for.
   * @default "Master user of <identifier>"
   */
  readonly description?: string;
  /**
   * ARN of the KMS key that encrypts it.
   * @default AWS's own key for Secrets Manager
   */
  readonly kmsKeyArn?: string;
  /**
   * Days in which it can be had back.
   * @default by tier, see `Secret`
   */
  readonly recoveryWindowDays?: number;
}

/**
 * The secret of a database's master user: the JSON that AWS's rotation functions, its drivers and `DatabaseProxy` read. It is written after the
 * database exists, in the same apply, with the same value.
 *
 * When an apply fails after the database has its password and before the secret has it, raise the version: both are then written again.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function createDatabaseSecret(scope: Construct, id: string, props: DatabaseSecretProps): Secret {
  const { username, engine, host, port, databaseName, identifier, version, replacedWith } = props;
  const name = "dbInstanceIdentifier" in identifier ? identifier.dbInstanceIdentifier : identifier.dbClusterIdentifier;
  return new Secret(scope, id, {
    value: SecretValue.json(
      { password: props.password },
      {
        engine: secretEngine(engine),
        host,
        port,
        username,
        ...(databaseName === undefined ? {} : { dbname: databaseName }),
        ...identifier,
      },
    ),
    version,
    description: props.description ?? `Master user of ${name}`,
    kmsKeyArn: props.kmsKeyArn,
    recoveryWindowDays: props.recoveryWindowDays,
    replaceTriggeredBy: [replacedWith],
  });
}

/** `aurora-postgresql` is `postgres`, `oracle-se2` is `oracle`. */
export function secretEngine(engine: string): SecretEngine {
  const aurora = { "aurora-postgresql": "postgres", "aurora-mysql": "mysql" } as const;
  return aurora[engine as keyof typeof aurora] ?? (engine.replace(/-.*$/, "") as SecretEngine);
}
