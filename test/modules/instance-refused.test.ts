import { Instance, type InstanceProps } from "../../modules/ec2";
import { synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const vpc = vpcWith(["a", "b"], ["public", "private", "isolated"]);

function instance(props: Partial<InstanceProps> = {}, environment = {}): unknown {
  return synthesized(
    (stack) => void new Instance(stack, "app", { vpc, instanceType: "t4g.small", ...props }),
    environment,
  );
}

describe("an instance that contradicts itself is refused:", () => {
  const refusal = (props: Partial<InstanceProps>): string => {
    try {
      instance(props);
    } catch (error) {
      return (error as Error).message.split("\n  - ").slice(1).join("\n");
    }
    return "";
  };

  test.each<[string, Partial<InstanceProps>, string]>([
    [
      "a public address where nobody could reach it",
      { publicIp: true, elasticIp: { allocationId: "eipalloc-1" }, subnets: "isolated" },
      'elasticIp needs subnets "public", got "isolated": nobody could reach the address\n' +
        'publicIp needs subnets "public", got "isolated": nobody could reach the address',
    ],
    [
      "an Elastic IP that the provider would take for a change",
      { elasticIp: true, publicIp: false, subnets: "public" },
      "publicIp false contradicts elasticIp: the provider takes the Elastic IP for an address that was not asked for, and replaces " +
        "the instance in each plan; drop publicIp",
    ],
    [
      "sessions without a role",
      { role: "none", sessionManager: true },
      'sessionManager needs a role, got role "none": drop one of the two',
    ],
    [
      "a profile without the role that it hands over",
      { instanceProfile: { name: "ops" } },
      "instanceProfile needs the role that it hands over, got role none: give both",
    ],
    [
      "a host in another zone",
      { tenancy: { host: { id: "h-1", availabilityZone: "b" } } },
      'the dedicated host is in zone "b", the instance in "a": name the same availabilityZone',
    ],
    [
      "reserved capacity in another zone",
      { capacityReservation: { id: "cr-1", availabilityZone: "b" } },
      'capacityReservation is in zone "b", the instance in "a": name the same availabilityZone',
    ],
    [
      "a partition of nothing",
      { placementPartitionNumber: 2 },
      "placementPartitionNumber 2 needs a placementGroup, got none: give the group that has partitions",
    ],
    [
      "stopped with a passing address, one-time spot and stop protection",
      { state: "stopped", subnets: "public", purchasing: "spot", stopProtection: true },
      'state "stopped": the instance loses its public address, and the provider replaces it in the next plan for not having one; give ' +
        "it an elasticIp, or publicIp false\n" +
        'state "stopped": a spot instance can be stopped only when its request is persistent; give spot.interruption "stop"\n' +
        'state "stopped": stopProtection refuses it; drop one of the two',
    ],
    [
      "a tier that the VPC has not",
      { subnets: "cache" },
      'the VPC has no cache subnet in zone "a": name another tier, or add it to subnetTiers',
    ],
    [
      "a volume with the name of a part",
      { dataVolumes: { state: { deviceName: "/dev/sdf", sizeGib: 1 } } },
      "dataVolumes.state has the name of one of the instance's own parts: rename it",
    ],
  ])("%s", (_, props, expected) => {
    expect(refusal(props)).toBe(expected);
  });

  test("a stack that has no region", () => {
    expect(() => instance({}, { region: "" })).toThrow(
      "it needs a region, got none: put it into an EnvironmentStack, or say where it is with provideContext",
    );
  });
});
