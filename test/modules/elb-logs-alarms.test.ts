import { Dashboard } from "../../modules/cloudwatch";
import { Instance } from "../../modules/ec2";
import { ApplicationLoadBalancer, NetworkLoadBalancer, type LoadBalancerAlarmOptions } from "../../modules/elb";
import { LogBucket } from "../../modules/s3";
import { Vpc } from "../../modules/vpc";
import { EnvironmentStack } from "../../stacks";
import { byAddress, plainEnvironment, synthesized, synthesizedApp, type Synthesized } from "../support/synthesized";

const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/a" };
const topic = { arn: "arn:aws:sns:eu-west-1:111111111111:alarms" };

function vpcIn(stack: EnvironmentStack): Vpc {
  return new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
}

describe("logs", () => {
  const policy = (resources: Synthesized["resources"], address: string): string =>
    JSON.stringify(resources[`aws_s3_bucket_policy.${address}`]?.["policy"]);

  test("go to a bucket of the load balancer's own, which lets it write before it tries", () => {
    const { resources } = synthesized((stack) => {
      new ApplicationLoadBalancer(stack, "alb", { vpc: vpcIn(stack), accessLogs: true, connectionLogs: true });
    });
    expect(resources["aws_lb.alb"]).toMatchObject({
      access_logs: { bucket: "${aws_s3_bucket.alb_logs.bucket}", prefix: "access", enabled: true },
      connection_logs: { bucket: "${aws_s3_bucket.alb_logs.bucket}", prefix: "connection", enabled: true },
      depends_on: ["aws_s3_bucket_policy.alb_logs_policy"],
    });
    expect(policy(resources, "alb_logs_policy")).toContain("/access/AWSLogs/111111111111/");
    expect(policy(resources, "alb_logs_policy")).toContain("/connection/AWSLogs/111111111111/");
    expect(policy(resources, "alb_logs_policy")).toContain("logdelivery.elasticloadbalancing.amazonaws.com");
  });

  test("of a network load balancer are delivered by another service", () => {
    const { resources } = synthesized((stack) => {
      new NetworkLoadBalancer(stack, "nlb", { vpc: vpcIn(stack), accessLogs: true });
    });
    expect(resources["aws_lb.nlb"]).toMatchObject({ access_logs: { prefix: "access", enabled: true } });
    expect(policy(resources, "nlb_logs_policy")).toContain("delivery.logs.amazonaws.com");
    expect(policy(resources, "nlb_logs_policy")).not.toContain("logdelivery.elasticloadbalancing");
  });

  test("go to a bucket of an earlier stack, by a prefix of one's own", () => {
    const stacks = synthesizedApp((app) => {
      const stack = (name: string): EnvironmentStack =>
        new EnvironmentStack(app, name, { environment: plainEnvironment });
      const bucket = new LogBucket(stack("logs"), "logs");
      const web = stack("web");
      new ApplicationLoadBalancer(web, "alb", { vpc: vpcIn(web), accessLogs: { bucket, prefix: "web" } });
    });
    const balancer = byAddress(stacks["dev-web"] ?? {})["aws_lb.alb"];
    expect(balancer).toMatchObject({
      access_logs: { bucket: "${data.terraform_remote_state.logs.outputs.aws_s3_bucket_logs_bucket}", prefix: "web" },
    });
    expect(balancer).not.toHaveProperty("depends_on");
    expect(policy(byAddress(stacks["dev-logs"] ?? {}), "logs_policy")).toContain("/web/AWSLogs/");
  });
});

describe("alarms", () => {
  const watched = (options: Partial<LoadBalancerAlarmOptions> = {}, first = true): Synthesized["resources"] =>
    synthesized((stack) => {
      const vpc = vpcIn(stack);
      const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
      const alb = new ApplicationLoadBalancer(stack, "alb", { vpc, certificate });
      if (first) alb.alarms({ notify: [topic], ...options });
      alb.forward("web", { to: app, port: 8080 });
      if (!first) alb.alarms({ notify: [topic], ...options });
    }).resources;
  const names = (resources: Synthesized["resources"]): string[] =>
    Object.keys(resources)
      .filter((address) => address.startsWith("aws_cloudwatch_metric_alarm."))
      .map((address) => address.replace("aws_cloudwatch_metric_alarm.alb_", ""))
      .sort();

  test("tell of errors, slow answers and unhealthy targets, of groups that follow too", () => {
    const resources = watched();
    expect(names(resources)).toEqual([
      "alarm_4xx",
      "alarm_503",
      "alarm_5xx",
      "alarm_elb_5xx",
      "alarm_latency",
      "web_unhealthy_hosts",
    ]);
    expect(watched({}, false)).toEqual(resources);
    expect(resources["aws_cloudwatch_metric_alarm.alb_web_unhealthy_hosts"]).toMatchObject({
      namespace: "AWS/ApplicationELB",
      metric_name: "UnHealthyHostCount",
      dimensions: {
        LoadBalancer: "${aws_lb.alb.arn_suffix}",
        TargetGroup: "${aws_lb_target_group.alb_web.arn_suffix}",
      },
      threshold: 1,
      evaluation_periods: 3,
      period: 60,
      alarm_actions: [topic.arn],
    });
    expect(resources["aws_cloudwatch_metric_alarm.alb_alarm_5xx"]).toMatchObject({
      threshold: 5,
      comparison_operator: "GreaterThanThreshold",
      treat_missing_data: "notBreaching",
    });
    expect(resources["aws_cloudwatch_metric_alarm.alb_alarm_latency"]).toMatchObject({
      metric_name: "TargetResponseTime",
      extended_statistic: "p95",
      threshold: 2,
    });
  });

  test("have the thresholds that are said, and are left out when they are off", () => {
    const resources = watched({
      clientErrorPercent: "off",
      serverErrorPercent: 1,
      loadBalancerErrors: "off",
      unavailable: 7,
      latencySeconds: 20,
      unhealthyHosts: "off",
    });
    expect(names(resources)).toEqual(["alarm_503", "alarm_5xx", "alarm_latency"]);
    expect(resources["aws_cloudwatch_metric_alarm.alb_alarm_latency"]).toMatchObject({ threshold: 20 });
    expect(resources["aws_cloudwatch_metric_alarm.alb_alarm_503"]).toMatchObject({
      metric_name: "HTTPCode_ELB_503_Count",
      threshold: 7,
    });
  });

  test("of a network load balancer tell of unhealthy targets", () => {
    const { resources } = synthesized((stack) => {
      const vpc = vpcIn(stack);
      const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
      const nlb = new NetworkLoadBalancer(stack, "nlb", { vpc });
      nlb.forward("app", { to: app, port: 80, listenerPort: 80 });
      nlb.alarms({ notify: [topic], unhealthyHosts: 2 });
    });
    expect(resources["aws_cloudwatch_metric_alarm.nlb_app_unhealthy_hosts"]).toMatchObject({
      namespace: "AWS/NetworkELB",
      threshold: 2,
    });
  });

  test("have a dashboard beside them", () => {
    const { resources } = synthesized((stack) => {
      const alb = new ApplicationLoadBalancer(stack, "alb", { vpc: vpcIn(stack), certificate });
      new Dashboard(stack, "web", { widgets: alb.widgets() });
    });
    const body = String(resources["aws_cloudwatch_dashboard.web"]?.["dashboard_body"]);
    for (const shown of ["RequestCount", "HTTPCode_ELB_503_Count", "TargetResponseTime", "aws_lb.alb.arn_suffix"])
      expect(body).toContain(shown);
  });
});
