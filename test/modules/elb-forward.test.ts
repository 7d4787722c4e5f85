import { TerraformVariable } from "cdktf";
import { ApplicationLoadBalancer, type ApplicationLoadBalancerProps } from "../../modules/elb";
import { Instance } from "../../modules/ec2";
import { Vpc } from "../../modules/vpc";
import type { EnvironmentStack } from "../../stacks";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";

const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/a" };

function vpcIn(stack: EnvironmentStack): Vpc {
  return new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
}

type Use = (alb: ApplicationLoadBalancer, app: Instance, stack: EnvironmentStack) => void;

function balancer(
  props: Partial<ApplicationLoadBalancerProps> = {},
  use: Use = () => undefined,
): Synthesized["resources"] {
  return synthesized((stack) => {
    const vpc = props.vpc ?? vpcIn(stack);
    const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
    use(new ApplicationLoadBalancer(stack, "alb", { vpc, ...props }), app, stack);
  }).resources;
}

const ingress = (resources: Synthesized["resources"]): string[] =>
  Object.keys(resources)
    .filter((address) => address.startsWith("aws_vpc_security_group_ingress_rule.alb"))
    .map((address) => address.replace("aws_vpc_security_group_ingress_rule.alb_security_group_from_", ""))
    .sort();

describe("forward", () => {
  test("makes the target group, the attachment and the rules from the load balancer to the target, on both sides", () => {
    const resources = balancer({ certificate }, (alb, app) => alb.forward("web", { to: app, port: 8080 }));
    expect(resources["aws_lb_target_group.alb_web"]).toMatchObject({
      target_type: "instance",
      port: 8080,
      protocol: "HTTP",
      protocol_version: "HTTP1",
      vpc_id: "${aws_vpc.vpc.id}",
      health_check: { protocol: "HTTP", path: "/", matcher: "200" },
      lifecycle: { create_before_destroy: true },
    });
    expect(resources["aws_lb_target_group_attachment.alb_web_app"]).toMatchObject({
      target_group_arn: "${aws_lb_target_group.alb_web.arn}",
      target_id: "${aws_instance.app.id}",
    });
    expect(resources["aws_lb_listener.alb_listener_443"]).toMatchObject({
      default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.alb_web.arn}" }],
    });
    const rule = "app_security_group_from_alb_security_group_8080";
    expect(resources[`aws_vpc_security_group_ingress_rule.${rule}`]).toMatchObject({
      security_group_id: "${aws_security_group.app_security_group.id}",
      referenced_security_group_id: "${aws_security_group.alb_security_group.id}",
      from_port: 8080,
    });
    expect(resources[`aws_vpc_security_group_egress_rule.${rule}_egress`]).toMatchObject({
      security_group_id: "${aws_security_group.alb_security_group.id}",
      referenced_security_group_id: "${aws_security_group.app_security_group.id}",
    });
  });

  test("with conditions is a rule, with a block for each kind and each header", () => {
    const resources = balancer({ certificate }, (alb, app) =>
      alb.forward("api", {
        to: app,
        port: 8080,
        hosts: ["api.example.com"],
        paths: ["/v1/*"],
        headers: { "x-a": ["1"], "x-b": ["2*"] },
        methods: ["GET"],
        queryStrings: [{ key: "v", value: "2" }, { value: "x" }],
        sourceIps: ["203.0.113.0/24"],
        priority: 7,
      }),
    );
    expect(resources["aws_lb_listener_rule.alb_listener_443_api"]).toMatchObject({
      listener_arn: "${aws_lb_listener.alb_listener_443.arn}",
      priority: 7,
      action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.alb_api.arn}" }],
      condition: [
        { host_header: { values: ["api.example.com"] } },
        { path_pattern: { values: ["/v1/*"] } },
        { http_header: { http_header_name: "x-a", values: ["1"] } },
        { http_header: { http_header_name: "x-b", values: ["2*"] } },
        { http_request_method: { values: ["GET"] } },
        { query_string: [{ key: "v", value: "2" }, { value: "x" }] },
        { source_ip: { values: ["203.0.113.0/24"] } },
      ],
    });
    const listener = resources["aws_lb_listener.alb_listener_443"] as { default_action: Json[] };
    expect(listener.default_action[0]).toMatchObject({ type: "fixed-response" });
  });

  test("divides requests among weighted destinations, with or without stickiness", () => {
    const resources = balancer({ certificate }, (alb, app) => {
      const weighted = { blue: { to: app, weight: 90 }, green: { to: app, weight: 10, port: 8081 } };
      alb.forward("web", { to: { weighted, stickySeconds: 600 }, port: 8080 });
      alb.forward("api", { to: { weighted }, port: 8080, paths: ["/api/*"] });
    });
    const groups = (name: string): object[] => [
      { arn: `\${aws_lb_target_group.alb_${name}_blue.arn}`, weight: 90 },
      { arn: `\${aws_lb_target_group.alb_${name}_green.arn}`, weight: 10 },
    ];
    expect(resources["aws_lb_listener.alb_listener_443"]).toMatchObject({
      default_action: [
        { type: "forward", forward: { stickiness: { enabled: true, duration: 600 }, target_group: groups("web") } },
      ],
    });
    expect(resources["aws_lb_listener_rule.alb_listener_443_api"]?.["action"]).toEqual([
      { type: "forward", forward: { target_group: groups("api") } },
    ]);
    expect(resources["aws_lb_target_group.alb_web_green"]).toMatchObject({ port: 8081 });
  });

  test("with a weight shares the default with others that have one", () => {
    const resources = balancer({ certificate }, (alb, app) => {
      alb.forward("blue", { to: app, port: 8080, weight: 3 });
      alb.forward("green", { to: app, port: 8081, weight: 1 });
    });
    expect(resources["aws_lb_listener.alb_listener_443"]?.["default_action"]).toEqual([
      {
        type: "forward",
        forward: {
          target_group: [
            { arn: "${aws_lb_target_group.alb_blue.arn}", weight: 3 },
            { arn: "${aws_lb_target_group.alb_green.arn}", weight: 1 },
          ],
        },
      },
    ]);
  });

  test("makes listeners as they are asked for, in plain HTTP too", () => {
    const resources = balancer({}, (alb, app) => {
      alb.forward("web", { to: app, port: 80, listenerPort: 80 });
      alb.forward("admin", { to: app, port: 9000, listenerPort: 9000, listenerProtocol: "HTTP" });
    });
    expect(resources["aws_lb_listener.alb_listener_80"]).toMatchObject({ port: 80, protocol: "HTTP" });
    expect(resources["aws_lb_listener.alb_listener_80"]).not.toHaveProperty("ssl_policy");
    expect(resources["aws_lb_listener.alb_listener_9000"]).toMatchObject({ port: 9000, protocol: "HTTP" });
    expect(ingress(resources)).toEqual(["10_0_0_0_16_80", "10_0_0_0_16_9000"]);
  });
});

