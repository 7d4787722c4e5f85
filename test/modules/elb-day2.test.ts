import { Instance } from "../../modules/ec2";
import { ApplicationLoadBalancer, type ApplicationLoadBalancerProps, type ForwardOptions } from "../../modules/elb";
import { Vpc } from "../../modules/vpc";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";

const arn = (name: string): { arn: string } => ({ arn: `arn:aws:acm:eu-west-1:111111111111:certificate/${name}` });

type Forwards = Readonly<Record<string, Omit<ForwardOptions, "to">>>;

function built(forwards: Forwards, props: Partial<ApplicationLoadBalancerProps> = {}): Synthesized["resources"] {
  return synthesized((stack) => {
    const vpc = new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
    const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
    const alb = new ApplicationLoadBalancer(stack, "alb", { vpc, certificate: arn("main"), ...props });
    for (const [name, options] of Object.entries(forwards)) alb.forward(name, { to: app, port: 8080, ...options });
  }).resources;
}

/** Addresses that were added, dropped or changed. */
function changes(before: Synthesized["resources"], after: Synthesized["resources"]): Record<string, string[]> {
  const [old, now] = [Object.keys(before), Object.keys(after)];
  return {
    added: now.filter((address) => !old.includes(address)).sort(),
    dropped: old.filter((address) => !now.includes(address)).sort(),
    changed: old
      .filter((address) => now.includes(address) && JSON.stringify(before[address]) !== JSON.stringify(after[address]))
      .sort(),
  };
}

const two: Forwards = { web: {}, api: { paths: ["/api/*"] } };

describe("on day two", () => {
  test.each([
    ["at the end", { ...two, img: { paths: ["/img/*"] } }],
    ["at the front", { img: { paths: ["/img/*"] }, ...two }],
  ])("a forward that is added %s adds what is its own and changes nothing", (_where, forwards) => {
    expect(changes(built(two), built(forwards))).toEqual({
      added: [
        "aws_lb_listener_rule.alb_listener_443_img",
        "aws_lb_target_group.alb_img",
        "aws_lb_target_group_attachment.alb_img_app",
      ],
      dropped: [],
      changed: [],
    });
  });

  test("another certificate changes the listener in place", () => {
    expect(changes(built(two), built(two, { certificate: arn("next") }))).toEqual({
      added: [],
      dropped: [],
      changed: ["aws_lb_listener.alb_listener_443"],
    });
  });

  test("the first of three further certificates is dropped without the others noticing", () => {
    const certificates = { one: arn("1"), two: arn("2"), three: arn("3") };
    const { one, ...rest } = certificates;
    expect(one).toEqual(arn("1"));
    expect(changes(built(two, { certificates }), built(two, { certificates: rest }))).toEqual({
      added: [],
      dropped: ["aws_lb_listener_certificate.alb_listener_443_certificate_one"],
      changed: [],
    });
  });

  test.each<[string, Omit<ForwardOptions, "to">]>([
    ["port", { port: 8081 }],
    ["protocol", { protocol: "HTTPS" }],
    ["protocol version", { protocolVersion: "HTTP2" }],
  ])(
    "another %s makes a group with another name before the old one goes, in place for the listener",
    (_what, change) => {
      const [before, after] = [built(two), built({ ...two, web: change })];
      const group = (resources: Synthesized["resources"]): Json | undefined => resources["aws_lb_target_group.alb_web"];
      expect(group(before)?.["name"]).not.toBe(group(after)?.["name"]);
      expect(group(after)).toMatchObject({ lifecycle: { create_before_destroy: true } });
      const { changed, dropped } = changes(before, after);
      expect(changed).toEqual(["aws_lb_target_group.alb_web"]);
      expect(dropped).toEqual([]);
      expect(after["aws_lb_target_group_attachment.alb_web_app"]).toMatchObject({
        lifecycle: { create_before_destroy: true },
      });
    },
  );

  test("a switch from plain to weighted keeps the listener and the rules", () => {
    const weighted = (resources: Synthesized["resources"]): string[] =>
      Object.keys(resources).filter((address) => address.startsWith("aws_lb_listener"));
    expect(weighted(built({ web: { weight: 1 }, api: { paths: ["/api/*"] } }))).toEqual(weighted(built(two)));
  });

  test("a certificate that is given later leaves the plain listener's address", () => {
    const plain = { web: { listenerPort: 80 } };
    const before = built(plain, { certificate: undefined });
    const after = built({ web: {} });
    expect(changes(before, after)).toMatchObject({ dropped: [], changed: ["aws_lb_listener.alb_listener_80"] });
  });
});
