import { UnknownValueError, type Block } from "../values/block";
import { certain } from "../values/certain";
import type { Estate } from "../estate";
import { oneOf } from "../kinds";
import { isExpression, referenceOf } from "../values/references";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";
import { LOAD_BALANCERS, TARGET_GROUPS } from "../elb/types";

const API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference";
const TRACKING = `${API}/API_TargetTrackingConfiguration.html`;
const PREDEFINED = `${API}/API_PredefinedMetricSpecification.html`;
const PUT_POLICY = `${API}/API_PutScalingPolicy.html`;

const TYPES = ["aws_autoscaling_policy"];
const REQUEST_COUNT = "ALBRequestCountPerTarget";
const LABEL = /^app\/[^/]+\/[0-9a-f]+\/targetgroup\/[^/]+\/[0-9a-f]+$/;
const LABEL_FORM = "app/<load balancer>/<id>/targetgroup/<target group>/<id>";
/** The two references that a label consists of. */
const LABEL_REFERENCES = /^(\$\{[^{}]+\})\/(\$\{[^{}]+\})$/;

export const autoscalingPolicyRules = [
  rule({
    id: "autoscaling-target-tracking-metric",
    types: TYPES,
    title: "Target tracking follows one metric, predefined or customized",
    why: "AWS refuses neither and both at apply.",
    fix: "Keep one of predefined_metric_specification and customized_metric_specification.",
    source: TRACKING,
    severity: "error",
    check: ({ body }) =>
      each(body.blocks("target_tracking_configuration"), (tracking) => {
        const predefined = tracking.blocks("predefined_metric_specification");
        const customized = tracking.blocks("customized_metric_specification");
        if (predefined.length + customized.length === 1) return undefined;
        for (const block of [...predefined, ...customized]) block.present();
        const name = predefined.length > 0 ? "customized_metric_specification" : "predefined_metric_specification";
        return fault(tracking, name, "target tracking follows one metric, predefined or customized");
      }),
  }),

  rule({
    id: "autoscaling-request-count-label",
    types: TYPES,
    title: `The metric ${REQUEST_COUNT} has the label ${LABEL_FORM}`,
    why: "AWS does not know whose requests to count, and refuses it at apply.",
    fix: "Set resource_label to the arn_suffix of the load balancer, a slash, and the arn_suffix of the target group.",
    source: PREDEFINED,
    severity: "error",
    check: (policy, estate) =>
      each(predefinedMetrics(policy), (metric) => {
        if (metric.string("predefined_metric_type") !== REQUEST_COUNT) return undefined;
        const label = metric.raw("resource_label");
        const isRight = label !== undefined && isLabel(policy, metric, estate);
        return isRight ? undefined : fault(metric, "resource_label", `the label of ${REQUEST_COUNT} is ${LABEL_FORM}`);
      }),
  }),

  rule({
    id: "autoscaling-request-count-attached",
    types: TYPES,
    title: `The target group of ${REQUEST_COUNT} is attached to the Auto Scaling group`,
    why: "AWS refuses the label of another target group at apply.",
    fix: "Add the target group to target_group_arns of the Auto Scaling group, or attach it.",
    source: PREDEFINED,
    severity: "error",
    check: (policy, estate) =>
      each(predefinedMetrics(policy), (metric) => {
        const [, target] = LABEL_REFERENCES.exec(String(metric.raw("resource_label") ?? ""))?.slice(1) ?? [];
        if (target === undefined) {
          if (metric.raw("resource_label") === undefined) return undefined;
          throw new UnknownValueError(metric.argument("resource_label"));
        }
        const targetGroup = estate.target(policy.stack, target);
        if (!targetGroup) throw new UnknownValueError(metric.argument("resource_label"));
        if (!TARGET_GROUPS.includes(targetGroup.type)) return undefined;
        const group = estate.follow(policy, policy.body, "autoscaling_group_name", "aws_autoscaling_group");
        if (!group || isAttached(group, targetGroup, estate)) return undefined;
        return fault(metric, "resource_label", `${targetGroup.address} is not attached to ${group.address}`);
      }),
  }),

  oneOf({
    id: "autoscaling-predefined-metric",
    types: TYPES,
    blocks: predefinedMetrics,
    argument: "predefined_metric_type",
    what: "a predefined metric of target tracking",
    values: ["ASGAverageCPUUtilization", "ASGAverageNetworkIn", "ASGAverageNetworkOut", REQUEST_COUNT],
    source: PREDEFINED,
  }),

  rule({
    id: "autoscaling-cpu-target",
    types: TYPES,
    title: "The target of the average CPU utilization is above 0 and at most 100 percent",
    why: "It can never be met: the group grows to its maximum, or shrinks to its minimum.",
    fix: "Set target_value to a share of the CPU in percent: 50.",
    source: TRACKING,
    severity: "error",
    check: ({ body }) =>
      each(body.blocks("target_tracking_configuration"), (tracking) => {
        const target = tracking.number("target_value");
        if (target === undefined || (target > 0 && target <= 100)) return undefined;
        const metric = tracking.block("predefined_metric_specification")?.string("predefined_metric_type");
        if (metric !== "ASGAverageCPUUtilization") return undefined;
        return fault(tracking, "target_value", "a target of CPU utilization is above 0 and at most 100 percent");
      }),
  }),

  rule({
    id: "autoscaling-adjustment-type",
    types: TYPES,
    title: "Simple and step scaling say how to adjust: ChangeInCapacity, ExactCapacity or PercentChangeInCapacity",
    why: "AWS refuses it at apply.",
    fix: 'Set adjustment_type, or make it target tracking (policy_type = "TargetTrackingScaling").',
    source: PUT_POLICY,
    severity: "error",
    check: ({ body }) => {
      if (!["SimpleScaling", "StepScaling"].includes(policyType(body))) return undefined;
      const adjustment = body.string("adjustment_type") ?? "";
      if (["ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"].includes(adjustment)) return undefined;
      const message = "adjustment_type is ChangeInCapacity, ExactCapacity or PercentChangeInCapacity";
      return fault(body, "adjustment_type", message);
    },
  }),

  rule({
    id: "autoscaling-step-intervals",
    types: TYPES,
    title: "The steps of a scaling policy follow each other without gap or overlap, and are open at the ends",
    why: "AWS refuses it at apply.",
    fix: "Let each step begin where the one before it ends, and leave the outermost bound away.",
    source: `${API}/API_StepAdjustment.html`,
    severity: "error",
    check: ({ body }) => {
      const blocks = body.blocks("step_adjustment");
      if (blocks.length === 0 || policyType(body) !== "StepScaling") return undefined;
      const single = each(blocks, (block) => {
        const { lower, upper } = interval(block);
        if (lower === -Infinity && upper === Infinity)
          return fault(block, LOWER, "a step has a lower bound, an upper one or both");
        return lower < upper ? undefined : fault(block, UPPER, "the upper bound is above the lower one");
      });
      return single.length > 0 ? single : chain(blocks);
    },
  }),
] as const;

