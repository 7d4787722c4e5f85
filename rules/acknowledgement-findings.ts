import type { LimitSeverity, PolicySeverity } from "./rule";

/** What is found about acknowledgements themselves. */
export const ACKNOWLEDGEMENT_FINDINGS = {
  "acknowledgement-unused": {
    title: "An acknowledgement silences something, in a tier in which it holds",
    severity: "warning",
    fix: "Drop it: what it silenced is mended, or was never there.",
  },
  "acknowledgement-expired": {
    title: "The last day of an acknowledgement is not over",
    severity: "error",
    fix: "Mend what it silenced, or renew it with a new date.",
  },
  "acknowledgement-expires-soon": {
    title: "An acknowledgement holds for 30 days or more",
    severity: "warning",
    fix: "Mend what it silences before that day, or renew it with a new date.",
  },
  "acknowledgement-without-reason": {
    title: "An acknowledgement says why, in 15 characters or more, and not with a placeholder",
    severity: "error",
    fix: "Write why it is right here, for whoever reads the next review.",
  },
  "acknowledgement-without-ticket": {
    title: "In production, what is critical or high is acknowledged with a ticket",
    severity: "error",
    fix: "Set ticket to where it was decided, or mend what it silences.",
  },
  "acknowledgement-without-expiry": {
    title: "In production, what is critical is acknowledged until a day",
    severity: "error",
    fix: "Set expires to the last day on which it holds, or mend what it silences.",
  },
  "acknowledgement-not-approved": {
    title: "A locked rule is acknowledged in production by an approver only, and nobody else is named as one",
    severity: "error",
    fix: "Set approvedBy to one of the environment's policy.approvers who has approved it, or mend what it silences.",
  },
  "acknowledgement-too-broad": {
    title: "What is critical is not acknowledged for a whole stack",
    severity: { sandbox: "low", development: "medium", staging: "high", production: "high" },
    fix: "Acknowledge it on the constructs for which the reason holds.",
  },
} as const satisfies Record<
  string,
  { readonly title: string; readonly severity: LimitSeverity | PolicySeverity; readonly fix: string }
>;

/** Id of what is found about an acknowledgement. */
export type AcknowledgementFindingId = keyof typeof ACKNOWLEDGEMENT_FINDINGS;

/** With one of these, it silences nothing. */
export const VOIDING: ReadonlySet<AcknowledgementFindingId> = new Set([
  "acknowledgement-expired",
  "acknowledgement-without-reason",
  "acknowledgement-without-ticket",
  "acknowledgement-without-expiry",
  "acknowledgement-not-approved",
]);
