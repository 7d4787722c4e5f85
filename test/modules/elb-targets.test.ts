import { Instance } from "../../modules/ec2";
import {
  ApplicationLoadBalancer,
  TargetGroup,
  type ForwardOptions,
  type LoadBalancerTarget,
  type TargetGroupAttachment,
  type TargetGroupProps,
} from "../../modules/elb";
import { Vpc } from "../../modules/vpc";
import { EnvironmentStack } from "../../stacks";
import {
  byAddress,
  plainEnvironment,
  synthesized,
  synthesizedApp,
  type Json,
  type Synthesized,
} from "../support/synthesized";

const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/a" };

function vpcIn(stack: EnvironmentStack): Vpc {
  return new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
}

function forwarded(options: (app: Instance) => ForwardOptions): Synthesized["resources"] {
  return synthesized((stack) => {
    const vpc = vpcIn(stack);
    const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
    new ApplicationLoadBalancer(stack, "alb", { vpc, certificate }).forward("web", options(app));
  }).resources;
}

function group(props: Partial<TargetGroupProps>): Json | undefined {
  return synthesized((stack) => {
    new TargetGroup(stack, "web", { vpc: vpcIn(stack), ...props });
  }).resources["aws_lb_target_group.web"];
}

describe("a target group", () => {
  test("takes every option that is said", () => {
    expect(
      group({
        port: 443,
        protocol: "HTTPS",
        protocolVersion: "HTTP2",
        healthCheck: {
          path: "/health",
          matcher: "200-299",
          port: 9000,
          intervalSeconds: 10,
          timeoutSeconds: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 4,
        },
        stickiness: { type: "lb_cookie" },
        slowStartSeconds: 60,
        deregistrationDelaySeconds: 30,
        algorithm: "weighted_random",
        anomalyMitigation: true,
        crossZone: false,
      }),
    ).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      protocol_version: "HTTP2",
      health_check: {
        protocol: "HTTPS",
        path: "/health",
        matcher: "200-299",
        port: "9000",
        interval: 10,
        timeout: 5,
        healthy_threshold: 2,
        unhealthy_threshold: 4,
      },
      stickiness: { type: "lb_cookie", enabled: true, cookie_duration: 86400 },
      slow_start: 60,
      deregistration_delay: "30",
      load_balancing_algorithm_type: "weighted_random",
      load_balancing_anomaly_mitigation: "on",
      load_balancing_cross_zone_enabled: "false",
    });
  });

  test("keeps a client by a cookie of the application's, or by its address", () => {
    const cookie = { type: "app_cookie", cookieName: "session", durationSeconds: 60 } as const;
    expect(group({ port: 80, stickiness: cookie })).toMatchObject({
      stickiness: { type: "app_cookie", cookie_name: "session", cookie_duration: 60 },
    });
    const bySource = group({ port: 53, protocol: "UDP", stickiness: { type: "source_ip" } });
    expect(bySource?.["stickiness"]).toEqual({ type: "source_ip", enabled: true });
    expect(bySource?.["health_check"]).toEqual({ protocol: "TCP" });
  });

  test("asks gRPC services as AWS does", () => {
    expect(group({ port: 50051, protocolVersion: "GRPC" })).toMatchObject({
      protocol_version: "GRPC",
      health_check: { path: "/AWS.ALB/healthcheck", matcher: "12" },
    });
  });

  test("has another name for whatever replaces it, and the same for whatever does not", () => {
    const name = (props: Partial<TargetGroupProps>): unknown => group({ port: 80, ...props })?.["name"];
    const first = name({});
    expect(first).toMatch(/^acme-dev-web-[0-9a-f]{6}$/);
    for (const change of [
      { port: 81 },
      { protocol: "HTTPS" },
      { protocolVersion: "GRPC" },
      { targetType: "ip" },
    ] as const)
      expect(name(change)).not.toBe(first);
    expect(name({ healthCheck: { path: "/x" }, stickiness: { type: "lb_cookie" } })).toBe(first);
  });
});

