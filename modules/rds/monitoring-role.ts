import type { Construct } from "constructs";
import { Role } from "../iam";

/** Seconds between two values of enhanced monitoring. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export type MonitoringInterval = 1 | 5 | 10 | 15 | 30 | 60;

/**
 * What RDS acts under when it writes the metrics of the operating system to CloudWatch Logs.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
 */
export function createMonitoringRole(scope: Construct): Role {
  return new Role(scope, "monitoring_role", {
    service: "monitoring.rds.amazonaws.com",
    description: "Enhanced monitoring of RDS",
    managedPolicies: ["service-role/AmazonRDSEnhancedMonitoringRole"],
  });
}
