import type { RunEvents } from "../engine/environment-run";
import type { StackPlan } from "../engine/plan-stack";
import { destructionLines, planSummary, planText } from "./plan-text";
import type { Terminal } from "./terminal";

/** Shows a run on the terminal: each stack's plan when it is there, in Terraform's words. */
export function runEvents(terminal: Terminal, { showPlans = true } = {}): RunEvents {
  return {
    step: (title, work) => terminal.step(title, work),
    planned: (plan) => {
      if (!showPlans) return;
      if (plan.status === "failed" || plan.status === "interrupted") {
        terminal.note(plan.text);
        terminal.showError(plan.error);
      } else {
        showPlan(terminal, plan);
      }
    },
  };
}

function showPlan(terminal: Terminal, plan: StackPlan): void {
  const { bold, red } = terminal.style;
  terminal.print(`${bold(plan.stack.id)}: ${planSummary(plan)}`);
  if (plan.status !== "changes") return;
  terminal.print(`\n${planText(plan.text)}\n`);
  const destructions = destructionLines(plan);
  if (destructions.length > 0) terminal.print(`${red(destructions.join("\n"))}\n`);
}
