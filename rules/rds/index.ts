import { auroraRules } from "./aurora";
import { rdsCredentialRules } from "./credentials";
import { rdsGp3Rules } from "./gp3";
import { databaseRules } from "./instances";
import { rdsNetworkRules } from "./network";
import { rdsProtectionRules } from "./protection";
import { rdsReplicaRules } from "./replicas";
import { rdsStorageRules } from "./storage";
import { rdsVersionRules } from "./versions";
import { rdsWindowRules } from "./windows";

/** Rules of RDS and Aurora. */
export const rdsRules = [
  ...databaseRules,
  ...rdsCredentialRules,
  ...rdsStorageRules,
  ...rdsGp3Rules,
  ...rdsWindowRules,
  ...rdsReplicaRules,
  ...rdsNetworkRules,
  ...rdsProtectionRules,
  ...rdsVersionRules,
  ...auroraRules,
] as const;
