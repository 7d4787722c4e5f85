import type { AutoscalingPolicyStepAdjustment } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { shown } from "../core";
import type { ScalingStep } from "./scaling-options";

/** Where the alarm of a policy stands: at the step that comes first. */
export interface StepThreshold {
  readonly comparison: ">=" | "<=";
  readonly threshold: number;
}

/** The alarm that starts the steps. */
export function thresholdOf(steps: readonly ScalingStep[]): StepThreshold {
  const threshold = sorted(steps).map(startOf)[0] ?? 0;
  return { comparison: isUpward(steps) ? ">=" : "<=", threshold };
}

/** The steps as AWS counts them: as distances from the alarm's threshold, each up to the next. */
export function stepAdjustments(steps: readonly ScalingStep[]): AutoscalingPolicyStepAdjustment[] {
  const { threshold } = thresholdOf(steps);
  const inOrder = sorted(steps);
  return inOrder.map((step, index) => {
    const next = inOrder[index + 1];
    const here = distance(startOf(step), threshold);
    const end = next && distance(startOf(next), threshold);
    return isUpward(steps)
      ? { scalingAdjustment: step.change, metricIntervalLowerBound: here, metricIntervalUpperBound: end }
      : { scalingAdjustment: step.change, metricIntervalLowerBound: end, metricIntervalUpperBound: here };
  });
}

/** What is wrong with the steps of a policy. */
export function stepProblems(path: string, steps: readonly ScalingStep[]): string[] {
  if (steps.length === 0) return [`${path} must have at least one step, got none`];
  const upward = steps.filter((step) => "atLeast" in step).length;
  if (upward > 0 && upward < steps.length) {
    return [`${path} must all say atLeast or all say atMost, got both: make it two policies`];
  }
  const starts = steps.map(startOf);
  const repeated = starts.find((start, index) => starts.indexOf(start) !== index);
  return repeated === undefined ? [] : [`${path} begins two steps at ${shown(repeated)}: drop one of the two`];
}

function isUpward(steps: readonly ScalingStep[]): boolean {
  return steps.some((step) => "atLeast" in step);
}

function startOf(step: ScalingStep): number {
  return "atLeast" in step ? step.atLeast : step.atMost;
}

/** The one that is reached first comes first. */
function sorted(steps: readonly ScalingStep[]): ScalingStep[] {
  const direction = isUpward(steps) ? 1 : -1;
  return [...steps].sort((one, other) => direction * (startOf(one) - startOf(other)));
}

/** Without the dust of binary fractions: 0.3 - 0.1 is 0.2. */
function distance(value: number, threshold: number): string {
  return `${Number((value - threshold).toFixed(9))}`;
}
