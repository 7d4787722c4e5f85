import { ElasticIp, Instance, SecurityGroup, ubuntu, type InstanceProps } from "../../modules/ec2";
import { Role } from "../../modules/iam";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const vpc = vpcWith(["a", "b"], ["public", "private", "isolated", "dmz"]);

function resources(props: Partial<InstanceProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized((stack) => {
    new Instance(stack, "app", { vpc, instanceType: "t4g.small", ...props });
  }, environment).resources;
}

function instance(props: Partial<InstanceProps> = {}, environment = {}): Json | undefined {
  return resources(props, environment)["aws_instance.app"];
}

describe("the network of an instance", () => {
  test("asks for a public address in the public tier only, unless it is said otherwise", () => {
    expect(instance()).toMatchObject({ associate_public_ip_address: false });
    expect(instance({ subnets: "public" })).toMatchObject({ associate_public_ip_address: true });
    expect(instance({ subnets: "public", publicIp: false })).toMatchObject({ associate_public_ip_address: false });
    expect(instance({ subnets: "dmz" })).toMatchObject({ associate_public_ip_address: false });
    expect(instance({ subnets: "dmz", publicIp: true })).toMatchObject({
      associate_public_ip_address: true,
      subnet_id: "subnet-dmz-a",
    });
  });

  test("asks for a public address where an Elastic IP follows, so that the provider does not take that for a change", () => {
    expect(instance({ subnets: "dmz", elasticIp: true })).toMatchObject({ associate_public_ip_address: true });
  });

  test("has the addresses that it is told, and none that it is not", () => {
    const addresses = {
      private_ip: "10.0.0.10",
      secondary_private_ips: ["10.0.0.11"],
      ipv6_address_count: 1,
      source_dest_check: false,
    };
    expect(
      instance({
        privateIp: "10.0.0.10",
        secondaryPrivateIps: ["10.0.0.11"],
        ipv6AddressCount: 1,
        sourceDestCheck: false,
      }),
    ).toEqual({ ...instance(), ...addresses });
  });

  test("has further security groups beside its own, or beside one that is given", () => {
    const { resources } = synthesized((stack) => {
      const group = (id: string): SecurityGroup => new SecurityGroup(stack, id, { vpc });
      const [given, monitored] = [group("given"), group("monitored")];
      new Instance(stack, "own", { vpc, instanceType: "t4g.small", additionalSecurityGroups: [monitored] });
      new Instance(stack, "other", {
        vpc,
        instanceType: "t4g.small",
        securityGroup: given,
        additionalSecurityGroups: [monitored],
      });
    });
    const groupsOf = (name: string): unknown => resources[`aws_instance.${name}`]?.["vpc_security_group_ids"];
    expect(groupsOf("own")).toEqual([
      "${aws_security_group.own_security_group.id}",
      "${aws_security_group.monitored.id}",
    ]);
    expect(groupsOf("other")).toEqual(["${aws_security_group.given.id}", "${aws_security_group.monitored.id}"]);
    expect(resources).not.toHaveProperty(["aws_security_group.other_security_group"]);
  });

  test("takes an Elastic IP that outlives it and can go to another instance", () => {
    const stack = (holder: "blue" | "green"): Synthesized =>
      synthesized((stack) => {
        const address = new ElasticIp(stack, "address");
        for (const name of ["blue", "green"])
          new Instance(stack, name, {
            vpc,
            instanceType: "t4g.small",
            subnets: "public",
            elasticIp: name === holder && address,
          });
      });
    const [blue, green] = [stack("blue").resources, stack("green").resources];
    expect(blue["aws_eip_association.blue_elastic_ip_association"]).toEqual({
      allocation_id: "${aws_eip.address.id}",
      instance_id: "${aws_instance.blue.id}",
    });
    expect(green["aws_eip_association.green_elastic_ip_association"]).toMatchObject({
      allocation_id: "${aws_eip.address.id}",
    });
    for (const address of ["aws_eip.address", "aws_instance.blue", "aws_instance.green"])
      expect(green[address]).toEqual(blue[address]);
  });

  test("says the public address of whatever Elastic IP it has", () => {
    const { json } = synthesized((stack) => {
      const make = (id: string, elasticIp: InstanceProps["elasticIp"]): void => {
        const made = new Instance(stack, id, { vpc, instanceType: "t4g.small", subnets: "public", elasticIp });
        stack.output(`${id}_ip`, made.publicIp, "");
        stack.output(`${id}_dns`, made.publicDns, "");
      };
      make("none", false);
      make("own", true);
      make("shared", new ElasticIp(stack, "address"));
      make("existing", { allocationId: "eipalloc-1" });
    });
    const values = Object.entries(json["output"] as Record<string, Json>).map(([name, { value }]) => [name, value]);
    expect(Object.fromEntries(values)).toEqual({
      none_ip: "${aws_instance.none.public_ip}",
      none_dns: "${aws_instance.none.public_dns}",
      own_ip: "${aws_eip.own_elastic_ip.public_ip}",
      own_dns: "${aws_eip.own_elastic_ip.public_dns}",
      shared_ip: "${aws_eip_association.shared_elastic_ip_association.public_ip}",
      shared_dns: "${aws_eip.address.public_dns}",
      existing_ip: "${aws_eip_association.existing_elastic_ip_association.public_ip}",
      existing_dns: "${aws_instance.existing.public_dns}",
    });
  });
});

