import { AutoScalingGroup, type AutoScalingGroupProps, type ScalingOptions } from "../../modules/autoscaling";
import { Dashboard } from "../../modules/cloudwatch";
import { ApplicationLoadBalancer, NetworkLoadBalancer, TargetGroup } from "../../modules/elb";
import { EnvironmentStack } from "../../stacks";
import { vpcIn, web } from "../support/auto-scaling-group";
import { byAddress, plainEnvironment, synthesizedApp, type Json } from "../support/synthesized";

const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/1" };
const REQUESTS: Readonly<Record<string, ScalingOptions>> = { requests: { type: "requests", targetPerInstance: 1000 } };

type Stacks = Record<string, Record<string, Json>>;

/** A group `web` and a load balancer `alb` in stacks that are made in this order, joined after both are there. */
function joined(order: readonly ("servers" | "edge")[], props: Partial<AutoScalingGroupProps> = {}): Stacks {
  const documents = synthesizedApp((app) => {
    const stack = (name: string): EnvironmentStack =>
      new EnvironmentStack(app, name, { environment: plainEnvironment });
    const vpc = vpcIn(stack("network"));
    const stacks = Object.fromEntries(order.map((name) => [name, stack(name)]));
    const [servers, edge] = [stacks["servers"], stacks["edge"] ?? stacks["servers"]] as [
      EnvironmentStack,
      EnvironmentStack,
    ];
    const group = new AutoScalingGroup(servers, "web", {
      vpc,
      instanceType: "t4g.small",
      minSize: 2,
      maxSize: 6,
      port: 8080,
      ...props,
    });
    const alb = new ApplicationLoadBalancer(edge, "alb", { vpc, certificate });
    alb.forward("shop", { to: group });
  });
  return Object.fromEntries(Object.entries(documents).map(([id, json]) => [id, byAddress(json)]));
}

function addresses(resources: Record<string, Json> = {}, type: string): string[] {
  return Object.keys(resources).filter((address) => address.startsWith(`aws_autoscaling_${type}.`));
}

describe("a group that a load balancer forwards to", () => {
  test("is attached beside itself, in one stack, and counts on the load balancer's health checks", () => {
    const resources = joined(["servers"])["dev-servers"] ?? {};
    expect(resources["aws_autoscaling_attachment.web_in_alb_shop"]).toEqual({
      autoscaling_group_name: "${aws_autoscaling_group.web.name}",
      lb_target_group_arn: "${aws_lb_target_group.alb_shop.arn}",
      lifecycle: { create_before_destroy: true },
    });
    expect(resources["aws_autoscaling_group.web"]).toMatchObject({ health_check_type: "ELB" });
    expect(resources["aws_autoscaling_group.web"]).not.toHaveProperty("target_group_arns");
    expect(resources["aws_lb_target_group.alb_shop"]).toMatchObject({ port: 8080, target_type: "instance" });
  });

  test("is attached in the load balancer's stack when that comes later", () => {
    const stacks = joined(["servers", "edge"], { scaling: REQUESTS });
    expect(addresses(stacks["dev-servers"], "attachment")).toEqual([]);
    expect(addresses(stacks["dev-edge"], "attachment")).toEqual(["aws_autoscaling_attachment.alb_shop_servers_web"]);
    expect(stacks["dev-servers"]?.["aws_autoscaling_group.web"]).toMatchObject({ health_check_type: "ELB" });
    expect(stacks["dev-servers"]).not.toHaveProperty(["data.terraform_remote_state.edge"]);
    expect(addresses(stacks["dev-edge"], "policy")).toEqual([
      "aws_autoscaling_policy.alb_shop_servers_web_requests_policy",
    ]);
  });

  test("is attached in its own stack when that comes later", () => {
    const stacks = joined(["edge", "servers"], { scaling: REQUESTS });
    expect(addresses(stacks["dev-edge"], "attachment")).toEqual([]);
    expect(addresses(stacks["dev-servers"], "attachment")).toEqual(["aws_autoscaling_attachment.web_in_edge_alb_shop"]);
    expect(stacks["dev-edge"]).not.toHaveProperty(["data.terraform_remote_state.servers"]);
    expect(
      stacks["dev-servers"]?.["aws_autoscaling_policy.web_requests_policy"]?.["target_tracking_configuration"],
    ).toMatchObject({
      predefined_metric_specification: {
        resource_label:
          "${data.terraform_remote_state.edge.outputs.aws_lb_alb_arn_suffix}/${data.terraform_remote_state.edge.outputs.aws_lb_target_group_alb_shop_arn_suffix}",
      },
    });
  });

  test("keeps the kind of health check that it was given", () => {
    const resources = joined(["servers"], { healthCheckType: "EC2" })["dev-servers"];
    expect(resources?.["aws_autoscaling_group.web"]).toMatchObject({ health_check_type: "EC2" });
  });

  test("scales on the requests of its target group, once it belongs to it", () => {
    const resources = joined(["servers"], {
      scaling: { ...REQUESTS, ahead: { type: "predictive", metric: "requests", target: 500 } },
    })["dev-servers"];
    const resource_label = "${aws_lb.alb.arn_suffix}/${aws_lb_target_group.alb_shop.arn_suffix}";
    expect(resources?.["aws_autoscaling_policy.web_requests_policy"]).toMatchObject({
      policy_type: "TargetTrackingScaling",
      target_tracking_configuration: {
        target_value: 1000,
        predefined_metric_specification: { predefined_metric_type: "ALBRequestCountPerTarget", resource_label },
      },
      depends_on: ["aws_autoscaling_attachment.web_in_alb_shop", "aws_lb_listener.alb_listener_443"],
    });
    expect(resources?.["aws_autoscaling_policy.web_ahead_policy"]).toMatchObject({
      predictive_scaling_configuration: {
        metric_specification: {
          predefined_metric_pair_specification: { predefined_metric_type: "ALBRequestCount", resource_label },
        },
      },
    });
  });
});

