import { ApplicationLoadBalancer, type ApplicationLoadBalancerProps } from "../../modules/elb";
import { Instance } from "../../modules/ec2";
import { Vpc } from "../../modules/vpc";
import type { EnvironmentStack } from "../../stacks";
import { synthesized, type Synthesized } from "../support/synthesized";

const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/a" };

function vpcIn(stack: EnvironmentStack, ipv6 = false): Vpc {
  return new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none", ipv6 });
}

type Use = (alb: ApplicationLoadBalancer, app: Instance, stack: EnvironmentStack) => void;

function balancer(
  props: Partial<ApplicationLoadBalancerProps> = {},
  use: Use = () => undefined,
  environment = {},
): Synthesized["resources"] {
  return synthesized((stack) => {
    const vpc = props.vpc ?? vpcIn(stack);
    const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
    use(new ApplicationLoadBalancer(stack, "alb", { vpc, ...props }), app, stack);
  }, environment).resources;
}

const withIpv6 = (props: Partial<ApplicationLoadBalancerProps>): Synthesized["resources"] =>
  synthesized((stack) => {
    new ApplicationLoadBalancer(stack, "alb", { vpc: vpcIn(stack, true), ...props });
  }).resources;

const ingress = (resources: Synthesized["resources"]): string[] =>
  Object.keys(resources)
    .filter((address) => address.startsWith("aws_vpc_security_group_ingress_rule.alb"))
    .map((address) => address.replace("aws_vpc_security_group_ingress_rule.alb_security_group_from_", ""))
    .sort();

describe("an application load balancer", () => {
  test("is internal, in private subnets, drops bad headers, and has no listener", () => {
    const resources = balancer();
    expect(resources["aws_lb.alb"]).toEqual({
      name: "acme-dev-alb",
      load_balancer_type: "application",
      internal: true,
      subnets: ["${aws_subnet.vpc_private_a.id}", "${aws_subnet.vpc_private_b.id}"],
      security_groups: ["${aws_security_group.alb_security_group.id}"],
      ip_address_type: "ipv4",
      enable_deletion_protection: false,
      enable_http2: true,
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
      tags: { Name: "acme-dev-alb" },
    });
    expect(
      Object.keys(resources).filter((address) => /aws_lb_listener|group_ingress|group_egress.*alb/.test(address)),
    ).toEqual([]);
  });

  test("with a certificate listens at 443, redirects from 80 and answers 404 until it is told otherwise", () => {
    const resources = balancer({ certificate, internetFacing: true });
    expect(resources["aws_lb.alb"]).toMatchObject({
      internal: false,
      subnets: ["${aws_subnet.vpc_public_a.id}", "${aws_subnet.vpc_public_b.id}"],
    });
    expect(resources["aws_lb_listener.alb_listener_443"]).toMatchObject({
      load_balancer_arn: "${aws_lb.alb.arn}",
      port: 443,
      protocol: "HTTPS",
      certificate_arn: certificate.arn,
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      default_action: [{ type: "fixed-response", fixed_response: { content_type: "text/plain", status_code: "404" } }],
    });
    expect(resources["aws_lb_listener.alb_listener_80"]).toMatchObject({
      protocol: "HTTP",
      default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
    });
    expect(ingress(resources)).toEqual(["0_0_0_0_0_443", "0_0_0_0_0_80"]);
  });

  test("has no redirect when it is switched off, and another TLS policy when one is named", () => {
    const resources = balancer({
      certificate,
      redirectHttpToHttps: false,
      tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    });
    expect(resources).not.toHaveProperty(["aws_lb_listener.alb_listener_80"]);
    expect(resources["aws_lb_listener.alb_listener_443"]).toMatchObject({
      ssl_policy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    });
  });

  test("is open to the VPC when it is internal, and to those who are named when some are", () => {
    expect(ingress(balancer({ certificate, redirectHttpToHttps: false }))).toEqual(["10_0_0_0_16_443"]);
    const office = { cidr: "203.0.113.0/24" };
    const named = balancer({ certificate, internetFacing: true, ingress: [office], redirectHttpToHttps: false });
    expect(ingress(named)).toEqual(["203_0_113_0_24_443"]);
  });

  test("speaks IPv6 too where the VPC has it, unless told not to", () => {
    const resources = withIpv6({ certificate, internetFacing: true, redirectHttpToHttps: false });
    expect(resources["aws_lb.alb"]).toMatchObject({ ip_address_type: "dualstack" });
    expect(ingress(resources)).toEqual(["0_0_0_0_0_443", "_0_443"]);
    const ipv4 = withIpv6({ certificate, internetFacing: true, redirectHttpToHttps: false, ipAddressType: "ipv4" });
    expect(ingress(ipv4)).toEqual(["0_0_0_0_0_443"]);
  });

  test("refuses its deletion in production only, unless told otherwise", () => {
    const protection = (props: object, tier: string): unknown =>
      balancer(props, undefined, { tier })["aws_lb.alb"]?.["enable_deletion_protection"];
    expect(protection({}, "production")).toBe(true);
    expect(protection({}, "staging")).toBe(false);
    expect(protection({ deletionProtection: true }, "staging")).toBe(true);
  });

  test("takes every attribute that is said", () => {
    const resources = balancer({
      idleTimeoutSeconds: 120,
      clientKeepAliveSeconds: 600,
      http2: false,
      forwardedForHeader: "preserve",
      forwardedForClientPort: true,
      preserveHostHeader: true,
      dropInvalidHeaders: false,
      desyncMitigation: "strictest",
      tlsHeaders: true,
      wafFailOpen: true,
      zonalShift: true,
      subnets: "isolated",
      webAclArn: "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/web/1",
    });
    expect(resources["aws_lb.alb"]).toMatchObject({
      idle_timeout: 120,
      client_keep_alive: 600,
      enable_http2: false,
      xff_header_processing_mode: "preserve",
      enable_xff_client_port: true,
      preserve_host_header: true,
      drop_invalid_header_fields: false,
      desync_mitigation_mode: "strictest",
      enable_tls_version_and_cipher_suite_headers: true,
      enable_waf_fail_open: true,
      enable_zonal_shift: true,
      subnets: ["${aws_subnet.vpc_isolated_a.id}", "${aws_subnet.vpc_isolated_b.id}"],
    });
    expect(resources["aws_wafv2_web_acl_association.alb_web_acl_association"]).toEqual({
      resource_arn: "${aws_lb.alb.arn}",
      web_acl_arn: "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/web/1",
    });
  });
});
