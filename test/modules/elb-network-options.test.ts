import { Dashboard } from "../../modules/cloudwatch";
import { Instance } from "../../modules/ec2";
import {
  NetworkLoadBalancer,
  TargetGroup,
  type NetworkForwardOptions,
  type NetworkLoadBalancerProps,
} from "../../modules/elb";
import { Vpc } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

type Resources = Synthesized["resources"];

function balancer(
  props: Partial<NetworkLoadBalancerProps>,
  use: (nlb: NetworkLoadBalancer, app: Instance, vpc: Vpc) => void,
): Resources {
  return synthesized((stack) => {
    const vpc = new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
    const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
    use(new NetworkLoadBalancer(stack, "nlb", { vpc, ...props }), app, vpc);
  }).resources;
}

describe("a network load balancer that divides connections by weight", () => {
  const divided = (green: number): Resources =>
    balancer({}, (nlb, app) =>
      nlb.forward("mqtt", {
        to: { weighted: { blue: { to: app, weight: 100 - green }, green: { to: app, weight: green, port: 1884 } } },
        port: 1883,
        listenerPort: 8883,
      }),
    );

  test("has a group of the listener's protocol for each, and opens the targets for both", () => {
    const resources = divided(10);
    expect(resources["aws_lb_listener.nlb_listener_8883"]).toMatchObject({
      default_action: [
        {
          type: "forward",
          forward: {
            target_group: [
              { arn: "${aws_lb_target_group.nlb_mqtt_blue.arn}", weight: 90 },
              { arn: "${aws_lb_target_group.nlb_mqtt_green.arn}", weight: 10 },
            ],
          },
        },
      ],
    });
    expect(resources["aws_lb_target_group.nlb_mqtt_green"]).toMatchObject({ protocol: "TCP", port: 1884 });
    expect(Object.keys(resources).filter((address) => /ingress_rule\.app/.test(address))).toEqual([
      "aws_vpc_security_group_ingress_rule.app_security_group_from_nlb_security_group_1883",
      "aws_vpc_security_group_ingress_rule.app_security_group_from_nlb_security_group_1884",
    ]);
  });

  test("shifts from one to the other by the listener alone", () => {
    const { "aws_lb_listener.nlb_listener_8883": _before, ...others } = divided(10);
    const { "aws_lb_listener.nlb_listener_8883": _after, ...same } = divided(60);
    expect(same).toEqual(others);
  });

  test("takes groups that were made by hand beside those that it makes", () => {
    const resources = balancer({}, (nlb, app, vpc) => {
      const old = new TargetGroup(nlb, "old", { vpc, port: 1883, protocol: "TCP", targets: [app] });
      const weighted = { old: { to: old, weight: 1 }, new: { to: app, weight: 1, port: 1884 } };
      nlb.forward("mqtt", { to: { weighted }, listenerPort: 8883 });
    });
    expect(resources["aws_lb_target_group.nlb_mqtt_new"]).toMatchObject({ protocol: "TCP", port: 1884 });
    expect(resources["aws_lb_target_group.nlb_old"]).toMatchObject({ protocol: "TCP", port: 1883 });
  });
});

describe("a network load balancer without a security group", () => {
  const forward: Omit<NetworkForwardOptions, "to"> = { port: 1883, listenerPort: 8883 };
  const open = (props: Partial<NetworkLoadBalancerProps> = {}): Resources =>
    balancer({ securityGroup: "none", ...props }, (nlb, app) => nlb.forward("app", { to: app, ...forward }));
  const opened = (resources: Resources): unknown[] =>
    Object.entries(resources)
      .filter(([address]) => address.startsWith("aws_vpc_security_group_ingress_rule."))
      .map(([, rule]) => rule["cidr_ipv4"]);

  test("has none, and opens its targets to its clients and to the VPC, where health checks come from", () => {
    const resources = open({ internetFacing: true, ingress: [{ cidr: "203.0.113.0/24" }] });
    expect(resources["aws_lb.nlb"]).not.toHaveProperty("security_groups");
    expect(Object.keys(resources)).not.toContain("aws_security_group.nlb_security_group");
    expect(opened(resources)).toEqual(["10.0.0.0/16", "203.0.113.0/24"]);
  });

  test("asks for the VPC once when that is its clients too", () => {
    expect(opened(open())).toHaveLength(1);
  });

  test("says so when somebody asks for its group", () => {
    expect(() => balancer({ securityGroup: "none" }, (nlb) => nlb.allowFrom({ cidr: "10.0.0.0/8" }, 80))).toThrow(
      'NetworkLoadBalancer "dev-test/nlb" has no security group: leave out securityGroup: "none", or name addresses instead',
    );
  });
});

test("a network load balancer shows its connections, bytes and resets on a dashboard", () => {
  const dashboard = synthesized((stack) => {
    const vpc = vpcWith(["a"], ["private"]);
    new Dashboard(stack, "board", { widgets: new NetworkLoadBalancer(stack, "nlb", { vpc }).widgets() });
  }).resources["aws_cloudwatch_dashboard.board"];
  const body = String(dashboard?.["dashboard_body"]);
  for (const metric of ["NewFlowCount", "ProcessedBytes", "TCP_Target_Reset_Count"]) expect(body).toContain(metric);
  expect(body).toContain('"AWS/NetworkELB"');
  expect(body).toContain('"LoadBalancer","${aws_lb.nlb.arn_suffix}"');
});

test("a network load balancer for IPv6 refuses UDP, and takes it when it is for IPv4 alone", () => {
  const forward = (props: Partial<NetworkLoadBalancerProps>): Resources =>
    synthesized((stack) => {
      const vpc = { ...vpcWith(["a"], ["private"]), ipv6Cidr: "2001:db8::/56" };
      const to = { addresses: { syslog: "10.0.0.9" } };
      const nlb = new NetworkLoadBalancer(stack, "nlb", { vpc, ...props });
      nlb.forward("syslog", { to, port: 514, listenerPort: 514, protocol: "UDP" });
    }).resources;
  expect(() => forward({})).toThrowErrorMatchingInlineSnapshot(`
   "NetworkLoadBalancer "dev-test/nlb" is invalid:
     - UDP at port 514 ("syslog") is not possible with IPv6 clients, got ipAddressType "dualstack", the default in a VPC with IPv6: give the load balancer ipAddressType: "ipv4""
  `);
  expect(forward({ ipAddressType: "ipv4" })["aws_lb_listener.nlb_listener_514"]).toMatchObject({ protocol: "UDP" });
});
