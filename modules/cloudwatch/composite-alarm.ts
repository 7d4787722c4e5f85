import { Construct } from "constructs";
import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { awsName, Problems } from "../core";

/** An alarm that has gone off; or several of these conditions together. */
export type AlarmCondition =
  | { readonly arn: string }
  | { readonly anyOf: readonly AlarmCondition[] }
  | { readonly allOf: readonly AlarmCondition[] }
  | { readonly not: AlarmCondition };

/** Which alarms count together, and who is told. */
export interface CompositeAlarmProps {
  /** When it goes off: `{ allOf: [errors, { not: deployment }] }`. At most 100 alarms. */
  readonly when: AlarmCondition;
  /**
   * What it means and what to do, at most 1,024 characters.
   * @default none
   */
  readonly description?: string;
  /**
   * Who is told when it goes off, at most 5.
   * @default nobody
   */
  readonly notify?: readonly { readonly arn: string }[];
  /**
   * Who is told when all is well again, at most 5.
   * @default nobody
   */
  readonly notifyOk?: readonly { readonly arn: string }[];
}

/**
 * An alarm on the state of other alarms: one message for a fault that sets off many.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 *
 * Replaced by: nothing that can be said here. Costs: a fee for each month. https://aws.amazon.com/cloudwatch/pricing/
 *
 * @example
 * new CompositeAlarm(this, "web_down", { when: { allOf: [errors, latency] }, notify: [topic] });
 */
export class CompositeAlarm extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly resource: CloudwatchCompositeAlarm;

  /** @throws InvalidConstructError when a part of the condition is an empty list */
  constructor(scope: Construct, id: string, props: CompositeAlarmProps) {
    super(scope, id);
    const problems = new Problems(this, "CompositeAlarm");
    problems.require(!hasEmptyList(props.when), "anyOf and allOf must list a condition or more, got none");
    problems.throwIfAny();
    this.resource = new CloudwatchCompositeAlarm(this, "Resource", {
      alarmName: awsName(this, "alarm"),
      alarmDescription: props.description,
      alarmRule: ruleText(props.when),
      alarmActions: props.notify?.map(({ arn }) => arn),
      okActions: props.notifyOk?.map(({ arn }) => arn),
    });
    this.arn = this.resource.arn;
    this.name = this.resource.alarmName;
  }
}

function parts(condition: AlarmCondition): readonly AlarmCondition[] | undefined {
  if ("anyOf" in condition) return condition.anyOf;
  return "allOf" in condition ? condition.allOf : undefined;
}

function hasEmptyList(condition: AlarmCondition): boolean {
  if ("not" in condition) return hasEmptyList(condition.not);
  const list = parts(condition);
  return list !== undefined && (list.length === 0 || list.some(hasEmptyList));
}

/** The condition in CloudWatch's words: `ALARM("...") AND NOT (ALARM("..."))`. */
function ruleText(condition: AlarmCondition): string {
  if ("not" in condition) return `NOT (${ruleText(condition.not)})`;
  const list = parts(condition);
  if (list === undefined) return `ALARM("${(condition as { readonly arn: string }).arn}")`;
  const texts = list.map((part) => (parts(part) === undefined ? ruleText(part) : `(${ruleText(part)})`));
  return texts.join("anyOf" in condition ? " OR " : " AND ");
}
