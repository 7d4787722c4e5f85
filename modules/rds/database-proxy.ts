import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyEndpoint } from "@cdktf/provider-aws/lib/db-proxy-endpoint";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
import { awsName, Problems, sameStack, shown } from "../core";
import { SecurityGroup, type Connectable, type Peer, type RuleOptions, type SecurityGroupLike } from "../ec2";
import { Role, type Grantee } from "../iam";
import type { Zone } from "../route53";
import { grantConnect } from "./database-access";
import { addEndpointNames, type DatabaseDnsNames } from "./database-dns";
import { isCluster, type DatabaseProxyProps } from "./database-proxy-props";
import { subnetProblems } from "./database-network";
import type { Engine } from "./engine";

interface EngineFamily {
  readonly name: "MYSQL" | "POSTGRESQL" | "SQLSERVER";
  /** A proxy listens at its family's own port, wherever the database does. */
  readonly port: number;
}

const MYSQL: EngineFamily = { name: "MYSQL", port: 3306 };
const POSTGRESQL: EngineFamily = { name: "POSTGRESQL", port: 5432 };
const SQLSERVER: EngineFamily = { name: "SQLSERVER", port: 1433 };

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html#rds-proxy.limitations */
const FAMILIES: Readonly<Partial<Record<Engine, EngineFamily>>> = {
  "aurora-mysql": MYSQL,
  "aurora-postgresql": POSTGRESQL,
  mariadb: MYSQL,
  mysql: MYSQL,
  postgres: POSTGRESQL,
  "sqlserver-ee": SQLSERVER,
  "sqlserver-se": SQLSERVER,
  "sqlserver-ex": SQLSERVER,
  "sqlserver-web": SQLSERVER,
};

/**
 * A proxy before a database or a cluster: it shares a few connections among many clients, and keeps theirs through a failover. It reads the
 * passwords from Secrets Manager itself, reaches its target, and nobody may reach it until `allowFrom` says so.
 *
 * Replaced by: a change of VPC, subnets or kind of engine. Costs: by the vCPU of the target and hour. https://aws.amazon.com/rds/proxy/pricing/
 *
 * @example
 * const proxy = new DatabaseProxy(this, "proxy", { vpc, target: orders, iamAuthentication: "required" });
 * proxy.allowFrom(functions);
 * proxy.grantConnect(functions, "app");
 */
export class DatabaseProxy extends Construct implements Connectable, Grantee {
  readonly arn: string;
  /** As AWS knows it. */
  readonly identifier = awsName(this, "databaseProxy");
  /** Host name. */
  readonly address: string;
  /** Host name of the endpoint that reads only, with `readEndpoint`. */
  readonly readerAddress: string | undefined;
  readonly port: number;
  /** `address:port` */
  readonly endpoint: string;
  readonly securityGroup: SecurityGroupLike;
  /** What it reads the secrets under. */
  readonly role: Role;
  readonly props: DatabaseProxyProps;
  readonly resource: DbProxy;
  readonly targetGroup: DbProxyDefaultTargetGroup;

  /** @throws InvalidConstructError when the engine or the subnets are none for a proxy */
  constructor(scope: Construct, id: string, props: DatabaseProxyProps) {
    super(scope, id);
    const family = this.check(props);
    this.props = props;
    this.port = family.port;
    this.securityGroup =
      props.securityGroup?.securityGroup ?? new SecurityGroup(this, "security_group", { vpc: props.vpc });
    this.role = this.createRole();

    this.resource = this.createProxy(family);
    this.arn = this.resource.arn;
    this.address = this.resource.endpoint;
    this.endpoint = `${this.address}:${this.port}`;
    this.targetGroup = this.createTargetGroup();
    this.readerAddress = this.createReadEndpoint(this.createTarget())?.endpoint;
    props.target.allowFrom(this);
  }

  /** Lets `client` reach the proxy. The port is that of the kind of engine. */
  allowFrom(client: Peer, options?: RuleOptions): void {
    this.securityGroup.allowFrom(client, this.port, options);
  }

  /**
   * Lets whatever has a role log in at the proxy as `user`, of whom the proxy has the secret.
   * @throws Error when clients log in with passwords, or under a stack whose region and account are not known
   */
  grantConnect(grantee: Grantee, user: string): void {
    if (this.props.iamAuthentication !== "required")
      throw new Error(
        `DatabaseProxy "${this.node.path}" takes passwords only: make it with iamAuthentication "required".`,
      );
    // The last part of the ARN: prx-ABC...
    const proxyId = Fn.element(Fn.split(":", this.arn), 6) as string;
    grantConnect(grantee, this, user, [proxyId]);
  }

  /** Gives the proxy a name in a zone, and its endpoint that reads only another one. */
  dnsNames(zone: Zone, names: Omit<DatabaseDnsNames, "weights">): void {
    addEndpointNames(this, zone, names);
  }

