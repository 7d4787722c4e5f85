import type { Tier } from "../modules/core";
import type { AcknowledgementOptions, QuotaName } from "../rules";
import type { AuroraClusterConfig, DatabaseClusterConfig, DatabaseConfig } from "./database-config";
import type { NetworkConfig } from "./network-config";
import type { ServerConfig } from "./server-config";
import type { WebConfig } from "./web-config";
import type { ZoneConfig } from "./zone-config";

/** Everything that an environment can say. A key without `@default` must be set, in the base or in the environment. */
export interface EnvironmentConfig {
  /** Short name, the first part of its stacks' names: `dev`. Changing it makes another environment. */
  readonly name: string;
  /** First part of every AWS name: `acme`. Changing it renames, and so replaces, whatever AWS cannot rename. */
  readonly project: string;
  /** How much the environment matters: sets defaults such as deletion protection, and how severe a policy is. */
  readonly tier: Tier;
  /** Twelve-digit AWS account id. Terraform refuses to work in any other account. */
  readonly account: string;
  /** AWS region of the environment: `eu-west-1`. */
  readonly region: string;
  /**
   * Other regions whose providers every stack has, whether or not anything of it is there. What is dropped from the environment takes its
   * region's provider to be destroyed: before the last replica or copy of a region goes, name the region here, until that is applied.
   * @default those in which a stack has something
   */
  readonly otherRegions?: readonly string[];
  /**
   * Role in `account` that Terraform assumes, for the resources and for the state.
   * @default none: the credentials that it is run with are used as they are
   */
  readonly assumeRole?: AssumeRoleConfig;
  /** Where the Terraform state of the environment's stacks is kept. */
  readonly backend: BackendConfig;
  /**
   * Tags on every resource, beside `Project`, `Environment` and `Name`, which are always there.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Refuse plans that would destroy what holds data or what everything else stands on.
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
  /** The VPC that everything is placed in, and its ways in and out. */
  readonly network: NetworkConfig;
  /**
   * Who is told when an alarm goes off.
   * @default nobody: no alarms are made
   */
  readonly alarms?: AlarmsConfig;
  /**
   * Route 53 hosted zones, by a name of your own, which becomes part of their addresses.
   * @default none
   */
  readonly zones?: Readonly<Record<string, ZoneConfig>>;
  /**
   * RDS databases, by a name of your own.
   * @default none
   */
  readonly databases?: Readonly<Record<string, DatabaseConfig>>;
  /**
   * Multi-AZ clusters of RDS, by a name that no other database has.
   * @default none
   */
  readonly databaseClusters?: Readonly<Record<string, DatabaseClusterConfig>>;
  /**
   * Aurora clusters, by a name that no other database has.
   * @default none
   */
  readonly auroraClusters?: Readonly<Record<string, AuroraClusterConfig>>;
  /**
   * EC2 instances, by a name of your own.
   * @default none
   */
  readonly servers?: Readonly<Record<string, ServerConfig>>;
  /**
   * Services behind one load balancer.
   * @default none
   */
  readonly web?: WebConfig;
  /**
   * AWS quotas of the account that were raised: rules count with these.
   * @default AWS's own
   */
  readonly quotas?: Readonly<Partial<Record<QuotaName, number>>>;
  /**
   * What is silenced of the rules, and who may approve it.
   * @default nothing, and nobody
   */
  readonly policy?: PolicyConfig;
}

/** What the rules of this environment may be told. */
export interface PolicyConfig {
  /**
   * Who may approve acknowledgements, as `approvedBy` names them: `security@acme.example`.
   * @default nobody: in tier production, rules that are locked cannot be acknowledged
   */
  readonly approvers?: readonly string[];
  /**
   * Rules to silence on constructs that you do not make yourself; on your own, `acknowledge` stands where the construct does. As a list
   * it replaces what the base says.
   * @default none
   */
  readonly acknowledge?: readonly PathAcknowledgement[];
}

/** Silences one rule for constructs by their paths, and for everything below them. */
export interface PathAcknowledgement extends AcknowledgementOptions {
  /**
   * Pattern of construct paths, the stack first: `prod-data/orders/*`, `*-servers/app`. A `*` stands for any characters of one id,
   * `**` for any number of ids.
   */
  readonly path: string;
}

/** A role, as Terraform assumes it. */
export interface AssumeRoleConfig {
  /** Name of the role, with its path if it has one: `andamio-deploy`. */
  readonly name: string;
  /**
   * What the role's trust policy may ask for.
   * @default none
   */
  readonly externalId?: string;
  /**
   * How the session shows up in CloudTrail.
   * @default "andamio"
   */
  readonly sessionName?: string;
}

/** Where state is kept. */
export type BackendConfig = S3BackendConfig | LocalBackendConfig;

/** State in S3, locked by S3 itself. `andamio bootstrap <environment>` makes the bucket. */
export interface S3BackendConfig {
  /** The state moves nowhere by itself when this or the bucket changes: `terraform init -migrate-state` moves it. */
  readonly type: "s3";
  /**
   * Name of the bucket, unique in all of AWS.
   * @default "<project>-terraform-state-<account>-<region>"
   */
  readonly bucket?: string;
  /**
   * Region of the bucket.
   * @default the environment's region
   */
  readonly region?: string;
  /**
   * ARN of the KMS key that encrypts the state.
   * @default S3's own key (SSE-S3)
   */
  readonly kmsKeyArn?: string;
}

/** State in a file below `.andamio/state`, on this machine only: for sandboxes. */
export interface LocalBackendConfig {
  /** As with `s3`, the state stays where it is when this changes. */
  readonly type: "local";
}

/** Where alarms go. */
export interface AlarmsConfig {
  /** Addresses that get a mail, by a name of your own. Each has to confirm once. */
  readonly emails: Readonly<Record<string, string>>;
}