describe("a policy that counts requests", () => {
  const twice = (scaling: Readonly<Record<string, ScalingOptions>>): Record<string, Json> =>
    web({ scaling, port: 8080 }, (group, stack, vpc) => {
      const alb = new ApplicationLoadBalancer(stack, "alb", { vpc, certificate });
      alb.forward("blue", { to: group });
      const green = new TargetGroup(alb, "green", { vpc, targets: [group] });
      alb.forward("other", { to: green, paths: ["/green"] });
    });

  test("counts those of the target group that it names", () => {
    const requests = { type: "requests", targetPerInstance: 1000, targetGroup: "green" } as const;
    const resources = twice({ requests });
    expect(resources["aws_autoscaling_policy.web_requests_policy"]).toMatchObject({
      depends_on: ["aws_autoscaling_attachment.web_in_alb_green", "aws_lb_listener_rule.alb_listener_443_other"],
    });
    expect(addresses(resources, "attachment")).toHaveLength(2);
  });

  test("is refused without a target group, with several, and with one that the group does not belong to", () => {
    expect(() => web({ scaling: REQUESTS })).toThrowErrorMatchingInlineSnapshot(`
     "AutoScalingGroup "dev-test/web" is invalid:
       - scaling.requests counts the requests of a target group, got none: alb.forward("…", { to: group }), or scale on something else"
    `);
    expect(() => twice(REQUESTS)).toThrowErrorMatchingInlineSnapshot(`
     "AutoScalingGroup "dev-test/web" is invalid:
       - scaling.requests counts the requests of one target group, got ["blue","green"]: say which one, targetGroup: "blue""
    `);
    const requests = { type: "requests", targetPerInstance: 1000, targetGroup: "red" } as const;
    expect(() => twice({ requests })).toThrowErrorMatchingInlineSnapshot(`
     "AutoScalingGroup "dev-test/web" is invalid:
       - scaling.requests.targetGroup must be one of ["blue","green"], got "red""
    `);
  });
});

