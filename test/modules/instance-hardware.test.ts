import {
  CapacityReservation,
  DedicatedHost,
  Instance,
  PlacementGroup,
  type InstanceProps,
  type PlacementStrategy,
  type Purchasing,
} from "../../modules/ec2";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const vpc = vpcWith(["a", "b"], ["private"]);

function resources(props: Partial<InstanceProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized((stack) => {
    new Instance(stack, "app", { vpc, instanceType: "t4g.small", image: { id: "ami-1" }, ...props });
  }, environment).resources;
}

function instance(props: Partial<InstanceProps> = {}, environment = {}): Json | undefined {
  return resources(props, environment)["aws_instance.app"];
}

describe("the purchasing of an instance", () => {
  const bought = (purchasing: Purchasing): Json | undefined => instance({ purchasing });

  test("is on demand, and nothing is said of it, unless it is said otherwise", () => {
    expect(instance()).not.toHaveProperty("instance_market_options");
    expect(bought("on-demand")).toEqual({
      ...instance(),
      lifecycle: { replace_triggered_by: ["terraform_data.app_market"] },
    });
  });

  test("as spot is asked for once, and terminated when AWS wants it back", () => {
    expect(bought("spot")).toMatchObject({
      instance_market_options: {
        market_type: "spot",
        spot_options: { instance_interruption_behavior: "terminate", spot_instance_type: "one-time" },
      },
    });
  });

  test.each(["stop", "hibernate"] as const)(
    "as spot that is to %s on interruption is asked for persistently",
    (interruption) => {
      expect(bought({ spot: { interruption } })).toMatchObject({
        instance_market_options: {
          spot_options: { instance_interruption_behavior: interruption, spot_instance_type: "persistent" },
        },
      });
    },
  );

  test("as spot has a price as AWS spells it, so that a plan does not see another one", () => {
    expect(bought({ spot: { maxPricePerHour: 0.0125 } })).toMatchObject({
      instance_market_options: { spot_options: { max_price: "0.012500" } },
    });
  });

  test("as spot has no termination protection in production, because AWS refuses it", () => {
    const tier = { tier: "production" };
    expect(instance({}, tier)).toMatchObject({ disable_api_termination: true });
    expect(instance({ purchasing: "spot" }, tier)).toMatchObject({ disable_api_termination: false });
  });

  test("replaces the instance when it changes from spot to on demand, which the provider does not see", () => {
    const mark = (purchasing: Purchasing): Json | undefined => resources({ purchasing })["terraform_data.app_market"];
    expect(mark("spot")).toEqual({ input: { type: "spot" } });
    expect(mark({ spot: { maxPricePerHour: 1 } })).toEqual(mark("spot"));
    expect(mark("on-demand")).toEqual({ input: { type: "on-demand" } });
  });

  test("as reserved is on demand with a tag that says what is to be bought", () => {
    const reserved = { offeringClass: "convertible", termYears: 3, payment: "partial-upfront" } as const;
    expect(resources({ purchasing: { reserved } })).toEqual({
      ...resources({ purchasing: "on-demand" }),
      "aws_instance.app": {
        ...bought("on-demand"),
        tags: { Name: "acme-dev-app", ReservedInstance: "convertible 3y partial-upfront" },
      },
    });
  });
});