describe("targets", () => {
  test("of one machine can be several, at ports of their own", () => {
    const resources = forwarded((app) => ({
      to: [
        { instance: app, port: 8081 },
        { instance: app, port: 8082 },
      ],
      port: 8080,
    }));
    expect(resources["aws_lb_target_group_attachment.alb_web_app_8081"]).toMatchObject({ port: 8081 });
    expect(resources["aws_lb_target_group_attachment.alb_web_app_8082"]).toMatchObject({ port: 8082 });
    const opened = Object.keys(resources).filter((address) => address.includes("app_security_group_from_alb"));
    expect(opened.filter((address) => address.includes("ingress_rule"))).toHaveLength(2);
  });

  test("by address are keyed by name, and say so when they are outside the VPC", () => {
    const resources = forwarded(() => ({ to: { addresses: { near: "10.0.1.5", far: "192.168.1.5" } }, port: 8080 }));
    expect(resources["aws_lb_target_group.alb_web"]).toMatchObject({ target_type: "ip" });
    expect(resources["aws_lb_target_group_attachment.alb_web_near"]).not.toHaveProperty("availability_zone");
    expect(resources["aws_lb_target_group_attachment.alb_web_far"]).toMatchObject({
      target_id: "192.168.1.5",
      availability_zone: "all",
    });
    expect(resources["aws_vpc_security_group_egress_rule.alb_web_to_alb_web_far_8080"]).toMatchObject({
      security_group_id: "${aws_security_group.alb_security_group.id}",
      cidr_ipv4: "192.168.1.5/32",
      from_port: 8080,
    });
  });

  test("that are Lambda functions may be called by the load balancer, and have no port and no health check", () => {
    const lambda = { arn: "arn:aws:lambda:eu-west-1:111111111111:function:web" };
    const resources = forwarded(() => ({ to: { lambda }, multiValueHeaders: true }));
    expect(resources["aws_lb_target_group.alb_web"]).toEqual({
      name: expect.stringMatching(/^acme-dev-alb-web-/) as string,
      target_type: "lambda",
      lambda_multi_value_headers_enabled: true,
      lifecycle: { create_before_destroy: true },
      tags: { Name: "acme-dev-alb-web" },
    });
    expect(resources["aws_lambda_permission.alb_web_permission"]).toEqual({
      action: "lambda:InvokeFunction",
      function_name: lambda.arn,
      principal: "elasticloadbalancing.amazonaws.com",
      source_arn: "${aws_lb_target_group.alb_web.arn}",
    });
    expect(resources["aws_lb_target_group_attachment.alb_web_function"]).toMatchObject({
      target_id: lambda.arn,
      depends_on: ["aws_lambda_permission.alb_web_permission"],
    });
  });

  test("are reached at the port of their health check too", () => {
    const resources = forwarded((app) => ({ to: app, port: 8080, healthCheck: { port: 9000 } }));
    for (const port of [8080, 9000])
      expect(resources).toHaveProperty([
        `aws_vpc_security_group_ingress_rule.app_security_group_from_alb_security_group_${port}`,
      ]);
  });

  test("that join by themselves are told all that they need, and say their port", () => {
    const told: TargetGroupAttachment[] = [];
    const { resources } = synthesized((stack) => {
      const vpc = vpcIn(stack);
      const { securityGroup } = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
      const attachToTargetGroup = (each: TargetGroupAttachment): number => told.push(each);
      const target: LoadBalancerTarget = { securityGroup, targetPort: 8080, attachToTargetGroup };
      new ApplicationLoadBalancer(stack, "alb", { vpc, certificate }).forward("web", { to: target });
      const [made] = told;
      stack.output("label", `${made?.loadBalancerArnSuffix}/${made?.arnSuffix}`, "of requests per target");
    });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ targetType: "instance", port: 8080 });
    expect(resources["aws_lb_target_group.alb_web"]).toMatchObject({ port: 8080 });
  });

  test("in a group made by hand are added when they come, and reached by the group's load balancer", () => {
    const built = (late: boolean): Synthesized["resources"] =>
      synthesized((stack) => {
        const vpc = vpcIn(stack);
        const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
        const blue = new TargetGroup(stack, "blue", { vpc, port: 8080, targets: late ? [] : [app] });
        new ApplicationLoadBalancer(stack, "alb", { vpc, certificate }).forward("web", { to: blue });
        if (late) blue.addTarget(app);
      }).resources;
    expect(built(true)).toEqual(built(false));
    expect(built(true)).toHaveProperty(["aws_lb_target_group_attachment.blue_app"]);
    expect(built(true)).toHaveProperty([
      "aws_vpc_security_group_ingress_rule.app_security_group_from_alb_security_group_8080",
    ]);
  });
});

