import { AutoScalingGroup, LaunchTemplate } from "../../modules/autoscaling";
import { ANYWHERE } from "../../modules/ec2";
import { group, vpcIn, web } from "../support/auto-scaling-group";
import { synthesized } from "../support/synthesized";

describe("what a group starts", () => {
  test("is one type of the template, or several in an order, with weights", () => {
    const resources = web({
      instanceType: undefined,
      instanceTypes: { "m7g.large": { weight: 1 }, "m7g.xlarge": { weight: 2 } },
    });
    const body = resources["aws_autoscaling_group.web"];
    expect(body).not.toHaveProperty("launch_template");
    expect(body?.["mixed_instances_policy"]).toEqual({
      instances_distribution: {
        on_demand_allocation_strategy: "prioritized",
        on_demand_base_capacity: 0,
        on_demand_percentage_above_base_capacity: 100,
      },
      launch_template: {
        launch_template_specification: {
          launch_template_id: "${aws_launch_template.web_launch_template.id}",
          version: "${aws_launch_template.web_launch_template.latest_version}",
        },
        override: [
          { instance_type: "m7g.large", weighted_capacity: "1" },
          { instance_type: "m7g.xlarge", weighted_capacity: "2" },
        ],
      },
    });
    expect(resources["data.aws_ssm_parameter.web_launch_template_image"]?.["name"]).toContain("arm64");
    expect(resources["aws_launch_template.web_launch_template"]).toMatchObject({ instance_type: "m7g.large" });
  });

  test("is Spot above the on-demand base, and replaced before AWS takes it back", () => {
    expect(group({ spot: { onDemandBase: 2, onDemandAboveBasePercent: 25, maxPriceUsd: "0.05" } })).toMatchObject({
      capacity_rebalance: true,
      mixed_instances_policy: {
        instances_distribution: {
          on_demand_base_capacity: 2,
          on_demand_percentage_above_base_capacity: 25,
          spot_allocation_strategy: "price-capacity-optimized",
          spot_max_price: "0.05",
        },
      },
    });
    expect(group({ spot: { strategy: "lowest-price", pools: 3 } })).toMatchObject({
      mixed_instances_policy: {
        instances_distribution: {
          on_demand_percentage_above_base_capacity: 0,
          spot_allocation_strategy: "lowest-price",
          spot_instance_pools: 3,
        },
      },
    });
  });

  test("is whatever meets the requirements", () => {
    const body = group({
      instanceType: undefined,
      image: { id: "ami-1" },
      instanceRequirements: {
        vcpus: { min: 2, max: 4 },
        memoryMib: { min: 4096 },
        memoryGibPerVcpu: { max: 8 },
        cpuManufacturers: ["amazon-web-services"],
        instanceGenerations: ["current"],
        excludedInstanceTypes: ["t*"],
        burstablePerformance: "excluded",
        acceleratorCount: { max: 0 },
        spotMaxPricePercentOverLowest: 80,
        onDemandMaxPricePercentOverLowest: 30,
      },
    });
    expect(body["mixed_instances_policy"]).toMatchObject({
      instances_distribution: { on_demand_allocation_strategy: "lowest-price" },
      launch_template: {
        override: [
          {
            instance_requirements: {
              vcpu_count: { min: 2, max: 4 },
              memory_mib: { min: 4096 },
              memory_gib_per_vcpu: { max: 8 },
              cpu_manufacturers: ["amazon-web-services"],
              instance_generations: ["current"],
              excluded_instance_types: ["t*"],
              burstable_performance: "excluded",
              accelerator_count: { max: 0 },
              spot_max_price_percentage_over_lowest_price: 80,
              on_demand_max_price_percentage_over_lowest_price: 30,
            },
          },
        ],
      },
    });
  });

  test("is another script without another group: the template changes, and the group follows its version", () => {
    const [before, after] = [web({ userData: "one" }), web({ userData: "other" })];
    const changed = Object.keys(before).filter((address) => {
      return JSON.stringify(before[address]) !== JSON.stringify(after[address]);
    });
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(changed).toEqual(["aws_launch_template.web_launch_template"]);
  });

  test("can come from a template that several groups share", () => {
    const { resources } = synthesized((stack) => {
      const vpc = vpcIn(stack);
      const launchTemplate = new LaunchTemplate(stack, "shared", { vpc, instanceType: "t4g.small" });
      const [one] = ["one", "two"].map(
        (id) => new AutoScalingGroup(stack, id, { vpc, minSize: 1, maxSize: 2, launchTemplate, port: 80 }),
      );
      one?.allowFrom(ANYWHERE);
      one?.role.attachManagedPolicy("AmazonS3ReadOnlyAccess");
    });
    for (const id of ["one", "two"]) {
      expect(resources[`aws_autoscaling_group.${id}`]).toMatchObject({
        launch_template: {
          id: "${aws_launch_template.shared.id}",
          version: "${aws_launch_template.shared.latest_version}",
        },
      });
    }
    expect(Object.keys(resources).filter((address) => address.startsWith("aws_launch_template"))).toHaveLength(1);
    expect(resources).toHaveProperty(["aws_iam_role_policy_attachment.shared_role_AmazonS3ReadOnlyAccess"]);
  });

  test("can come from a template that exists already; what that does not say is asked for when it is needed", () => {
    const launchTemplate = { id: "lt-0123456789abcdef0", version: "7" };
    const existing = { instanceType: undefined, launchTemplate };
    expect(group(existing)).toMatchObject({ launch_template: launchTemplate });
    expect(() => web(existing, (asg) => asg.allowFrom(ANYWHERE, 80))).toThrowErrorMatchingInlineSnapshot(
      `"AutoScalingGroup "dev-test/web" has a launch template from outside that does not say its securityGroup: give it with the template, launchTemplate: { id, version, securityGroup }"`,
    );
    expect(() => web(existing, (asg) => asg.role)).toThrow("does not say its role");
  });
});

test("a group whose types cannot be told is refused", () => {
  const vcpus = { vcpus: { min: 2 }, memoryMib: { min: 4096 } };
  expect(() => web({ instanceTypes: {}, instanceRequirements: vcpus })).toThrowErrorMatchingInlineSnapshot(`
   "AutoScalingGroup "dev-test/web" is invalid:
     - instanceTypes must name at least one type, got none: add one, or give instanceType
     - instanceTypes and instanceRequirements exclude each other: name the types, or say what they must have
     - instanceRequirements choose the type, so instanceType "t4g.small" would have no effect: drop one of the two
     - instanceRequirements leave the architecture to the image, got none: give image"
  `);
  expect(() => web({ launchTemplate: { id: "lt-1", version: "1" }, userData: "echo", rootVolume: {} }))
    .toThrowErrorMatchingInlineSnapshot(`
   "AutoScalingGroup "dev-test/web" is invalid:
     - launchTemplate is from outside, so instanceType, rootVolume, userData would have no effect: say it there, or drop launchTemplate"
  `);
});
