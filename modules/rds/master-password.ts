import type { Construct } from "constructs";
import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { shown } from "../core";
import { SecretValue } from "../secretsmanager";
import { engineFacts, hasIamAuthentication, type InstanceEngine } from "./engine";

/**
 * Who makes the password of the master user, and keeps it.
 *
 * - `rds-managed`: RDS draws it, keeps it in Secrets Manager and changes it every week.
 * - `generated`: drawn while Terraform applies, written to the database and to a secret at once, changed with `passwordVersion`.
 * - a `SecretValue`: one that exists already, written likewise.
 */
export type MasterPassword = "rds-managed" | "generated" | SecretValue;

/** How one logs in. */
export interface DatabaseCredentialOptions {
  /**
   * Name of the master user. Changing it replaces the database.
   * @default "dbadmin"; what the backup has when the database is restored from one
   */
  readonly username?: string;
  /**
   * Its password. RDS cannot make a read replica of a database whose password it manages (but of SQL Server's it can), nor a
   * blue/green update. To change over is an update of the database that gives it another password, and another `secretArn`; so a database that is
   * to have replicas one day says `readReplicas: {}`, or `masterPassword: "generated"`, from its first day on.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
   * @default "rds-managed"; "generated" when `readReplicas` (even an empty one) or `blueGreenUpdates` is there and RDS cannot
   */
  readonly masterPassword?: MasterPassword;
  /**
   * Raise it, and a password that RDS does not manage is written again: a generated one is another then. With one that RDS manages it is refused.
   * @default 1
   */
  readonly passwordVersion?: number;
  /**
   * ARN of the KMS key that encrypts the secret.
   * @default AWS's own key for Secrets Manager
   */
  readonly secretKmsKeyArn?: string;
  /**
   * Let clients log in with their role instead of a password, see `grantConnect`.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
   * @default true where the engine can: MySQL, PostgreSQL, MariaDB from 10.11 on
   */
  readonly iamAuthentication?: boolean;
}

/** What decides whether RDS may manage the password. */
export interface PasswordConstraints extends DatabaseCredentialOptions {
  readonly engine: InstanceEngine;
  readonly engineVersion: string;
  readonly readReplicas?: object;
  readonly blueGreenUpdates?: boolean;
  readonly restoreFrom?: object;
}

export const DEFAULT_USERNAME = "dbadmin";

/**
 * As long as every engine takes it: Oracle's passwords end here.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (MasterUserPassword)
 */
const PASSWORD_LENGTH = 30;

/** The way that was chosen, or the one that the engine allows. */
export function masterPasswordOf(props: PasswordConstraints): MasterPassword {
  const { engine, readReplicas, blueGreenUpdates = false, masterPassword } = props;
  if (masterPassword !== undefined) return masterPassword;
  const { managedPasswordWithReplicas } = engineFacts(engine);
  const refused = blueGreenUpdates || (readReplicas !== undefined && !managedPasswordWithReplicas);
  return refused ? "generated" : "rds-managed";
}

/** What AWS would refuse once the database is there. */
export function passwordProblems(props: PasswordConstraints): string[] {
  const { engine, readReplicas = {}, blueGreenUpdates = false } = props;
  const password = masterPasswordOf(props);
  if (password !== "rds-managed") return [];
  const replicas = Object.keys(readReplicas).length > 0 && !engineFacts(engine).managedPasswordWithReplicas;
  const fix = 'say masterPassword: "generated"';
  return [
    ...passwordVersionProblems(password, props),
    ...(replicas ? [`masterPassword "rds-managed" allows no read replicas of ${engine}: ${fix}`] : []),
    ...(blueGreenUpdates ? [`masterPassword "rds-managed" allows no blueGreenUpdates: ${fix}`] : []),
  ];
}

/** A number that RDS, which changes its password by itself, has no use for. */
export function passwordVersionProblems(
  password: MasterPassword,
  { passwordVersion }: Pick<DatabaseCredentialOptions, "passwordVersion">,
): string[] {
  if (password !== "rds-managed" || passwordVersion === undefined) return [];
  return [
    `passwordVersion has no effect on a password that RDS manages, got ${shown(passwordVersion)}: ` +
      'drop it, or say masterPassword: "generated"',
  ];
}

/** Whether clients may log in with their role, given or not. */
export function iamAuthenticationOf({ engine, engineVersion, iamAuthentication }: PasswordConstraints): boolean {
  return iamAuthentication ?? hasIamAuthentication(engine, engineVersion);
}

/** The value that is written both to the database and to its secret; undefined when RDS manages the password. */
export function passwordValue(password: MasterPassword): SecretValue | undefined {
  if (password === "rds-managed") return undefined;
  return password === "generated" ? SecretValue.generated({ length: PASSWORD_LENGTH }) : password;
}

export function credentialArguments(
  scope: Construct,
  props: PasswordConstraints,
  password: SecretValue | undefined,
): Partial<DbInstanceConfig> {
  const { username = props.restoreFrom ? undefined : DEFAULT_USERNAME, passwordVersion = 1, secretKmsKeyArn } = props;
  return {
    username,
    ...(password
      ? { passwordWo: password.reference(scope, "password"), passwordWoVersion: passwordVersion }
      : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: secretKmsKeyArn }),
    iamDatabaseAuthenticationEnabled: iamAuthenticationOf(props),
  };
}
