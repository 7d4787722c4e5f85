import { Instance } from "../../modules/ec2";
import {
  ApplicationLoadBalancer,
  NetworkLoadBalancer,
  TargetGroup,
  type NetworkForwardOptions,
  type NetworkLoadBalancerProps,
} from "../../modules/elb";
import { Vpc } from "../../modules/vpc";
import { EnvironmentStack } from "../../stacks";
import { plainEnvironment, synthesized, synthesizedApp, type Synthesized } from "../support/synthesized";

const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/a" };

function vpcIn(stack: EnvironmentStack): Vpc {
  return new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
}

function balancer(
  props: Partial<NetworkLoadBalancerProps> = {},
  use: (nlb: NetworkLoadBalancer, app: Instance, vpc: Vpc) => void = () => undefined,
): Synthesized["resources"] {
  return synthesized((stack) => {
    const vpc = vpcIn(stack);
    const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
    use(new NetworkLoadBalancer(stack, "nlb", { vpc, ...props }), app, vpc);
  }).resources;
}

function forwarded(options: Omit<NetworkForwardOptions, "to">, props = {}): Synthesized["resources"] {
  return balancer(props, (nlb, app) => nlb.forward("app", { to: app, ...options }));
}

const opened = (resources: Synthesized["resources"]): string[] =>
  Object.keys(resources)
    .filter((address) => /_ingress_rule\.(nlb|app)/.test(address))
    .map((address) => address.replace(/^.*_from_/, ""))
    .sort();

describe("a network load balancer", () => {
  test("is internal, sends across zones, and has a security group of its own", () => {
    expect(balancer()["aws_lb.nlb"]).toEqual({
      name: "acme-dev-nlb",
      load_balancer_type: "network",
      internal: true,
      subnets: ["${aws_subnet.vpc_private_a.id}", "${aws_subnet.vpc_private_b.id}"],
      security_groups: ["${aws_security_group.nlb_security_group.id}"],
      ip_address_type: "ipv4",
      enable_deletion_protection: false,
      enable_cross_zone_load_balancing: true,
      tags: { Name: "acme-dev-nlb" },
    });
  });

  test("has Elastic IPs of its own, or those that are given, by zone", () => {
    const own = balancer({ internetFacing: true, elasticIps: true });
    expect(own["aws_lb.nlb"]).toMatchObject({
      internal: false,
      subnet_mapping: [
        { subnet_id: "${aws_subnet.vpc_public_a.id}", allocation_id: "${aws_eip.nlb_elastic_ip_a.id}" },
        { subnet_id: "${aws_subnet.vpc_public_b.id}", allocation_id: "${aws_eip.nlb_elastic_ip_b.id}" },
      ],
    });
    expect(own["aws_lb.nlb"]).not.toHaveProperty("subnets");
    const given = balancer({ internetFacing: true, elasticIps: { b: "eipalloc-b", a: "eipalloc-a" } });
    expect(given["aws_lb.nlb"]).toMatchObject({
      subnet_mapping: [{ allocation_id: "eipalloc-a" }, { allocation_id: "eipalloc-b" }],
    });
    expect(Object.keys(given).filter((address) => address.startsWith("aws_eip.nlb"))).toEqual([]);
  });

  test("has fixed private addresses when they are given", () => {
    expect(balancer({ privateIps: { a: "10.0.0.10", b: "10.0.16.10" } })["aws_lb.nlb"]).toMatchObject({
      subnet_mapping: [
        { subnet_id: "${aws_subnet.vpc_private_a.id}", private_ipv4_address: "10.0.0.10" },
        { private_ipv4_address: "10.0.16.10" },
      ],
    });
  });
});

