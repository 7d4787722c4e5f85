import { Construct } from "constructs";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { awsName, contextOf } from "../core";
import type { Widget } from "../cloudwatch";
import type { Connectable, Peer, RuleOptions, SecurityGroupLike } from "../ec2";
import type { Grantee } from "../iam";
import type { Zone } from "../route53";
import { createDatabaseSecret, type Secret, type SecretValue } from "../secretsmanager";
import { backupArguments, retentionDaysOf, takesFinalSnapshot } from "./backup-options";
import { grantConnect, grantSecretRead } from "./database-access";
import { createDatabaseAlarms } from "./database-alarms";
import { addDnsNames, type DatabaseDnsNames } from "./database-dns";
import { createDatabaseNetwork } from "./database-network";
import { checkDatabaseProps } from "./database-problems";
import { multiAzOf, type DatabaseProps } from "./database-props";
import { databaseWidgets } from "./database-widgets";
import { engineFacts, logParameters, majorVersion, parameterGroupFamily, type EngineParameter } from "./engine";
import { engineArguments } from "./engine-options";
import { createLogGroups } from "./log-groups";
import { maintenanceArguments } from "./maintenance-options";
import { credentialArguments, iamAuthenticationOf, masterPasswordOf, passwordValue } from "./master-password";
import { logExportsOf, monitoringArguments, monitoringIntervalOf, monitoringRoleFor } from "./monitoring-options";
import { OptionGroup, ORACLE_ENCRYPTED_CONNECTIONS, type DatabaseOptions } from "./option-group";
import { ParameterGroup } from "./parameter-group";
import { ReadReplica, type ReplicaSource } from "./read-replica";
import { allocatedGib, storageArguments } from "./storage-options";

/**
 * A database: an RDS instance of PostgreSQL, MySQL, MariaDB, Oracle, SQL Server or Db2, with its read replicas. It is private, encrypted,
 * reached over TLS, backed up, and nobody may reach it until `allowFrom` says so; its password is in Secrets Manager and nowhere else.
 *
 * Replaced by: a change of `engine`, `username`, `databaseName`, `kmsKeyArn`, `availabilityZone`, character sets or `timeZone`. Everything
 * else, also a larger class, more storage, Multi-AZ and a new version, is an update. Costs: by the hour and class, twice that with Multi-AZ; storage and backups by the
 * GiB and month; each replica the same again. https://aws.amazon.com/rds/pricing/
 *
 * @example
 * const orders = new Database(this, "orders", {
 *   vpc, engine: "postgres", engineVersion: "16.4", instanceType: "db.m7g.large", readReplicas: { a: {}, b: { availabilityZone: "b" } },
 * });
 * orders.allowFrom(web);
 * orders.grantSecretRead(web);
 */
export class Database extends Construct implements Connectable {
  /** As AWS knows it. */
  readonly identifier: string;
  readonly arn: string;
  /** Host name of the writer; it stays the same when the standby takes over. */
  readonly address: string;
  /** Port that clients use. */
  readonly port: number;
  /** `address:port` */
  readonly endpoint: string;
  /** Id that stands for the database in IAM policies: `db-ABC...`. */
  readonly resourceId: string;
  /** The secret with the master user's password; JSON with `username` and `password`. */
  readonly secretArn: string;
  /** The secret, unless RDS manages the password. */
  readonly secret: Secret | undefined;
  readonly securityGroup: SecurityGroupLike;
  readonly props: DatabaseProps;
  /** The database that is written to. */
  readonly primary: DbInstance;
  /** By the names in `readReplicas`. */
  readonly replicas: Readonly<Record<string, DbInstance>>;
  /** `address:port` of each replica, by the same names. */
  readonly replicaEndpoints: Readonly<Record<string, string>>;

  /** Known before the database is: what is named after it does not wait for it. */
  private readonly name = awsName(this, "database");
  private readonly password: SecretValue | undefined;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    checkDatabaseProps(this, props);
    this.props = props;
    this.port = this.clientPort();
    this.password = passwordValue(masterPasswordOf(props));
    const { securityGroup, subnetGroupName } = createDatabaseNetwork(this, props);
    this.securityGroup = securityGroup;
    const shared = this.createShared();

