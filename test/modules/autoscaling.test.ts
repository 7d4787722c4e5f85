import type { AutoScalingGroup } from "../../modules/autoscaling";
import { ANYWHERE } from "../../modules/ec2";
import { group, web } from "../support/auto-scaling-group";
import type { Json } from "../support/synthesized";

describe("an Auto Scaling group", () => {
  test("is private, in every zone, rolls with its template and hands its tags to its instances", () => {
    expect(group()).toEqual({
      name: "acme-dev-web",
      min_size: 2,
      max_size: 6,
      vpc_zone_identifier: ["${aws_subnet.vpc_private_a.id}", "${aws_subnet.vpc_private_b.id}"],
      launch_template: {
        id: "${aws_launch_template.web_launch_template.id}",
        version: "${aws_launch_template.web_launch_template.latest_version}",
      },
      health_check_type: "EC2",
      health_check_grace_period: 300,
      enabled_metrics: [
        "GroupMinSize",
        "GroupMaxSize",
        "GroupDesiredCapacity",
        "GroupInServiceInstances",
        "GroupPendingInstances",
        "GroupStandbyInstances",
        "GroupTerminatingInstances",
        "GroupTotalInstances",
      ],
      instance_refresh: { strategy: "Rolling", preferences: { min_healthy_percentage: 90, auto_rollback: true } },
      tag: [
        { key: "Project", value: "acme", propagate_at_launch: true },
        { key: "Environment", value: "dev", propagate_at_launch: true },
        { key: "Name", value: "acme-dev-web", propagate_at_launch: true },
      ],
    });
  });

  test("gives role and security group places of their own, and the volumes its name", () => {
    const resources = web();
    expect(
      Object.keys(resources)
        .filter((address) => /^aws_.*(role|profile|_group\.|template)/.test(address))
        .sort(),
    ).toEqual([
      "aws_autoscaling_group.web",
      "aws_default_security_group.vpc_default_security_group",
      "aws_iam_instance_profile.web_launch_template_profile",
      "aws_iam_role.web_role",
      "aws_iam_role_policy_attachment.web_role_AmazonSSMManagedInstanceCore",
      "aws_launch_template.web_launch_template",
      "aws_security_group.web_security_group",
    ]);
    const specifications = resources["aws_launch_template.web_launch_template"]?.["tag_specifications"] as Json[];
    expect(specifications[1]).toMatchObject({ resource_type: "volume", tags: { Name: "acme-dev-web" } });
  });

  test("has the environment's tags and its own on every instance", () => {
    const body = group({ tags: { Team: "shop" } }, { tags: { CostCenter: "42" } });
    expect((body["tag"] as Json[]).map(({ key, value }) => [key, value])).toEqual([
      ["CostCenter", "42"],
      ["Project", "acme"],
      ["Environment", "dev"],
      ["Name", "acme-dev-web"],
      ["Team", "shop"],
    ]);
  });

  test("in public subnets asks for public addresses, and in some zones only is in those", () => {
    const resources = web({ subnets: "public", availabilityZones: ["b"] });
    expect(resources["aws_autoscaling_group.web"]).toMatchObject({
      vpc_zone_identifier: ["${aws_subnet.vpc_public_b.id}"],
    });
    expect(resources["aws_launch_template.web_launch_template"]).toMatchObject({
      network_interfaces: [{ associate_public_ip_address: "true" }],
    });
  });

  test("takes every option of the group", () => {
    const body = group({
      healthCheckType: "ELB",
      healthCheckGraceSeconds: 60,
      cooldownSeconds: 120,
      warmupSeconds: 90,
      maxInstanceLifetimeDays: 30,
      capacityRebalance: true,
      terminationPolicies: ["OldestInstance", "Default"],
      scaleInProtection: true,
      suspendedProcesses: ["AZRebalance"],
      metrics: ["GroupInServiceInstances"],
      capacityTimeoutMinutes: 0,
      maintenance: { minHealthyPercent: 100, maxHealthyPercent: 110 },
      warmPool: { minSize: 1, maxPreparedSize: 4, state: "Hibernated", reuseOnScaleIn: true },
      instanceRefresh: {
        minHealthyPercent: 50,
        maxHealthyPercent: 120,
        rollback: false,
        alarms: ["errors"],
        warmupSeconds: 60,
        skipMatching: true,
        checkpointPercents: [20, 100],
        checkpointDelaySeconds: 600,
        scaleInProtectedInstances: "Refresh",
        standbyInstances: "Wait",
        triggers: ["tag"],
      },
    });
    expect(body).toMatchObject({
      health_check_type: "ELB",
      health_check_grace_period: 60,
      default_cooldown: 120,
      default_instance_warmup: 90,
      max_instance_lifetime: 2_592_000,
      capacity_rebalance: true,
      termination_policies: ["OldestInstance", "Default"],
      protect_from_scale_in: true,
      suspended_processes: ["AZRebalance"],
      enabled_metrics: ["GroupInServiceInstances"],
      wait_for_capacity_timeout: "0m",
      instance_maintenance_policy: { min_healthy_percentage: 100, max_healthy_percentage: 110 },
      warm_pool: {
        min_size: 1,
        max_group_prepared_capacity: 4,
        pool_state: "Hibernated",
        instance_reuse_policy: { reuse_on_scale_in: true },
      },
      instance_refresh: {
        strategy: "Rolling",
        triggers: ["tag"],
        preferences: {
          min_healthy_percentage: 50,
          max_healthy_percentage: 120,
          auto_rollback: false,
          alarm_specification: { alarms: ["errors"] },
          instance_warmup: "60",
          skip_matching: true,
          checkpoint_percentages: [20, 100],
          checkpoint_delay: "600",
          scale_in_protected_instances: "Refresh",
          standby_instances: "Wait",
        },
      },
    });
    expect(group({ instanceRefresh: "none" })).not.toHaveProperty("instance_refresh");
  });

  test("opens its own port unless told another, and refuses to guess one", () => {
    const rules = (port: number | undefined, ask: (group: AutoScalingGroup) => void): string[] =>
      Object.keys(web({ port }, ask)).filter((address) => address.includes("ingress_rule"));
    expect(rules(8080, (asg) => asg.allowFrom(ANYWHERE))).toEqual([
      "aws_vpc_security_group_ingress_rule.web_security_group_from_0_0_0_0_0_8080",
    ]);
    expect(rules(8080, (asg) => asg.allowFrom(ANYWHERE, "https"))).toEqual([
      "aws_vpc_security_group_ingress_rule.web_security_group_from_0_0_0_0_0_443",
    ]);
    expect(() => rules(undefined, (asg) => asg.allowFrom(ANYWHERE))).toThrow(
      'AutoScalingGroup "dev-test/web" has no port of its own: say which one, allowFrom(client, 80)',
    );
  });
});

