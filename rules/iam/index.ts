import { policyVariableRules } from "./policy-variables";
import { statementRules } from "./statements";

/** Rules of IAM policies. */
export const iamRules = [...statementRules, ...policyVariableRules] as const;