describe("across stacks", () => {
  type Scene = "target first" | "load balancer first";
  const scene = (order: Scene): Record<string, Json> =>
    synthesizedApp((app) => {
      const stack = (name: string): EnvironmentStack =>
        new EnvironmentStack(app, name, { environment: plainEnvironment });
      const vpc = vpcIn(stack("network"));
      const server = (): Instance => new Instance(stack("servers"), "app", { vpc, instanceType: "t4g.small" });
      const balancer = (): ApplicationLoadBalancer =>
        new ApplicationLoadBalancer(stack("web"), "alb", { vpc, certificate });
      // The stacks are applied in the order in which they are made here.
      const earlier = order === "target first" ? server() : undefined;
      const alb = balancer();
      const target = earlier ?? server();
      alb.forward("web", { to: target, port: 8080 });
      alb.forward("api", { to: target, port: 8081, paths: ["/api/*"] });
    });
  const addresses = (stacks: Record<string, Json>, id: string): Record<string, Json> => byAddress(stacks[id] ?? {});

  test("a target of an earlier stack is put into the group in the load balancer's stack", () => {
    const stacks = scene("target first");
    expect(addresses(stacks, "dev-web")["aws_lb_target_group_attachment.alb_web_servers_app"]).toMatchObject({
      target_id: "${data.terraform_remote_state.servers.outputs.aws_instance_app_id}",
    });
    expect(JSON.stringify(stacks["dev-servers"])).not.toContain("remote_state.web");
  });

  test("a target of a later stack joins the group from there, and no circle forms", () => {
    const stacks = scene("load balancer first");
    expect(addresses(stacks, "dev-servers")["aws_lb_target_group_attachment.app_in_web_alb_web"]).toMatchObject({
      target_group_arn: "${data.terraform_remote_state.web.outputs.aws_lb_target_group_alb_web_arn}",
      target_id: "${aws_instance.app.id}",
    });
    expect(JSON.stringify(stacks["dev-web"])).not.toContain("remote_state.servers");
    expect(addresses(stacks, "dev-web")).toHaveProperty(["aws_lb_listener_rule.alb_listener_443_api"]);
  });

  test("a group of a later stack has its rule there", () => {
    const stacks = synthesizedApp((app) => {
      const stack = (name: string): EnvironmentStack =>
        new EnvironmentStack(app, name, { environment: plainEnvironment });
      const network = stack("network");
      const vpc = vpcIn(network);
      const alb = new ApplicationLoadBalancer(network, "alb", { vpc, certificate });
      const orders = new TargetGroup(stack("orders"), "orders", { vpc, port: 8080 });
      alb.forward("orders", { to: orders, paths: ["/orders/*"] });
    });
    expect(addresses(stacks, "dev-orders")["aws_lb_listener_rule.orders_rule_orders"]).toMatchObject({
      listener_arn: "${data.terraform_remote_state.network.outputs.aws_lb_listener_alb_listener_443_arn}",
      action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.orders.arn}" }],
    });
    expect(stacks["dev-network"]).not.toHaveProperty("data.terraform_remote_state");
  });
});