describe("an Elastic IP", () => {
  test("is not given back in production", () => {
    const address = (tier: string): Json | undefined =>
      synthesized((stack) => void new ElasticIp(stack, "address"), { tier: tier as "staging" }).resources[
        "aws_eip.address"
      ];
    expect(address("production")).toMatchObject({ domain: "vpc", lifecycle: { prevent_destroy: true } });
    expect(address("staging")).not.toHaveProperty("lifecycle");
  });
});

describe("the role of an instance", () => {
  test("is one that is given, which gets what Session Manager needs unless that is not wanted", () => {
    const given = (sessionManager?: boolean): Synthesized["resources"] =>
      synthesized((stack) => {
        const role = new Role(stack, "shared", { service: "ec2.amazonaws.com" });
        new Instance(stack, "one", { vpc, instanceType: "t4g.small", role, sessionManager });
        new Instance(stack, "two", { vpc, instanceType: "t4g.small", role, sessionManager });
      }).resources;
    expect(Object.keys(given()).filter((address) => address.startsWith("aws_iam"))).toEqual([
      "aws_iam_instance_profile.one_profile",
      "aws_iam_instance_profile.two_profile",
      "aws_iam_role.shared",
      "aws_iam_role_policy_attachment.shared_AmazonSSMManagedInstanceCore",
    ]);
    expect(given()["aws_iam_instance_profile.two_profile"]).toMatchObject({ role: "${aws_iam_role.shared.name}" });
    expect(given(false)).not.toHaveProperty(["aws_iam_role_policy_attachment.shared_AmazonSSMManagedInstanceCore"]);
  });

  test("may be none, and then nothing can be granted to it", () => {
    expect(Object.keys(resources({ role: "none" })).filter((address) => address.includes("iam"))).toEqual([]);
    expect(() =>
      synthesized((stack) => new Instance(stack, "app", { vpc, instanceType: "t4g.small", role: "none" }).role),
    ).toThrow('Instance "dev-test/app" has no role: it was made with role "none", so nothing can be granted to it');
  });
});

describe("the login user of an instance", () => {
  test("is the one of its image, as far as that is known", () => {
    const users = (images: readonly InstanceProps["image"][]): unknown[] => {
      const found: unknown[] = [];
      synthesized((stack) => {
        for (const [number, image] of images.entries())
          found.push(new Instance(stack, `app${number}`, { vpc, instanceType: "t4g.small", image }).loginUser);
      });
      return found;
    };
    expect(users([undefined, ubuntu("24.04"), { id: "ami-1" }, { id: "ami-1", loginUser: "me" }])).toEqual([
      "ec2-user",
      "ubuntu",
      undefined,
      "me",
    ]);
  });
});

describe("the disks of an instance", () => {
  test("include an instance store where one is asked for", () => {
    expect(instance({ instanceStoreVolumes: { "/dev/sdb": "ephemeral0" } })).toEqual({
      ...instance(),
      ephemeral_block_device: [{ device_name: "/dev/sdb", virtual_name: "ephemeral0" }],
    });
  });

  test("are all in volumeIds, by name", () => {
    const { json } = synthesized((stack) => {
      const dataVolumes = { uploads: { deviceName: "/dev/sdf", sizeGib: 100 } };
      const { volumeIds } = new Instance(stack, "app", { vpc, instanceType: "t4g.small", dataVolumes });
      stack.output("volume_ids", volumeIds, "");
    });
    expect(json).toMatchObject({
      output: {
        volume_ids: {
          value: {
            root: "${aws_instance.app.root_block_device[0].volume_id}",
            uploads: "${aws_ebs_volume.app_uploads.id}",
          },
        },
      },
    });
  });
});

describe("the running of an instance", () => {
  test.each<[Partial<InstanceProps>, Json]>([
    [{ shutdownBehavior: "terminate" }, { instance_initiated_shutdown_behavior: "terminate" }],
    [{ stopProtection: true }, { disable_api_stop: true }],
    [{ hibernation: true }, { hibernation: true }],
    [{ autoRecovery: false }, { maintenance_options: { auto_recovery: "disabled" } }],
    [{ autoRecovery: true }, { maintenance_options: { auto_recovery: "default" } }],
    [{ detailedMonitoring: true }, { monitoring: true }],
    [{ ebsOptimized: false }, { ebs_optimized: false }],
    [
      { metadataHopLimit: 2, instanceMetadataTags: true },
      {
        metadata_options: {
          http_endpoint: "enabled",
          http_tokens: "required",
          http_put_response_hop_limit: 2,
          instance_metadata_tags: "enabled",
        },
      },
    ],
  ])("%j is %j and nothing else", (props, expected) => {
    expect(instance(props)).toEqual({ ...instance(), ...expected });
  });

  test("is switched on and off by a resource of its own, which leaves the instance as it is", () => {
    const [unsaid, running, stopped] = [resources(), resources({ state: "running" }), resources({ state: "stopped" })];
    expect(stopped).toEqual({
      ...unsaid,
      "aws_ec2_instance_state.app_state": { instance_id: "${aws_instance.app.id}", state: "stopped" },
    });
    expect(running["aws_ec2_instance_state.app_state"]).toMatchObject({ state: "running" });
  });
});