const LOWER = "metric_interval_lower_bound";
const UPPER = "metric_interval_upper_bound";

function policyType(body: Block): string {
  return body.string("policy_type") || "SimpleScaling";
}

interface Step {
  readonly block: Block;
  readonly lower: number;
  readonly upper: number;
}

function interval(block: Block): Step {
  return { block, lower: block.number(LOWER) ?? -Infinity, upper: block.number(UPPER) ?? Infinity };
}

/** Faults what does not go on where the step before it ends, and ends that are closed. */
function chain(blocks: readonly Block[]): ReturnType<typeof fault> | undefined {
  const steps = blocks.map(interval).sort((one, other) => one.lower - other.lower || one.upper - other.upper);
  for (const [index, { block, lower }] of steps.entries()) {
    const before = steps[index - 1];
    if (!before || before.upper === lower) continue;
    if (lower === -Infinity) return fault(block, LOWER, "one step only has no lower bound");
    if (before.upper === Infinity) return fault(before.block, UPPER, "one step only, the last, has no upper bound");
    const what = before.upper < lower ? "leaves a gap after" : "overlaps";
    return fault(block, LOWER, `it ${what} the step that ends at ${before.upper}`);
  }
  const [first, last] = [steps[0], steps.at(-1)];
  if (first && first.lower < 0 && first.lower !== -Infinity)
    return fault(first.block, LOWER, "below 0, the lowest step has no lower bound");
  if (last && last.upper > 0 && last.upper !== Infinity)
    return fault(last.block, UPPER, "above 0, the highest step has no upper bound");
  return undefined;
}

function predefinedMetrics({ body }: Resource): Block[] {
  return body
    .blocks("target_tracking_configuration")
    .flatMap((tracking) => tracking.blocks("predefined_metric_specification"));
}

/** @throws UnknownValueError */
function isLabel(policy: Resource, metric: Block, estate: Estate): boolean {
  const label = metric.raw("resource_label");
  if (!isExpression(label)) return LABEL.test(metric.string("resource_label") ?? "");
  const parts = LABEL_REFERENCES.exec(label)?.slice(1) ?? [label];
  const found = parts.map((part) => ({
    type: estate.target(policy.stack, part)?.type,
    attribute: referenceOf(part)?.attribute ?? "",
  }));
  if (found.some(({ type }) => type === undefined)) throw new UnknownValueError(metric.argument("resource_label"));
  // An output of another stack has a name of its own.
  const isSuffix = ({ attribute }: { attribute: string }): boolean => !/^(id|arn|name|dns_name)$/.test(attribute);
  const [balancer, target] = found;
  return (
    balancer !== undefined &&
    target !== undefined &&
    LOAD_BALANCERS.includes(balancer.type ?? "") &&
    TARGET_GROUPS.includes(target.type ?? "") &&
    found.every(isSuffix)
  );
}

/** @throws UnknownValueError */
function isAttached(group: Resource, targetGroup: Resource, estate: Estate): boolean {
  const by = (type: string, ...names: readonly string[]): boolean =>
    certain(
      estate.attached(targetGroup, type, ...names),
      (attachment) =>
        estate.follow(attachment, attachment.body, "autoscaling_group_name", "aws_autoscaling_group") === group,
    );
  const named = estate.attached(targetGroup, group.type, "target_group_arns", "traffic_source.identifier");
  if (named.includes(group)) return true;
  if (by("aws_autoscaling_attachment", "lb_target_group_arn", "alb_target_group_arn")) return true;
  if (by("aws_autoscaling_traffic_source_attachment", "traffic_source.identifier")) return true;
  // What the group names that is not here may be this one.
  const sources = group.body.blocks("traffic_source").map((block): [Block, string] => [block, "identifier"]);
  for (const [list, name] of [...group.body.list("target_group_arns"), ...sources]) {
    if (!estate.target(group.stack, list.raw(name))) throw new UnknownValueError(list.argument(name));
  }
  return false;
}
