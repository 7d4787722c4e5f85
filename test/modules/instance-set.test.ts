import fc from "fast-check";
import { ElasticIp, Instance, InstanceSet, type InstanceSetProps } from "../../modules/ec2";
import { instanceKeys } from "../../modules/ec2/instance-set";
import { Role } from "../../modules/iam";
import type { ZoneLetter } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const vpc = vpcWith(["a", "b"], ["public", "private"]);

function set(props: Partial<InstanceSetProps> = {}): Synthesized["resources"] {
  return synthesized((stack) => {
    new InstanceSet(stack, "app", { vpc, instanceType: "t4g.small", ...props });
  }).resources;
}

function instancesOf(resources: Synthesized["resources"]): string[] {
  return Object.keys(resources).filter((address) => address.startsWith("aws_instance."));
}

describe("an instance set", () => {
  test("has one instance in each zone of its tier, with one security group and one role for all", () => {
    const resources = set();
    expect(instancesOf(resources)).toEqual(["aws_instance.app_a1", "aws_instance.app_b1"]);
    expect(resources["aws_instance.app_b1"]).toMatchObject({
      subnet_id: "subnet-private-b",
      vpc_security_group_ids: ["${aws_security_group.app_security_group.id}"],
    });
    expect(Object.keys(resources).filter((address) => /^aws_(iam_role|security_group)\./.test(address))).toEqual([
      "aws_iam_role.app_role",
      "aws_security_group.app_security_group",
    ]);
    expect(resources["aws_iam_instance_profile.app_profile"]).toEqual({
      name: "acme-dev-app",
      role: "${aws_iam_role.app_role.name}",
      tags: { Name: "acme-dev-app-profile" },
    });
    for (const address of instancesOf(resources))
      expect(resources[address]).toMatchObject({
        iam_instance_profile: "${aws_iam_instance_profile.app_profile.name}",
      });
    expect(resources).toHaveProperty(["aws_iam_role_policy_attachment.app_role_AmazonSSMManagedInstanceCore"]);
  });

  test("has as many in each zone as are wanted there", () => {
    expect(instancesOf(set({ instancesPerZone: 2 }))).toEqual(
      ["a1", "a2", "b1", "b2"].map((key) => `aws_instance.app_${key}`),
    );
    expect(instancesOf(set({ instancesPerZone: { b: 1, a: 2 } })).sort()).toEqual(
      ["a1", "a2", "b1"].map((key) => `aws_instance.app_${key}`),
    );
  });

  test("keeps everything that it had when an instance or a zone is added, or one of another zone is taken away", () => {
    const before = set({ instancesPerZone: { a: 2 } });
    for (const after of [set({ instancesPerZone: { a: 3 } }), set({ instancesPerZone: { b: 1, a: 2 } })]) {
      expect(after).toMatchObject(before);
      expect(instancesOf(after)).toHaveLength(3);
    }
    const wider = vpcWith(["c", "a", "b"], ["private"]);
    expect(set({ vpc: wider })).toMatchObject(set());
  });

  test("moves no instance, whatever zones and numbers change", () => {
    const counts = fc.dictionary(fc.constantFrom<ZoneLetter>("a", "b", "c", "d"), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const [old, now] = [before, after].map((instancesPerZone) => instanceKeys({ vpc, instancesPerZone }));
        for (const [key, zone] of old ?? []) {
          // Kept if its zone still has as many, and always in its zone.
          expect(now?.has(key)).toBe(Number(key.slice(1)) <= (after[zone] ?? 0));
          expect(now?.get(key) ?? zone).toBe(zone);
        }
      }),
    );
  });

  test("has instances that differ where that is said", () => {
    const [alike, differing] = [
      set(),
      set({ overrides: { b1: { instanceType: "m7g.large", privateIp: "10.0.0.9" } } }),
    ];
    expect(differing["aws_instance.app_b1"]).toMatchObject({ instance_type: "m7g.large", private_ip: "10.0.0.9" });
    expect(differing["aws_instance.app_a1"]).toEqual(alike["aws_instance.app_a1"]);
  });

  test("takes over the single instance that there was before it, with its disk, its group and its role", () => {
    const common = { vpc, instanceType: "t4g.small", dataVolumes: { queue: { deviceName: "/dev/sdf", sizeGib: 1 } } };
    const single = synthesized((stack) => void new Instance(stack, "app", common));
    const several = synthesized((stack) => {
      const { instances } = new InstanceSet(stack, "app", common);
      if (instances["a1"]) stack.renamed("app", instances["a1"]);
    });
    const moved = new Map((several.json["moved"] as { from: string; to: string }[]).map(({ from, to }) => [from, to]));
    for (const address of Object.keys(single.resources).filter((one) => !one.startsWith("data.")))
      expect(several.resources).toHaveProperty([moved.get(address) ?? address]);
    expect(moved.get("aws_ebs_volume.app_queue")).toBe("aws_ebs_volume.app_a1_queue");
    expect(moved.has("aws_security_group.app_security_group")).toBe(false);
  });

  test("hands its role over by a profile that is given", () => {
    const { resources } = synthesized((stack) => {
      const role = new Role(stack, "shared", { service: "ec2.amazonaws.com" });
      new InstanceSet(stack, "app", { vpc, instanceType: "t4g.small", role, instanceProfile: { name: "ops" } });
    });
    expect(resources["aws_instance.app_b1"]).toMatchObject({ iam_instance_profile: "ops" });
    expect(Object.keys(resources).filter((address) => address.includes("profile"))).toEqual([]);
  });

  test("has an Elastic IP for each, or one that is given for one of them", () => {
    const { resources } = synthesized((stack) => {
      const common = { vpc, subnets: "public", instanceType: "t4g.small" };
      new InstanceSet(stack, "each", { ...common, elasticIp: true });
      const elasticIp = new ElasticIp(stack, "address");
      new InstanceSet(stack, "one", { ...common, overrides: { a1: { elasticIp } } });
    });
    expect(Object.keys(resources).filter((address) => address.startsWith("aws_eip"))).toEqual([
      "aws_eip.address",
      "aws_eip.each_a1_elastic_ip",
      "aws_eip.each_b1_elastic_ip",
      "aws_eip_association.each_a1_elastic_ip_association",
      "aws_eip_association.each_b1_elastic_ip_association",
      "aws_eip_association.one_a1_elastic_ip_association",
    ]);
  });

  test("is reached at one security group, and gives and is given what it needs at one role", () => {
    const { resources } = synthesized((stack) => {
      const common = { vpc, instanceType: "t4g.small" };
      const app = new InstanceSet(stack, "app", common);
      app.allowFrom(new Instance(stack, "bastion", common), "ssh");
      app.role.grant("read", { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] });
    });
    expect(resources).toHaveProperty([
      "aws_vpc_security_group_ingress_rule.app_security_group_from_bastion_security_group_22",
    ]);
    expect(resources["aws_iam_role_policy.app_role_read"]).toMatchObject({ role: "${aws_iam_role.app_role.name}" });
  });

  test("without a role has none for its instances", () => {
    expect(Object.keys(set({ role: "none" })).filter((address) => address.includes("iam"))).toEqual([]);
    expect(() =>
      synthesized((stack) => new InstanceSet(stack, "app", { vpc, instanceType: "t4g.small", role: "none" }).role),
    ).toThrow('InstanceSet "dev-test/app" has no role');
  });

  test("that is set up wrongly is refused, with everything that is wrong", () => {
    expect(() =>
      set({
        instancesPerZone: { a: 0, b: 1.5 },
        elasticIp: { allocationId: "eipalloc-1" },
        instanceProfile: { name: "ops" },
        overrides: { c1: {} },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "InstanceSet "dev-test/app" is invalid:
       - instancesPerZone must be whole numbers from 0, got 1.5
       - instancesPerZone {"a":0,"b":1.5} makes no instance of the tier "private": give a number from 1 for one of its zones
       - elasticIp is one address for several instances: give each its own with true, or to one of them in overrides
       - instanceProfile needs the role that it hands over, got role none: give both
       - overrides.c1 is none of the instances none: drop or rename it"
    `);
    expect(() => set({ subnets: "cache" })).toThrow(
      'instancesPerZone 1 makes no instance of the tier "cache": give a number from 1 for one of its zones',
    );
    expect(() => set({ instancesPerZone: { c: 1 } })).toThrow(
      'availabilityZone must be one of the VPC\'s ["a","b"], got "c"',
    );
  });
});
