import type { StackPlan } from "../engine/plan-stack";
import { destructionText, type ChangeCounts } from "../engine/resource-changes";
import { errorDocument } from "./terminal";
import { table } from "./table";

/** Terraform's plan without what surrounds it: the refresh lines before, the advice on the plan file after. */
export function planText(text: string): string {
  const lines = text.split("\n");
  const first = lines.findIndex((line) =>
    /Terraform (used the selected providers|will perform|planned)|Changes to Outputs/.test(line),
  );
  const last = lines.findIndex((line, index) => index > first && line.includes("─────"));
  return lines
    .slice(Math.max(first, 0), last === -1 ? undefined : last)
    .join("\n")
    .trim();
}

/** What data a plan takes with it, a line each; empty when none. */
export function destructionLines(plan: StackPlan): string[] {
  if (plan.status !== "changes") return [];
  return plan.resources
    .filter(({ destroysData }) => destroysData)
    .map((change) => `${plan.stack.id}: ${destructionText(change)}, and its data with it`);
}

/** One line for what a stack's plan came to. */
export function planSummary(plan: StackPlan): string {
  switch (plan.status) {
    case "no-changes":
      return "no changes";
    case "changes":
      return countsText(plan.counts) || `${plan.outputs.length} changed outputs`;
    case "waiting":
      return `cannot be planned before ${plan.waitingFor.map(({ stack }) => stack).join(", ")} is applied`;
    case "failed":
      return "failed";
    case "interrupted":
      return "interrupted";
  }
}

/** `3 to add, 1 to destroy`; empty when no resource changes. */
export function countsText(counts: ChangeCounts): string {
  const words = {
    import: "to import",
    move: "to move",
    add: "to add",
    change: "to change",
    destroy: "to destroy",
    forget: "to forget",
  } as const satisfies Record<keyof ChangeCounts, string>;
  return (Object.keys(words) as (keyof typeof words)[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${words[kind]}`)
    .join(", ");
}

/** The plans of a run in a table. */
export function plansTable(plans: readonly StackPlan[]): string {
  return table(
    ["Stack", "Plan"],
    plans.map((plan) => [plan.stack.id, planSummary(plan)]),
  );
}

/** A stack's plan as JSON shows it. Values are left out: they may be secret. */
export function planDocument(plan: StackPlan): object {
  const base = { stack: plan.stack.id, status: plan.status, duration_ms: plan.durationMs };
  switch (plan.status) {
    case "waiting":
      return { ...base, waiting_for: plan.waitingFor };
    case "failed":
    case "interrupted":
      return { ...base, error: errorDocument(plan.error) };
    default:
      return {
        ...base,
        ...plan.counts,
        outputs: plan.outputs,
        resources: plan.resources.map(({ address, action, previousAddress, imported, destroysData, forcedBy }) => ({
          address,
          action,
          ...(previousAddress === undefined ? {} : { previous_address: previousAddress }),
          ...(imported ? { imported: true } : {}),
          ...(destroysData ? { destroys_data: true } : {}),
          ...(forcedBy === undefined ? {} : { forced_by: forcedBy }),
        })),
      };
  }
}