describe("the size of a group", () => {
  test("is not managed unless it is said", () => {
    expect(group()).not.toHaveProperty("desired_capacity");
    expect(group({ scaling: { cpu: { type: "cpu", targetPercent: 60 } } })).not.toHaveProperty("lifecycle");
  });

  test("is managed or ignored at the same address, and nothing else changes", () => {
    const managed = web({ desiredSize: 3 });
    const ignored = web({ desiredSize: 3, ignoreDesiredSize: true });
    expect(Object.keys(ignored)).toEqual(Object.keys(managed));
    expect(managed["aws_autoscaling_group.web"]).toMatchObject({ desired_capacity: 3 });
    expect(managed["aws_autoscaling_group.web"]).not.toHaveProperty("lifecycle");
    expect(ignored["aws_autoscaling_group.web"]).toEqual({
      ...managed["aws_autoscaling_group.web"],
      lifecycle: { ignore_changes: ["desired_capacity"] },
    });
  });

  test("is ignored by default where something else sets it", () => {
    const ignored = { lifecycle: { ignore_changes: ["desired_capacity"] } };
    const scaling = { cpu: { type: "cpu", targetPercent: 60 } } as const;
    expect(group({ desiredSize: 3, scaling })).toMatchObject(ignored);
    expect(group({ desiredSize: 3, schedules: { night: { recurrence: "0 20 * * *", minSize: 0 } } })).toMatchObject(
      ignored,
    );
    expect(group({ desiredSize: 3, scaling, ignoreDesiredSize: false })).not.toHaveProperty("lifecycle");
  });
});

test("a group that is set up wrongly is refused, with everything that is wrong", () => {
  expect(() =>
    web({
      instanceType: undefined,
      minSize: 5,
      maxSize: 3,
      desiredSize: 9,
      availabilityZones: ["a", "c"],
      alarms: { notify: [] },
      metrics: [],
      scaling: {
        none: { type: "step", metric: { namespace: "Shop", name: "Queue", statistic: "Sum" }, steps: [] },
        both: {
          type: "step",
          metric: { namespace: "Shop", name: "Queue", statistic: "Sum" },
          steps: [
            { atLeast: 5, change: 1 },
            { atMost: 1, change: -1 },
          ],
        },
        twice: {
          type: "step",
          metric: { namespace: "Shop", name: "Queue", statistic: "Sum" },
          steps: [
            { atLeast: 5, change: 1 },
            { atLeast: 5, change: 2 },
          ],
        },
      },
      schedules: { nothing: {}, wrong: { startTime: "2030-01-01T00:00:00Z", minSize: 2, maxSize: 1.5 } },
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
   "AutoScalingGroup "dev-test/web" is invalid:
     - minSize must be at most maxSize, got 5 and 3: lower the one or raise the other
     - desiredSize must be at most maxSize, got 9 and 3: lower the one or raise the other
     - availabilityZones must be of the VPC's ["a","b"], got "c": drop it
     - it needs an instanceType such as "t4g.small", got none; or give instanceTypes or instanceRequirements
     - scaling.none.steps must have at least one step, got none
     - scaling.both.steps must all say atLeast or all say atMost, got both: make it two policies
     - scaling.twice.steps begins two steps at 5: drop one of the two
     - schedules.nothing must change something, got no size: give minSize, maxSize or desiredSize
     - schedules.nothing must say when, got neither: give recurrence or startTime
     - schedules.wrong.maxSize must be a whole number of instances, 0 or more, got 1.5
     - schedules.wrong.minSize must be at most maxSize, got 2 and 1.5: lower the one or raise the other
     - alarms watch the metric GroupInServiceInstances, and metrics leave it out: add it, or drop alarms"
  `);
});
