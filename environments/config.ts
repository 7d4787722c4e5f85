import type { Tier } from "../modules/core";
import type { DataVolumeOptions, MachineImage, Port, VolumeOptions } from "../modules/ec2";
import type { QuotaName } from "../rules";
import type { NatGateways, SubnetTier, ZoneLetter } from "../modules/vpc";

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
  readonly network: NetworkConfig;
  /**
   * Route 53 hosted zones, by a name of your own, which becomes part of their addresses.
   * @default none
   */
  readonly zones?: Readonly<Record<string, ZoneConfig>>;
  /**
   * EC2 instances, by a name of your own.
   * @default none
   */
  readonly servers?: Readonly<Record<string, ServerConfig>>;
  /**
   * AWS quotas of the account that were raised: rules count with these.
   * @default AWS's own
   */
  readonly quotas?: Readonly<Partial<Record<QuotaName, number>>>;
}

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

export type BackendConfig = S3BackendConfig | LocalBackendConfig;

/** State in S3, locked by S3 itself. `andamio bootstrap <environment>` makes the bucket. */
export interface S3BackendConfig {
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
  readonly type: "local";
}

export interface NetworkConfig {
  /** IPv4 block of the VPC, /16 to /22. It may not overlap another environment's. Changing it replaces everything. */
  readonly cidr: string;
  /** Letters of the availability zones: `["a", "b"]`. */
  readonly availabilityZones: readonly ZoneLetter[];
  /**
   * How private subnets reach the internet.
   * @default "single"
   */
  readonly natGateways?: NatGateways;
  /**
   * Subnet tiers to make in every zone.
   * @default ["public", "private", "isolated"]
   */
  readonly subnetTiers?: readonly SubnetTier[];
}

export interface ZoneConfig {
  /** Domain name: `dev.acme.internal`. Changing it replaces the zone. */
  readonly domainName: string;
  /** `private` zones are resolved by the environment's VPC only. Changing it replaces the zone. */
  readonly visibility: "public" | "private";
}

export interface ServerConfig {
  /** Instance type: `t4g.small`. A change stops and starts the server. */
  readonly instanceType: string;
  /**
   * Tier of the subnet it is in. Changing it replaces the server.
   * @default "private"
   */
  readonly subnets?: SubnetTier;
  /**
   * Availability zone. Changing it replaces the server.
   * @default the network's first
   */
  readonly availabilityZone?: ZoneLetter;
  /**
   * What it starts from: an AMI by id, or by the SSM parameter that names the newest.
   * @default the newest Amazon Linux 2023
   */
  readonly image?: MachineImage;
  /** @default gp3 of the image's size, encrypted */
  readonly rootVolume?: VolumeOptions;
  /**
   * Volumes that outlive the server, by a name of your own.
   * @default none
   */
  readonly dataVolumes?: Readonly<Record<string, DataVolumeOptions>>;
  /**
   * A fixed public address. The server must be in a public subnet.
   * @default false
   */
  readonly elasticIp?: boolean;
  /**
   * Public half of an SSH key.
   * @default none: Session Manager is the way in
   */
  readonly publicKey?: string;
  /**
   * Who may reach it, by a name of your own.
   * @default nobody
   */
  readonly ingress?: Readonly<Record<string, IngressConfig>>;
  /**
   * Script that runs as root at the first start.
   * @default none
   */
  readonly userData?: string;
}

export interface IngressConfig {
  /** IPv4 or IPv6 block: `203.0.113.0/24`. */
  readonly cidr: string;
  /** Port, or a service by name: `https`. */
  readonly port: Port;
}
