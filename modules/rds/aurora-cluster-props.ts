import type { ZoneLetter } from "../vpc";
import type { AuroraEngine } from "./engine";
import type { ReaderScalingOptions } from "./aurora-cluster-scaling";
import type { ClusterOptions } from "./database-cluster-options";
import type { DatabaseMaintenanceOptions } from "./maintenance-options";
import type { ParameterValue } from "./parameter-group";

/** One instance of a cluster. The first that is there writes, the others read; when the writer fails, one of these takes over. */
export interface AuroraInstanceOptions {
  /**
   * Class: `db.r7g.large`, or `db.serverless` for one that grows and shrinks between the bounds of `serverless`. Changing it is an update,
   * which restarts the instance.
   * @default the cluster's `instanceType`
   */
  readonly instanceType?: string;
  /**
   * Who takes over first, 0 to 15: the lowest number, then the largest class.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
   * @default 1
   */
  readonly promotionTier?: number;
  /**
   * Zone that it stands in, of those of the subnets. Changing it replaces the instance.
   * @default AWS chooses
   */
  readonly availabilityZone?: ZoneLetter;
}

/** Between what serverless instances grow and shrink, in Aurora capacity units (ACU) of about 2 GiB of memory. */
export interface ServerlessCapacity {
  /** 0 to 256, in steps of 0.5. With 0 an instance that nobody uses pauses, and costs nothing but its storage. */
  readonly minCapacityAcu: number;
  /** 1 to 256, in steps of 0.5. */
  readonly maxCapacityAcu: number;
  /**
   * Seconds without a connection after which an instance pauses, 300 to 86,400; only with a minimum of 0. The next connection waits about 15 seconds.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
   * @default 300 with a minimum of 0
   */
  readonly pauseAfterSeconds?: number;
}

/** An endpoint that leads to some of the instances only. */
export interface CustomEndpointOptions {
  /** `reader`: only while they read. `any`: whatever they do. */
  readonly type: "reader" | "any";
  /**
   * Instances that it leads to, by their names. Those that are made by `readerScaling` never belong to it.
   * @default all but those in `exclude`
   */
  readonly members?: readonly string[];
  /**
   * Instances that it does not lead to. Others do, also those that come later.
   * @default none
   */
  readonly exclude?: readonly string[];
}

export interface AuroraClusterProps
  extends ClusterOptions, Pick<DatabaseMaintenanceOptions, "autoMinorVersionUpgrade"> {
  /** Changing it replaces the cluster. */
  readonly engine: AuroraEngine;
  /** By names of your own, at least one and at most 16. Adding or dropping one touches no other. */
  readonly instances: Readonly<Record<string, AuroraInstanceOptions>>;
  /**
   * Class of instances that name none.
   * @default "db.serverless" with `serverless`; without, each instance must name one
   */
  readonly instanceType?: string;
  /**
   * Capacity of the instances of class `db.serverless`. Others may stand beside them.
   * @default none
   */
  readonly serverless?: ServerlessCapacity;
  /**
   * Add readers when they are busy, and drop them again.
   * @default none
   */
  readonly readerScaling?: ReaderScalingOptions;
  /**
   * Endpoints that lead to some of the instances, by names of your own.
   * @default none besides the writer's and the readers'
   */
  readonly customEndpoints?: Readonly<Record<string, CustomEndpointOptions>>;
  /**
   * Parameters of the instances by name, in lower case; each is an update.
   * @default those of `logExports`
   */
  readonly instanceParameters?: Readonly<Record<string, ParameterValue>>;
  /**
   * `io-optimized` costs more for the hour and the GiB, and nothing for input and output: cheaper from a quarter of the bill on. It changes in
   * place, and to io-optimized once in 30 days. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.storage-type.html
   * @default what it is: standard for a new cluster
   */
  readonly storage?: "standard" | "io-optimized";
  /**
   * Seconds that the cluster can be turned back without a restore, up to 259,200; Aurora MySQL only. It must be switched on when the cluster is
   * made. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html
   * @default 0: it cannot
   */
  readonly backtrackSeconds?: number;
  /**
   * Answer SQL over HTTPS, without connections and without a way into the VPC, see `grantDataApi`.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
   * @default false
   */
  readonly dataApi?: boolean;
}