describe("the hardware of an instance", () => {
  test.each<[Partial<InstanceProps>, Json]>([
    [{ tenancy: "shared" }, { tenancy: "default" }],
    [{ tenancy: "dedicated" }, { tenancy: "dedicated" }],
    [{ tenancy: { host: { id: "h-1" } } }, { tenancy: "host", host_id: "h-1" }],
    [
      { capacityReservation: "none" },
      { capacity_reservation_specification: { capacity_reservation_preference: "none" } },
    ],
    [
      { capacityReservation: { id: "cr-1" } },
      {
        capacity_reservation_specification: { capacity_reservation_target: { capacity_reservation_id: "cr-1" } },
      },
    ],
    [
      { placementGroup: { name: "apart" }, placementPartitionNumber: 2 },
      { placement_group: "apart", placement_partition_number: 2 },
    ],
    [{ cpuCredits: "standard" }, { credit_specification: { cpu_credits: "standard" } }],
    [{ cpuCoreCount: 2, threadsPerCore: 1 }, { cpu_options: { core_count: 2, threads_per_core: 1 } }],
    [{ nitroEnclaves: true }, { enclave_options: { enabled: true } }],
  ])("%j is %j and nothing else", (props, expected) => {
    expect(instance(props)).toEqual({ ...instance(), ...expected });
  });

  test("is a host, capacity or a group that is made here", () => {
    const { resources } = synthesized((stack) => {
      const host = new DedicatedHost(stack, "host", { availabilityZone: "b", instanceFamily: "m7i" });
      const capacity = new CapacityReservation(stack, "peak", {
        availabilityZone: "b",
        instanceType: "m7i.large",
        instanceCount: 2,
      });
      const group = new PlacementGroup(stack, "apart", { strategy: "spread" });
      const common = { vpc, availabilityZone: "b", instanceType: "m7i.large" } as const;
      new Instance(stack, "on_host", { ...common, tenancy: { host } });
      new Instance(stack, "reserved", { ...common, capacityReservation: capacity, placementGroup: group });
    });
    expect(resources["aws_ec2_host.host"]).toEqual({
      availability_zone: "eu-west-1b",
      instance_family: "m7i",
      auto_placement: "off",
      host_recovery: "off",
      tags: { Name: "acme-dev-host" },
    });
    expect(resources["aws_ec2_capacity_reservation.peak"]).toEqual({
      availability_zone: "eu-west-1b",
      instance_type: "m7i.large",
      instance_count: 2,
      instance_platform: "Linux/UNIX",
      instance_match_criteria: "open",
      tenancy: "default",
      end_date_type: "unlimited",
      tags: { Name: "acme-dev-peak" },
    });
    expect(resources["aws_instance.on_host"]).toMatchObject({ tenancy: "host", host_id: "${aws_ec2_host.host.id}" });
    expect(resources["aws_instance.reserved"]).toMatchObject({
      placement_group: "${aws_placement_group.apart.name}",
      capacity_reservation_specification: {
        capacity_reservation_target: { capacity_reservation_id: "${aws_ec2_capacity_reservation.peak.id}" },
      },
    });
  });
});

describe("a dedicated host", () => {
  test("may move its instances and take those that name no host", () => {
    const { resources } = synthesized((stack) => {
      new DedicatedHost(stack, "host", {
        availabilityZone: "a",
        instanceType: "m7i.large",
        autoPlacement: true,
        hostRecovery: true,
      });
    });
    expect(resources["aws_ec2_host.host"]).toMatchObject({
      instance_type: "m7i.large",
      auto_placement: "on",
      host_recovery: "on",
    });
  });

  test("is for one type or for a family, not for both or neither", () => {
    const host = (props: object): unknown =>
      synthesized((stack) => void new DedicatedHost(stack, "host", { availabilityZone: "a", ...props }));
    expect(() => host({ instanceType: "m7i.large", instanceFamily: "m7i" })).toThrow(
      'give instanceType for one type or instanceFamily for several, got "m7i.large" and "m7i"',
    );
    expect(() => host({})).toThrow("give instanceType for one type or instanceFamily for several, got none and none");
  });
});

describe("a capacity reservation", () => {
  test("may be for those who name it, on dedicated hardware, until a day", () => {
    const { resources } = synthesized((stack) => {
      new CapacityReservation(stack, "peak", {
        availabilityZone: "a",
        instanceType: "m7i.large",
        instanceCount: 1,
        instancePlatform: "Windows",
        instanceMatchCriteria: "targeted",
        tenancy: "dedicated",
        endDate: "2027-01-31T23:59:59Z",
      });
    });
    expect(resources["aws_ec2_capacity_reservation.peak"]).toMatchObject({
      instance_platform: "Windows",
      instance_match_criteria: "targeted",
      tenancy: "dedicated",
      end_date_type: "limited",
      end_date: "2027-01-31T23:59:59Z",
    });
  });

  test("needs a region", () => {
    const reserve = (): unknown =>
      synthesized(
        (stack) => {
          new CapacityReservation(stack, "peak", {
            availabilityZone: "a",
            instanceType: "m7i.large",
            instanceCount: 1,
          });
        },
        { region: "" },
      );
    expect(reserve).toThrow(
      "it needs a region, got none: put it into an EnvironmentStack, or say where it is with provideContext",
    );
  });
});

describe("a placement group", () => {
  const group = (strategy: PlacementStrategy): Json | undefined =>
    synthesized((stack) => void new PlacementGroup(stack, "group", { strategy })).resources[
      "aws_placement_group.group"
    ];

  test("is a cluster, spread, or partitions", () => {
    expect(group("cluster")).toMatchObject({ strategy: "cluster", lifecycle: { create_before_destroy: true } });
    expect(group("spread")).toMatchObject({ strategy: "spread" });
    expect(group({ partitionCount: 3 })).toMatchObject({ strategy: "partition", partition_count: 3 });
  });

  test("has another name with another strategy, because that replaces it while instances are in it", () => {
    const names = (["cluster", "spread", { partitionCount: 2 }, { partitionCount: 3 }] as const).map(
      (strategy) => group(strategy)?.["name"],
    );
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toEqual(expect.stringMatching(/^acme-dev-group-[0-9a-f]{6}$/));
    expect(group("cluster")?.["name"]).toBe(names[0]);
  });
});
