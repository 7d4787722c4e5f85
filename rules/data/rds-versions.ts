import type { EngineFamily } from "./rds-engines";

/** How far AWS still goes with a major version of an engine. */
export interface VersionSupport {
  /** The last day of standard support. */
  readonly standard: string;
  /** The last day of paid extended support. @default the engine has none */
  readonly extended?: string;
}

/** The day that the versions are judged by: the same program gives the same findings on every day. */
export const VERSIONS_AS_OF = "2026-11-21";

/**
 * Major versions and the ends of their support, as of VERSIONS_AS_OF. A version that is not here is unknown: nothing is found of it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
 */
export const VERSIONS: Readonly<Partial<Record<EngineFamily, Readonly<Record<string, VersionSupport>>>>> = {
  postgres: {
    "9.6": { standard: "2022-04-26" },
    "10": { standard: "2023-04-17" },
    "11": { standard: "2024-02-29", extended: "2027-03-31" },
    "12": { standard: "2025-02-28", extended: "2028-02-29" },
    "13": { standard: "2026-02-28", extended: "2029-02-28" },
    "14": { standard: "2027-02-28", extended: "2030-02-28" },
    "15": { standard: "2028-02-29", extended: "2031-02-28" },
    "16": { standard: "2029-02-28", extended: "2032-02-29" },
    "17": { standard: "2030-02-28", extended: "2033-02-28" },
  },
  mysql: {
    "5.6": { standard: "2022-03-01" },
    "5.7": { standard: "2024-02-29", extended: "2027-02-28" },
    "8.0": { standard: "2026-07-31", extended: "2029-07-31" },
    "8.4": { standard: "2029-07-31", extended: "2032-07-31" },
  },
  mariadb: {
    "10.3": { standard: "2023-10-23" },
    "10.4": { standard: "2025-02-28" },
    "10.5": { standard: "2026-02-28" },
    "10.6": { standard: "2026-07-31" },
    "10.11": { standard: "2028-02-29" },
    "11.4": { standard: "2029-05-31" },
  },
  "aurora-postgresql": {
    "9.6": { standard: "2022-01-31" },
    "10": { standard: "2023-01-31" },
    "11": { standard: "2024-02-29", extended: "2027-03-31" },
    "12": { standard: "2025-02-28", extended: "2028-02-29" },
    "13": { standard: "2026-02-28", extended: "2029-02-28" },
    "14": { standard: "2027-02-28", extended: "2030-02-28" },
    "15": { standard: "2028-02-29", extended: "2031-02-28" },
    "16": { standard: "2029-02-28", extended: "2032-02-29" },
    "17": { standard: "2030-02-28", extended: "2033-02-28" },
  },
  "aurora-mysql": {
    "5.6": { standard: "2023-02-28" },
    "5.7": { standard: "2024-10-31", extended: "2027-02-28" },
    "8.0": { standard: "2028-04-30", extended: "2029-07-31" },
  },
};
