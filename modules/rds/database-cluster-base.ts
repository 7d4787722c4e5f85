import { Construct } from "constructs";
import { RdsCluster, type RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { awsName, contextOf, type AwsNameKind } from "../core";
import type { Connectable, Peer, RuleOptions, SecurityGroupLike } from "../ec2";
import type { Grantee } from "../iam";
import type { Zone } from "../route53";
import { createDatabaseSecret, type Secret, type SecretValue } from "../secretsmanager";
import { grantConnect, grantSecretRead } from "./database-access";
import { clusterBackupArguments, clusterMaintenanceArguments, type ClusterOptions } from "./database-cluster-options";
import { ClusterParameterGroup, clusterParameters } from "./database-cluster-parameters";
import { addEndpointNames, type DatabaseDnsNames } from "./database-dns";
import { createDatabaseNetwork } from "./database-network";
import { engineFacts, parameterGroupFamily, type Engine } from "./engine";
import { createLogGroups } from "./log-groups";
import { DEFAULT_USERNAME, passwordValue } from "./master-password";
import { logExportsOf } from "./monitoring-options";

/** What tells the two kinds of clusters apart, before there is one. */
export interface ClusterKind {
  /** Refuses what is wrong with the props. */
  readonly check: (cluster: Construct) => void;
  readonly engine: Engine;
  /** Decides how long the cluster's name may be. */
  readonly nameKind: AwsNameKind;
  /** Arguments that only this kind has. */
  readonly own: (cluster: Construct) => Partial<RdsClusterConfig>;
  /** Whether clients may log in with their role when nothing is said. */
  readonly iamAuthentication: boolean;
  /** What else replaces it. */
  readonly replacedBy: readonly (string | undefined)[];
}

/** What Aurora's clusters and Multi-AZ DB clusters have in common: network, password, parameters, logs, backups, and who may do what. */
export abstract class DatabaseClusterBase extends Construct implements Connectable {
  /** As AWS knows it. */
  readonly identifier: string;
  readonly arn: string;
  /** Host name of whichever instance is written to. */
  readonly address: string;
  /** Host name that leads to the instances that are only read, in turn; to the writer while there is no other. */
  readonly readerAddress: string;
  readonly port: number;
  /** `address:port` */
  readonly endpoint: string;
  /** `readerAddress:port` */
  readonly readerEndpoint: string;
  /** Id that stands for the cluster in IAM policies: `cluster-ABC...`. */
  readonly resourceId: string;
  /** The secret with the master user's password; JSON with `username` and `password`. */
  readonly secretArn: string;
  /** The secret, unless RDS manages the password. */
  readonly secret: Secret | undefined;
  readonly securityGroup: SecurityGroupLike;
  readonly engine: Engine;
  readonly resource: RdsCluster;

  protected readonly options: ClusterOptions;
  private readonly password: SecretValue | undefined;

  protected constructor(
    scope: Construct,
    id: string,
    options: ClusterOptions,
    private readonly kind: ClusterKind,
  ) {
    super(scope, id);
    kind.check(this);
    this.options = options;
    this.engine = kind.engine;
    this.identifier = awsName(this, kind.nameKind);
    this.port = options.port ?? engineFacts(kind.engine).port;
    this.password = passwordValue(options.masterPassword ?? "rds-managed");
    const { securityGroup, subnetGroupName } = createDatabaseNetwork(this, options);
    this.securityGroup = securityGroup;

    this.resource = this.createCluster(subnetGroupName);
    this.arn = this.resource.arn;
    this.address = this.resource.endpoint;
    this.readerAddress = this.resource.readerEndpoint;
    this.endpoint = `${this.address}:${this.port}`;
    this.readerEndpoint = `${this.readerAddress}:${this.port}`;
    this.resourceId = this.resource.clusterResourceId;
    this.secret = this.createSecret();
    this.secretArn = this.secret?.arn ?? this.resource.masterUserSecret.get(0).secretArn;
  }

  /** Lets `client` reach the cluster. The port is the engine's. */
  allowFrom(client: Peer, options?: RuleOptions): void {
    this.securityGroup.allowFrom(client, this.port, options);
  }

  /** Lets whatever has a role read the master user's password. */
  grantSecretRead(grantee: Grantee): void {
    grantSecretRead(grantee, this, this.options.secretKmsKeyArn);
  }

  /**
   * Lets whatever has a role log in as `user` without a password. The user must exist in the database, and be one of IAM's there: `GRANT rds_iam TO
   * app_user` in PostgreSQL.
   * @throws Error when the cluster has no IAM authentication, or under a stack whose region and account are not known
   */
  grantConnect(grantee: Grantee, user: string): void {
    if (!this.iamAuthentication())
      throw new Error(`Cluster "${this.node.path}" has no IAM authentication: nobody can log in as "${user}" by it.`);
    grantConnect(grantee, this, user, [this.resourceId]);
  }

  /** Gives the writer a name in a zone, and the readers one: to either leads a CNAME, in the later of the two stacks. */
  dnsNames(zone: Zone, names: Omit<DatabaseDnsNames, "weights">): void {
    addEndpointNames(this, zone, names);
  }

  private iamAuthentication(): boolean {
    return this.options.iamAuthentication ?? this.kind.iamAuthentication;
  }

  private createCluster(subnetGroupName: string): RdsCluster {
    const { options, identifier, engine, kind } = this;
    const { tier } = contextOf(this);
    const deletionProtection = options.deletionProtection ?? tier === "production";
    const exports = logExportsOf(engine, options);
    const logs = createLogGroups(this, "cluster", identifier, exports, options.logs);
    const { databaseName, kmsKeyArn, username } = options;
    const replacedBy = [engine, databaseName, kmsKeyArn, username, ...kind.replacedBy];
    return new RdsCluster(this, "Resource", {
      clusterIdentifier: identifier,
      engine,
      engineVersion: options.engineVersion,
      databaseName,
      port: this.port,
      dbSubnetGroupName: subnetGroupName,
      vpcSecurityGroupIds: [this.securityGroup.id],
      dbClusterParameterGroupName: this.createParameterGroup().name,
      storageEncrypted: true,
      kmsKeyId: kmsKeyArn,
      iamDatabaseAuthenticationEnabled: this.iamAuthentication(),
      enabledCloudwatchLogsExports: [...exports].sort(),
      databaseInsightsMode: options.databaseInsights,
      deletionProtection,
      ...this.credentials(),
      ...clusterBackupArguments(this, identifier, options, replacedBy),
      ...clusterMaintenanceArguments(this, options),
      ...kind.own(this),
      ...(logs.length > 0 ? { dependsOn: logs.map(({ resource }) => resource) } : {}),
      lifecycle: {
        ...(deletionProtection ? { preventDestroy: true } : {}),
        // Where it came from says nothing about what it is now. Both are always there, so that `restoreFrom` may change or go.
        ignoreChanges: ["snapshot_identifier", "restore_to_point_in_time"],
      },
    });
  }

  private createParameterGroup(): ClusterParameterGroup {
    const { engineVersion, requireTls = true, parameters } = this.options;
    const family = parameterGroupFamily(this.engine, engineVersion) as string;
    const base = clusterParameters(this.engine, requireTls, logExportsOf(this.engine, this.options));
    return new ClusterParameterGroup(this, "parameters", { family, base, parameters });
  }

  private credentials(): Partial<RdsClusterConfig> {
    const { username, restoreFrom, passwordVersion = 1, secretKmsKeyArn } = this.options;
    return {
      masterUsername: username ?? (restoreFrom ? undefined : DEFAULT_USERNAME),
      ...(this.password
        ? { masterPasswordWo: this.password.reference(this, "password"), masterPasswordWoVersion: passwordVersion }
        : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: secretKmsKeyArn }),
    };
  }

  private createSecret(): Secret | undefined {
    if (!this.password) return undefined;
    const { databaseName, passwordVersion = 1, secretKmsKeyArn } = this.options;
    return createDatabaseSecret(this, "secret", {
      password: this.password,
      version: passwordVersion,
      username: this.resource.masterUsername,
      engine: this.engine,
      host: this.address,
      port: this.port,
      databaseName,
      identifier: { dbClusterIdentifier: this.identifier },
      replacedWith: `${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}.cluster_resource_id`,
      kmsKeyArn: secretKmsKeyArn,
    });
  }
}