describe("other actions", () => {
  test("redirect and answer, by default and by rule", () => {
    const resources = balancer({ certificate }, (alb) => {
      alb.redirect("apex", { hosts: ["example.com"], to: { host: "www.#{host}", permanent: false, query: "a=1" } });
      alb.respond("maintenance", { statusCode: 503, body: "back soon", contentType: "text/html" });
    });
    expect(resources["aws_lb_listener_rule.alb_listener_443_apex"]?.["action"]).toEqual([
      { type: "redirect", redirect: { host: "www.#{host}", query: "a=1", status_code: "HTTP_302" } },
    ]);
    expect(resources["aws_lb_listener.alb_listener_443"]?.["default_action"]).toEqual([
      {
        type: "fixed-response",
        fixed_response: { content_type: "text/html", message_body: "back soon", status_code: "503" },
      },
    ]);
  });

  test("let users sign in first, and let the load balancer out to ask who they are", () => {
    const resources = balancer({ certificate }, (alb, app, stack) => {
      const secret = new TerraformVariable(stack, "oidc_secret", { type: "string", sensitive: true });
      const endpoint = "https://id.example.com";
      alb.forward("web", {
        to: app,
        port: 8080,
        authenticate: {
          oidc: {
            issuer: endpoint,
            authorizationEndpoint: `${endpoint}/authorize`,
            tokenEndpoint: `${endpoint}/token`,
            userInfoEndpoint: `${endpoint}/user`,
            clientId: "web",
            clientSecret: secret.stringValue,
            sessionTimeoutSeconds: 3600,
          },
        },
      });
      alb.forward("admin", {
        to: app,
        port: 8081,
        paths: ["/admin/*"],
        authenticate: {
          cognito: {
            userPoolArn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_a",
            userPoolClientId: "client",
            userPoolDomain: "acme",
            onUnauthenticatedRequest: "deny",
          },
        },
      });
    });
    expect(resources["aws_lb_listener.alb_listener_443"]?.["default_action"]).toMatchObject([
      {
        type: "authenticate-oidc",
        order: 1,
        authenticate_oidc: {
          client_secret: "${var.oidc_secret}",
          session_timeout: 3600,
          on_unauthenticated_request: "authenticate",
        },
      },
      { type: "forward", order: 2 },
    ]);
    expect(resources["aws_lb_listener_rule.alb_listener_443_admin"]?.["action"]).toMatchObject([
      {
        type: "authenticate-cognito",
        authenticate_cognito: { user_pool_domain: "acme", on_unauthenticated_request: "deny" },
      },
      { type: "forward", target_group_arn: "${aws_lb_target_group.alb_admin.arn}" },
    ]);
    expect(resources["aws_vpc_security_group_egress_rule.alb_security_group_to_0_0_0_0_0_443"]).toMatchObject({
      cidr_ipv4: "0.0.0.0/0",
      from_port: 443,
    });
  });
});