describe("a policy that counts requests waits for the load balancer", () => {
  test("whose target group was made by hand, and filled before or after it is used", () => {
    const filled = (late: boolean): Json | undefined =>
      web({ scaling: REQUESTS, port: 8080 }, (group, stack, vpc) => {
        const targets = new TargetGroup(stack, "targets", { vpc, port: 8080, ...(late ? {} : { targets: [group] }) });
        new ApplicationLoadBalancer(stack, "alb", { vpc, certificate }).forward("shop", {
          to: targets,
          hosts: ["a.b"],
        });
        if (late) targets.addTarget(group);
      })["aws_autoscaling_policy.web_requests_policy"];
    expect(filled(false)).toMatchObject({
      depends_on: ["aws_autoscaling_attachment.web_in_targets", "aws_lb_listener_rule.alb_listener_443_shop"],
    });
    expect(filled(true)).toEqual(filled(false));
  });

  test("of a later stack than group and target group, and is made there", () => {
    const documents = synthesizedApp((app) => {
      const servers = new EnvironmentStack(app, "servers", { environment: plainEnvironment });
      const edge = new EnvironmentStack(app, "edge", { environment: plainEnvironment });
      const vpc = vpcIn(servers);
      const props = { vpc, instanceType: "t4g.small", minSize: 1, maxSize: 2, port: 8080, scaling: REQUESTS };
      const targets = new TargetGroup(servers, "targets", {
        vpc,
        targets: [new AutoScalingGroup(servers, "web", props)],
      });
      new ApplicationLoadBalancer(edge, "alb", { vpc, certificate }).forward("shop", { to: targets });
    });
    expect(addresses(byAddress(documents["dev-servers"] ?? {}), "policy")).toEqual([]);
    const policy = byAddress(documents["dev-edge"] ?? {})["aws_autoscaling_policy.alb_servers_web_requests_policy"];
    expect(policy).toMatchObject({ depends_on: ["aws_lb_listener.alb_listener_443"] });
  });

  test("and is refused when no load balancer sends to the target group, or one that counts connections", () => {
    const unused = (): unknown =>
      web({ scaling: REQUESTS, port: 8080 }, (group, stack, vpc) => {
        new TargetGroup(stack, "targets", { vpc, targets: [group] });
      });
    expect(unused).toThrowErrorMatchingInlineSnapshot(`
     "AutoScalingGroup "dev-test/web" is invalid:
       - scaling.requests counts the requests of target group "targets", to which no load balancer sends: alb.forward("…", { to: targetGroup })"
    `);
    const network = (): unknown =>
      web({ scaling: REQUESTS, port: 8080 }, (group, stack, vpc) => {
        new NetworkLoadBalancer(stack, "nlb", { vpc }).forward("shop", { to: group, listenerPort: 80 });
      });
    expect(network).toThrowErrorMatchingInlineSnapshot(`
     "AutoScalingGroup "dev-test/web" is invalid:
       - scaling.requests counts the requests of an Application Load Balancer, got "dev-test/nlb", which counts connections: scale on cpu, on the network, or on a metric of its own"
    `);
  });
});

test("shows its CPU, instances and traffic on a dashboard", () => {
  const dashboard = web({}, (group, stack) => void new Dashboard(stack, "web_board", { widgets: group.widgets() }))[
    "aws_cloudwatch_dashboard.web_board"
  ];
  const body = String(dashboard?.["dashboard_body"]);
  for (const metric of ["CPUUtilization", "GroupInServiceInstances", "NetworkOut"]) expect(body).toContain(metric);
  expect(body).toContain('"AutoScalingGroupName","${aws_autoscaling_group.web.name}"');
});

test("a group joins a target group once, and only one that takes instances", () => {
  const resources = web({ port: 8080 }, (group, stack, vpc) => {
    const targets = new TargetGroup(stack, "targets", { vpc, targets: [group] });
    group.attachToTargetGroup(targets);
    const addressed = new TargetGroup(stack, "addressed", { vpc, port: 8080, targetType: "ip" });
    expect(() => group.attachToTargetGroup(addressed)).toThrowErrorMatchingInlineSnapshot(`
     "AutoScalingGroup "dev-test/web" is invalid:
       - it can only join a target group of type "instance", got "ip" of "dev-test/addressed""
    `);
  });
  expect(addresses(resources, "attachment")).toEqual(["aws_autoscaling_attachment.web_in_targets"]);
});
