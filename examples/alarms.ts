import { App } from "cdktf";
import { Alarm, AnomalyAlarm, CompositeAlarm, Dashboard, LogGroup, MetricFilter } from "../modules/cloudwatch";
import { LogBucket } from "../modules/s3";
import { Topic } from "../modules/sns";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const stack = new EnvironmentStack(app, "alarms", { environment: example, emulator: process.env.ANDAMIO_EMULATOR });

// Who is told.
const onCall = new Topic(stack, "on_call", { emails: { team: "team@example.com" } });
onCall.allowPublish("budgets.amazonaws.com");

// What the application says, and what is counted of it.
const logs = new LogGroup(stack, "app_logs", { retentionDays: 14 });
const errors = new MetricFilter(stack, "errors", { logGroup: logs, pattern: "ERROR" });
const requests = new MetricFilter(stack, "requests", { logGroup: logs, pattern: "GET" });
const errorRate = {
  expression: "100 * errors / requests",
  metrics: { errors: errors.metric, requests: requests.metric },
};

const manyErrors = new Alarm(stack, "many_errors", {
  metric: errorRate,
  comparison: ">",
  threshold: 5,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  treatMissingData: "notBreaching",
  description: "More than 5 % of requests fail",
});
const slow = new Alarm(stack, "slow", {
  metric: { namespace: "AWS/ApplicationELB", name: "TargetResponseTime", statistic: "p99", periodSeconds: 60 },
  comparison: ">=",
  threshold: 2,
});
new AnomalyAlarm(stack, "unusual_traffic", { metric: requests.metric, when: "below", notify: [onCall] });

// One message when both go off.
new CompositeAlarm(stack, "down", { when: { allOf: [manyErrors, slow] }, notify: [onCall], notifyOk: [onCall] });

new Dashboard(stack, "overview", {
  widgets: {
    intro: { markdown: "# The application" },
    Requests: { metrics: { requests: requests.metric, errors: errors.metric }, width: 12 },
    "Error rate": { metrics: { "%": errorRate }, width: 12 },
  },
});

// Where AWS delivers logs to.
const logBucket = new LogBucket(stack, "logs");
logBucket.allowLoadBalancerLogs("web");
logBucket.allowLogDelivery("flow");

synth(app, process.env);