    this.primary = this.createPrimary(subnetGroupName, shared);
    this.identifier = this.primary.identifier;
    this.arn = this.primary.arn;
    this.address = this.primary.address;
    this.endpoint = `${this.address}:${this.port}`;
    this.resourceId = this.primary.resourceId;
    this.secret = this.createSecret();
    this.secretArn = this.secret?.arn ?? this.primary.masterUserSecret.get(0).secretArn;
    this.replicas = this.createReplicas({ ...shared, primary: this.primary });
    this.replicaEndpoints = Object.fromEntries(
      Object.entries(this.replicas).map(([name, { address }]) => [name, `${address}:${this.port}`]),
    );
    this.createBackupCopy();
    this.createAlarms();
  }

  /** Lets `client` reach the database and its replicas in this region. The port is the engine's. */
  allowFrom(client: Peer, options?: RuleOptions): void {
    this.securityGroup.allowFrom(client, this.port, options);
  }

  /** Lets whatever has a role read the master user's password. */
  grantSecretRead(grantee: Grantee): void {
    grantSecretRead(grantee, this, this.props.secretKmsKeyArn);
  }

  /**
   * Lets whatever has a role log in as `user` without a password, to the database and its replicas in this region. The user must exist in the
   * database, and be one of IAM's there: `GRANT rds_iam TO app_user` in PostgreSQL.
   * @throws Error when the database has no IAM authentication, or under a stack whose region and account are not known
   */
  grantConnect(grantee: Grantee, user: string): void {
    if (!iamAuthenticationOf(this.props))
      throw new Error(`Database "${this.node.path}" has no IAM authentication: nobody can log in as "${user}" by it.`);
    const own = Object.entries(this.replicas).filter(([name]) => !this.props.readReplicas?.[name]?.otherRegion);
    const instances = [this.primary, ...own.map(([, replica]) => replica)];
    grantConnect(
      grantee,
      this,
      user,
      instances.map(({ resourceId }) => resourceId),
    );
  }

  /** Gives the writer a name in a zone, and the readers one that leads to each of them in turn; to the writer while there is none. */
  dnsNames(zone: Zone, names: DatabaseDnsNames): void {
    addDnsNames(this, zone, names);
  }

  /** What a dashboard shows of the database and its replicas, by title. */
  get widgets(): Record<string, Widget> {
    return databaseWidgets(this.name, this.replicas);
  }

  /** Db2 has a port of its own for TLS. */
  private clientPort(): number {
    const { engine, port, requireTls = true } = this.props;
    const facts = engineFacts(engine);
    return (requireTls ? facts.tlsPort : undefined) ?? port ?? facts.port;
  }

  /** What the database and its replicas have in common. */
  private createShared(): Omit<ReplicaSource, "primary"> {
    const { props } = this;
    const { engine, engineVersion, readReplicas = {} } = props;
    const family = parameterGroupFamily(engine, engineVersion) as string;
    const base = this.baseParameters();
    const parameters = new ParameterGroup(this, "parameters", { family, base, parameters: props.parameters });
    const interval = monitoringIntervalOf(this, props);
    const intervals = Object.values(readReplicas).map(
      ({ monitoringIntervalSeconds = interval }) => monitoringIntervalSeconds,
    );
    return {
      props,
      securityGroupId: this.securityGroup.id,
      monitoringRole: monitoringRoleFor(this, [interval, ...intervals]),
      parameterGroup: { name: parameters.name, family, base },
      majorVersion: majorVersion(engine, engineVersion) as string,
      options: this.engineOptions(),
    };
  }

  private baseParameters(): Record<string, EngineParameter> {
    const { engine, requireTls = true } = this.props;
    return {
      ...(requireTls ? engineFacts(engine).tlsParameters : {}),
      ...logParameters(engine, logExportsOf(engine, this.props)),
    };
  }

  private engineOptions(): DatabaseOptions {
    const { engine, options = {}, requireTls = true } = this.props;
    return { ...(requireTls && engine.startsWith("oracle") ? ORACLE_ENCRYPTED_CONNECTIONS : {}), ...options };
  }

  private createPrimary(subnetGroupName: string, shared: Omit<ReplicaSource, "primary">): DbInstance {
    const { props, name: identifier } = this;
    const { engine, availabilityZone, instanceType, restoreFrom } = props;
    const { region, tier } = contextOf(this);
    const deletionProtection = props.deletionProtection ?? tier === "production";
    const logs = createLogGroups(this, "instance", identifier, logExportsOf(engine, props), props.logs);
    const interval = monitoringIntervalOf(this, props);
    return new DbInstance(this, "Resource", {
      identifier,
      instanceClass: instanceType,
      dbSubnetGroupName: subnetGroupName,
      vpcSecurityGroupIds: [shared.securityGroupId],
      publiclyAccessible: false,
      multiAz: multiAzOf(this, props),
      availabilityZone: availabilityZone && `${region}${availabilityZone}`,
      parameterGroupName: shared.parameterGroup.name,
      optionGroupName: this.createOptionGroup(shared),
      deletionProtection,
      ...engineArguments(props, props.port ?? engineFacts(engine).port),
      ...storageArguments(props, restoreFrom !== undefined),
      ...credentialArguments(this, props, this.password),
      ...backupArguments(this, identifier, props, this.replacedBy()),
      ...maintenanceArguments(this, props),
      ...monitoringArguments(engine, instanceType, interval, shared.monitoringRole, props),
      ...(logs.length > 0 ? { dependsOn: logs.map(({ resource }) => resource) } : {}),
      lifecycle: {
        ...(deletionProtection ? { preventDestroy: true } : {}),
        // Where it came from says nothing about what it is now. Both are always there, so that `restoreFrom` may change or go.
        ignoreChanges: ["snapshot_identifier", "restore_to_point_in_time"],
      },
    });
  }

  /** What makes Terraform replace the primary, besides its name. */
  private replacedBy(): (string | undefined)[] {
    const { engine, username, databaseName, kmsKeyArn, availabilityZone, ...props } = this.props;
    const { characterSet, nationalCharacterSet, timeZone } = props;
    return [engine, username, databaseName, kmsKeyArn, availabilityZone, characterSet, nationalCharacterSet, timeZone];
  }

  private createOptionGroup({
    options,
    majorVersion,
  }: Pick<ReplicaSource, "options" | "majorVersion">): string | undefined {
    // An empty group on request: what a database has, it keeps until it is given another one.
    const wanted = this.props.options !== undefined && engineFacts(this.props.engine).optionGroups;
    if (Object.keys(options).length === 0 && !wanted) return undefined;
    const keepOnDestroy = takesFinalSnapshot(this, this.props);
    return new OptionGroup(this, "options", { engine: this.props.engine, majorVersion, options, keepOnDestroy }).name;
  }

  private createSecret(): Secret | undefined {
    if (!this.password) return undefined;
    const { engine, databaseName, passwordVersion = 1, secretKmsKeyArn } = this.props;
    return createDatabaseSecret(this, "secret", {
      password: this.password,
      version: passwordVersion,
      username: this.primary.username,
      engine,
      host: this.address,
      port: this.port,
      databaseName,
      identifier: { dbInstanceIdentifier: this.name },
      replacedWith: `${this.primary.terraformResourceType}.${this.primary.friendlyUniqueId}.resource_id`,
      kmsKeyArn: secretKmsKeyArn,
    });
  }

  private createReplicas(source: ReplicaSource): Record<string, DbInstance> {
    return Object.fromEntries(
      Object.entries(this.props.readReplicas ?? {}).map(([name, options]) => [
        name,
        new ReadReplica(this, `replica_${name}`, source, options).resource,
      ]),
    );
  }

  private createBackupCopy(): void {
    const { copyBackupsTo } = this.props;
    if (!copyBackupsTo) return;
    const { provider, kmsKeyArn, retentionDays = retentionDaysOf(this, this.props) } = copyBackupsTo;
    new DbInstanceAutomatedBackupsReplication(this, "backup_copy", {
      sourceDbInstanceArn: this.arn,
      kmsKeyId: kmsKeyArn,
      retentionPeriod: retentionDays,
      provider,
    });
  }

  private createAlarms(): void {
    const { alarms, engine, instanceType } = this.props;
    if (!alarms) return;
    const watched = { identifier: this.name, engine, instanceType, storageGib: allocatedGib(this.props) };
    createDatabaseAlarms(this, watched, alarms);
  }
}
