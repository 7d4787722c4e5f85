import type { WebConfig } from "../../environments/web-config";
import { Vpc } from "../../modules/vpc";
import { Topic } from "../../modules/sns";
import { EnvironmentStack } from "../../stacks";
import { WebStack, type WebStackProps } from "../../stacks/web";
import { byAddress, plainEnvironment, synthesizedApp, type Json } from "../support/synthesized";

const SHOP = { instanceType: "t4g.small", minSize: 1, maxSize: 2, port: 8080 } as const;

/** The resources of an environment's web stack. */
function web(config: Partial<WebConfig> = {}, props: Partial<WebStackProps> = {}): Record<string, Json> {
  const environment = { ...plainEnvironment, web: { services: { shop: SHOP }, ...config } };
  const documents = synthesizedApp((app) => {
    const network = new EnvironmentStack(app, "network", { environment });
    const vpc = new Vpc(network, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
    new WebStack(app, { environment, vpc, zones: {}, alarmTopic: new Topic(network, "alarms"), ...props });
  });
  return byAddress(documents["dev-web"] ?? {});
}

/** The titles on the environment's dashboard. */
function titles(resources: Record<string, Json>): string[] {
  const body = JSON.parse(String(resources["aws_cloudwatch_dashboard.dashboard"]?.["dashboard_body"])) as {
    widgets: { properties: { title?: string } }[];
  };
  return body.widgets.map(({ properties }) => properties.title ?? "");
}

describe("the web stack", () => {
  test("has no dashboard by default, and switching it on touches nothing else", () => {
    const { "aws_cloudwatch_dashboard.dashboard": dashboard, ...others } = web({ dashboard: true });
    expect(dashboard).toBeDefined();
    expect(others).toEqual(web());
  });

  test("speaks HTTP under the load balancer's own name when there is no domain", () => {
    const resources = web();
    expect(Object.keys(resources).filter((address) => /^aws_(lb_listener|acm)/.test(address))).toEqual([
      "aws_lb_listener.alb_listener_80",
    ]);
    expect(resources["aws_lb_listener.alb_listener_80"]).toMatchObject({
      protocol: "HTTP",
      default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.alb_shop.arn}" }],
    });
  });

  test("shows the load balancer, every group, and what earlier stacks have to show", () => {
    const markdown = { metrics: { used: { namespace: "AWS/RDS", name: "CPUUtilization", statistic: "Average" } } };
    const services = { shop: { ...SHOP, green: { percent: 10 } } };
    expect(titles(web({ dashboard: true, services }, { widgets: { "orders: CPU": markdown } }))).toEqual([
      "Requests",
      "Errors",
      "Response time",
      "shop: CPU",
      "shop: Instances",
      "shop: Traffic",
      "shop_green: CPU",
      "shop_green: Instances",
      "shop_green: Traffic",
      "orders: CPU",
    ]);
  });

  test("says of both target groups what the service says, and passes requests through the web ACL", () => {
    const stickiness = { type: "lb_cookie" } as const;
    const services = { shop: { ...SHOP, stickiness, deregistrationDelaySeconds: 30, green: { percent: 5 } } };
    const resources = web({ services, webAclArn: "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/shop/1" });
    for (const group of ["alb_shop", "alb_shop_green"])
      expect(resources[`aws_lb_target_group.${group}`]).toMatchObject({
        stickiness: { enabled: true, type: "lb_cookie" },
        deregistration_delay: "30",
      });
    expect(resources["aws_wafv2_web_acl_association.alb_web_acl_association"]).toBeDefined();
  });

  test("gets a green group beside a service, whose own group and target group stay as they are", () => {
    const { "aws_lb_listener.alb_listener_80": before, ...others } = web();
    const green = web({ services: { shop: { ...SHOP, green: { percent: 0 } } } });
    expect(green).toMatchObject(others);
    expect(green["aws_lb_listener.alb_listener_80"]).toEqual({
      ...before,
      default_action: [
        {
          type: "forward",
          forward: {
            target_group: [
              { arn: "${aws_lb_target_group.alb_shop.arn}", weight: 100 },
              { arn: "${aws_lb_target_group.alb_shop_green.arn}", weight: 0 },
            ],
          },
        },
      ],
    });
  });

  test("shifts from blue to green by one number, in the action of one listener or of one rule", () => {
    const shifted = (percent: number, paths?: readonly string[]): Record<string, Json> =>
      web({ services: { shop: { ...SHOP, green: { percent } }, api: { ...SHOP, paths, green: { percent } } } });
    const withoutAction = (address: string, resources: Record<string, Json>): Record<string, Json> => {
      const { [address]: one, ...others } = resources;
      const { default_action: _default, action: _action, ...rest } = one ?? {};
      return { ...others, [address]: rest };
    };
    const rule = "aws_lb_listener_rule.alb_listener_80_api";
    expect(() => shifted(10)).toThrow("can have one default only");
    const [before, after] = [shifted(10, ["/api/*"]), shifted(60, ["/api/*"])];
    expect(before).not.toEqual(after);
    const listener = "aws_lb_listener.alb_listener_80";
    const others = (resources: Record<string, Json>) => withoutAction(rule, withoutAction(listener, resources));
    expect(others(before)).toEqual(others(after));
  });
});