describe("forward of a network load balancer", () => {
  test("speaks TCP to both sides, and checks by TCP", () => {
    const resources = forwarded({ listenerPort: 8883, port: 1883 });
    expect(resources["aws_lb_listener.nlb_listener_8883"]).toMatchObject({
      port: 8883,
      protocol: "TCP",
      default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.nlb_app.arn}" }],
    });
    expect(resources["aws_lb_target_group.nlb_app"]).toMatchObject({
      port: 1883,
      protocol: "TCP",
      health_check: { protocol: "TCP" },
    });
    expect(resources["aws_lb_target_group.nlb_app"]).not.toHaveProperty("protocol_version");
    expect(opened(resources)).toEqual(["10_0_0_0_16_8883", "nlb_security_group_1883"]);
  });

  test("ends TLS with its certificate, and speaks TCP behind it unless told otherwise", () => {
    const options = { listenerPort: 443, port: 8443, protocol: "TLS", alpnPolicy: "HTTP2Preferred" } as const;
    const resources = forwarded(options, { certificate, certificates: { other: { arn: "arn:other" } } });
    expect(resources["aws_lb_listener.nlb_listener_443"]).toMatchObject({
      protocol: "TLS",
      certificate_arn: certificate.arn,
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      alpn_policy: "HTTP2Preferred",
    });
    expect(resources["aws_lb_listener_certificate.nlb_listener_443_certificate_other"]).toMatchObject({
      certificate_arn: "arn:other",
    });
    expect(resources["aws_lb_target_group.nlb_app"]).toMatchObject({ protocol: "TCP" });
    const through = forwarded({ ...options, targetProtocol: "TLS" }, { certificate });
    expect(through["aws_lb_target_group.nlb_app"]).toMatchObject({ protocol: "TLS" });
  });

  test("opens UDP for traffic and TCP for the health check", () => {
    expect(opened(forwarded({ listenerPort: 53, port: 5353, protocol: "UDP" }))).toEqual([
      "10_0_0_0_16_udp_53",
      "nlb_security_group_5353",
      "nlb_security_group_udp_5353",
    ]);
    expect(opened(forwarded({ listenerPort: 53, port: 5353, protocol: "TCP_UDP" }))).toEqual([
      "10_0_0_0_16_53",
      "10_0_0_0_16_udp_53",
      "nlb_security_group_5353",
      "nlb_security_group_udp_5353",
    ]);
  });

  test("takes what only network load balancers have", () => {
    const resources = forwarded({
      listenerPort: 80,
      port: 80,
      preserveClientIp: false,
      proxyProtocol: true,
      connectionTermination: true,
      stickiness: { type: "source_ip" },
      idleTimeoutSeconds: 600,
    });
    expect(resources["aws_lb_target_group.nlb_app"]).toMatchObject({
      preserve_client_ip: "false",
      proxy_protocol_v2: true,
      connection_termination: true,
      stickiness: { type: "source_ip", enabled: true },
    });
    expect(resources["aws_lb_listener.nlb_listener_80"]).toMatchObject({ tcp_idle_timeout_seconds: 600 });
  });

  test("sends to an application load balancer, once that listens", () => {
    const resources = balancer({ internetFacing: true }, (nlb, _app, vpc) => {
      const alb = new ApplicationLoadBalancer(nlb.node.scope as EnvironmentStack, "alb", { vpc, certificate });
      nlb.forward("web", { to: alb, listenerPort: 443 });
    });
    expect(resources["aws_lb_target_group.nlb_web"]).toMatchObject({
      target_type: "alb",
      port: 443,
      protocol: "TCP",
      health_check: { protocol: "HTTPS", path: "/", matcher: "200-399" },
    });
    expect(resources["aws_lb_target_group_attachment.nlb_web_alb"]).toMatchObject({
      target_id: "${aws_lb.alb.arn}",
      depends_on: ["aws_lb_listener.alb_listener_443"],
    });
    expect(resources).toHaveProperty([
      "aws_vpc_security_group_ingress_rule.alb_security_group_from_nlb_security_group_443",
    ]);
  });
});

describe("a network load balancer refuses", () => {
  test("addresses that its scheme cannot have, and zones left out", () => {
    expect(() => balancer({ elasticIps: true })).toThrowErrorMatchingInlineSnapshot(`
     "NetworkLoadBalancer "dev-test/nlb" is invalid:
       - elasticIps need internetFacing, got true: nobody could reach the addresses"
    `);
    expect(() => balancer({ internetFacing: true, privateIps: { a: "10.0.0.10" } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "NetworkLoadBalancer "dev-test/nlb" is invalid:
       - privateIps are for load balancers that do not face the internet, got {"a":"10.0.0.10"}: use elasticIps
       - privateIps must name an address for each of the zones ["a","b"], got ["a"]"
    `);
  });

  test("TLS without a certificate, and a port that is taken", () => {
    expect(() => forwarded({ listenerPort: 443, port: 443, protocol: "TLS" })).toThrowErrorMatchingInlineSnapshot(`
     "NetworkLoadBalancer "dev-test/nlb" is invalid:
       - TLS at port 443 needs a certificate, got none ("app"): give certificate, or protocol "TCP" and let the targets do TLS"
    `);
    expect(() =>
      balancer({}, (nlb, app) => {
        nlb.forward("one", { to: app, listenerPort: 80, port: 80 });
        nlb.forward("two", { to: app, listenerPort: 80, port: 81 });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "NetworkLoadBalancer "dev-test/nlb" is invalid:
       - port 80 has a forward already, got "two" besides: take another listenerPort, or put the targets into one group"
    `);
  });

  test("what is of TLS where there is none", () => {
    expect(() => balancer({ certificates: { other: { arn: "arn:other" } } })).toThrow(
      "certificates is for TLS listeners and needs a certificate of the load balancer's own, got none: give certificate",
    );
    expect(() => forwarded({ listenerPort: 80, port: 80, alpnPolicy: "HTTP2Only" })).toThrow(
      'alpnPolicy of "app" is for TLS, got "HTTP2Only" for TCP: drop it, or say protocol "TLS"',
    );
  });

  test("an application load balancer that does not listen at the port, and a group of a later stack", () => {
    expect(() =>
      balancer({}, (nlb, _app, vpc) => {
        const alb = new ApplicationLoadBalancer(nlb.node.scope as EnvironmentStack, "alb", { vpc });
        nlb.forward("web", { to: alb, listenerPort: 80 });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "ApplicationLoadBalancer "dev-test/alb" is invalid:
       - it must have a listener at port 80 before a Network Load Balancer sends there: forward to something at this port first"
    `);
    expect(() =>
      synthesizedApp((app) => {
        const stack = (name: string): EnvironmentStack =>
          new EnvironmentStack(app, name, { environment: plainEnvironment });
        const network = stack("network");
        const vpc = vpcIn(network);
        const nlb = new NetworkLoadBalancer(network, "nlb", { vpc });
        const later = new TargetGroup(stack("later"), "web", { vpc, port: 80, protocol: "TCP" });
        nlb.forward("web", { to: later, listenerPort: 80 });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "NetworkLoadBalancer "dev-network/nlb" is invalid:
       - "web" sends to a group of a later stack, "dev-later/web": make the group here, and let its targets join it from there"
    `);
  });
});