  private check(props: DatabaseProxyProps): EngineFamily {
    const { target, readEndpoint = false } = props;
    const { engine } = target.props;
    const family = FAMILIES[engine];
    const problems = new Problems(this, "DatabaseProxy");
    problems.require(
      family !== undefined,
      `target must be of an engine that a proxy knows, got ${shown(engine)}: ${Object.keys(FAMILIES).join(", ")}`,
    );
    problems.require(
      !readEndpoint || isCluster(target),
      "readEndpoint must be left out: only clusters have instances that are only read behind one address",
    );
    for (const problem of subnetProblems(props)) problems.add(problem);
    problems.throwIfAny();
    return family as EngineFamily;
  }

  private createRole(): Role {
    const role = new Role(this, "role", { service: "rds.amazonaws.com", description: "RDS Proxy reads secrets" });
    const { users, target } = this.props;
    if (users) for (const secret of Object.values(users)) secret.grantRead(role);
    else target.grantSecretRead(role);
    return role;
  }

  private createProxy(family: EngineFamily): DbProxy {
    const { props } = this;
    const { iamAuthentication = "disabled", users, target, clientPasswordType } = props;
    const secrets = users ? Object.values(users).map(({ arn }) => arn) : [target.secretArn];
    return new DbProxy(this, "Resource", {
      name: this.identifier,
      engineFamily: family.name,
      roleArn: this.role.arn,
      vpcSubnetIds: props.vpc.subnetIds(props.subnets ?? "isolated"),
      vpcSecurityGroupIds: [this.securityGroup.id],
      requireTls: props.requireTls ?? true,
      idleClientTimeout: props.idleTimeoutSeconds ?? 1800,
      debugLogging: props.debugLogging ?? false,
      auth: secrets.map((secretArn) => ({
        authScheme: "SECRETS",
        iamAuth: iamAuthentication.toUpperCase(),
        secretArn,
        clientPasswordAuthType: clientPasswordType,
      })),
    });
  }

  private createTargetGroup(): DbProxyDefaultTargetGroup {
    const { pool = {} } = this.props;
    const { maxConnectionsPercent = 100, maxIdleConnectionsPercent = Math.min(50, maxConnectionsPercent) } = pool;
    return new DbProxyDefaultTargetGroup(this, "target_group", {
      dbProxyName: this.resource.name,
      connectionPoolConfig: {
        maxConnectionsPercent,
        maxIdleConnectionsPercent,
        connectionBorrowTimeout: pool.borrowTimeoutSeconds ?? 120,
        initQuery: pool.initQuery,
        sessionPinningFilters: pool.shareDespiteVariables ? ["EXCLUDE_VARIABLE_SETS"] : undefined,
      },
    });
  }

  private createTarget(): DbProxyTarget {
    const { target } = this.props;
    return new DbProxyTarget(this, "target", {
      dbProxyName: this.resource.name,
      targetGroupName: this.targetGroup.name,
      ...(isCluster(target)
        ? { dbClusterIdentifier: target.resource.clusterIdentifier, dependsOn: this.instancesOfTarget() }
        : { dbInstanceIdentifier: target.primary.identifier }),
      ...this.replacedWithTarget(),
    });
  }

  /** What is made anew under its old name is no target any more; in another stack Terraform finds that out one plan later. */
  private replacedWithTarget(): { lifecycle?: { replaceTriggeredBy: string[] } } {
    const { target } = this.props;
    const [resource, id] = isCluster(target)
      ? [target.resource, "cluster_resource_id"]
      : [target.primary, "resource_id"];
    if (!sameStack(this, resource)) return {};
    const { terraformResourceType, friendlyUniqueId } = resource;
    return { lifecycle: { replaceTriggeredBy: [`${terraformResourceType}.${friendlyUniqueId}.${id}`] } };
  }

  /** Those of another stack are there already. */
  private instancesOfTarget(): ITerraformDependable[] | undefined {
    const { target } = this.props;
    const instances = isCluster(target) ? Object.values(target.instances ?? {}) : [];
    const own = instances.filter((instance) => sameStack(this, instance));
    return own.length > 0 ? own : undefined;
  }

  private createReadEndpoint(target: DbProxyTarget): DbProxyEndpoint | undefined {
    const { readEndpoint = false, vpc, subnets = "isolated" } = this.props;
    if (!readEndpoint) return undefined;
    return new DbProxyEndpoint(this, "read_endpoint", {
      dbProxyName: this.resource.name,
      dbProxyEndpointName: awsName(this, "databaseProxy", "read"),
      vpcSubnetIds: vpc.subnetIds(subnets),
      vpcSecurityGroupIds: [this.securityGroup.id],
      targetRole: "READ_ONLY",
      dependsOn: [target],
    });
  }
}
