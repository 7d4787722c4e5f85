import { aliasRules } from "./aliases";
import { dnssecRules } from "./dnssec";
import { geolocationRules } from "./geolocation";
import { healthCheckRules } from "./health-checks";
import { recordNameRules } from "./names";
import { recordRules } from "./records";
import { recordRoutingRules } from "./routing";
import { zoneRules } from "./zones";

/** Rules of Route 53. */
export const route53Rules = [
  ...zoneRules,
  ...dnssecRules,
  ...recordRules,
  ...recordNameRules,
  ...recordRoutingRules,
  ...geolocationRules,
  ...aliasRules,
  ...healthCheckRules,
] as const;
