import { allow, ANYWHERE, Instance, KeyPair, SecurityGroup, type InstanceProps } from "../../modules/ec2";
import { architectureOf } from "../../modules/ec2/machine-image";
import { Role } from "../../modules/iam";
import { Vpc } from "../../modules/vpc";
import { EnvironmentStack } from "../../stacks";
import {
  plainEnvironment,
  synthesized,
  synthesizedApp,
  byAddress,
  type Json,
  type Synthesized,
} from "../support/synthesized";

function vpcIn(stack: EnvironmentStack): Vpc {
  return new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
}

function instance(props: Partial<InstanceProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized((stack) => {
    new Instance(stack, "app", { vpc: vpcIn(stack), instanceType: "t4g.small", ...props });
  }, environment).resources;
}

describe("a security group", () => {
  const group = (use: (group: SecurityGroup, stack: EnvironmentStack) => void, props = {}): Synthesized["resources"] =>
    synthesized((stack) => use(new SecurityGroup(stack, "web", { vpc: { id: "vpc-1" }, ...props }), stack)).resources;
  const rules = (resources: Synthesized["resources"]): string[] =>
    Object.keys(resources).filter((address) => address.includes("_rule."));

  test("lets nothing in and everything out, and is made anew before the old one goes", () => {
    const resources = group(() => undefined);
    expect(resources["aws_security_group.web"]).toEqual({
      name: expect.stringMatching(/^acme-dev-web-[0-9a-f]{6}$/) as string,
      description: "acme-dev-web",
      vpc_id: "vpc-1",
      lifecycle: { create_before_destroy: true },
      tags: { Name: "acme-dev-web" },
    });
    expect(rules(resources)).toEqual(["aws_vpc_security_group_egress_rule.web_egress_all"]);
    expect(resources["aws_vpc_security_group_egress_rule.web_egress_all"]).toMatchObject({
      ip_protocol: "-1",
      cidr_ipv4: "0.0.0.0/0",
    });
  });

  test("has another name when it is described otherwise, because that replaces it", () => {
    const name = (description: string): unknown =>
      group(() => undefined, { description })["aws_security_group.web"]?.["name"];
    expect(name("one")).not.toBe(name("other"));
    expect(name("one")).toBe(name("one"));
  });

  test("has a rule of its own for each peer and port, with the ports by number and the service by name", () => {
    const resources = group((web) => {
      web.allowFrom({ cidr: "203.0.113.0/24" }, "https");
      web.allowFrom({ cidr: "2001:db8::/32" }, 8080);
      web.allowFrom({ prefixListId: "pl-1" }, { protocol: "udp", from: 5000, to: 5010 });
      web.allowFrom(ANYWHERE, { protocol: "icmp", type: 8 });
    });
    const rule = (name: string): Json | undefined => resources[`aws_vpc_security_group_ingress_rule.web_from_${name}`];
    expect(rule("203_0_113_0_24_443")).toMatchObject({
      cidr_ipv4: "203.0.113.0/24",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      description: "https from 203.0.113.0/24",
    });
    expect(rule("2001_db8_32_8080")).toMatchObject({ cidr_ipv6: "2001:db8::/32", from_port: 8080 });
    expect(rule("pl-1_udp_5000_5010")).toMatchObject({
      prefix_list_id: "pl-1",
      ip_protocol: "udp",
      from_port: 5000,
      to_port: 5010,
    });
    expect(rule("0_0_0_0_0_icmp_8")).toMatchObject({ ip_protocol: "icmp", from_port: 8, to_port: -1 });
  });

  test("has one rule when the same is asked for twice, by name or by number", () => {
    const resources = group((web) => {
      web.allowFrom(ANYWHERE, "ssh");
      web.allowFrom(ANYWHERE, 22);
    });
    expect(rules(resources)).toHaveLength(2);
  });

  test("keeps its other rules when one is put before them or taken away", () => {
    const cidrs = ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"];
    const before = group((web) => cidrs.forEach((cidr) => web.allowFrom({ cidr }, 443)));
    const after = group((web) => ["10.0.0.0/16", ...cidrs.slice(1)].forEach((cidr) => web.allowFrom({ cidr }, 443)));
    const kept = rules(before).filter((address) => !address.includes("10_1_0_0_16"));
    for (const address of kept) expect(after[address]).toEqual(before[address]);
    expect(rules(after)).toHaveLength(rules(before).length);
  });

  test("refuses a description that AWS does not take", () => {
    expect(() => group(() => undefined, { description: "Zugang für die Büros" })).toThrowErrorMatchingInlineSnapshot(`
     "SecurityGroup "dev-test/web" is invalid:
       - description must be 1 to 255 of a-z A-Z 0-9 space ._-:/()#,@[]+=&;{}!$* (no accents), got "Zugang für die Büros""
    `);
  });
});

describe("allow", () => {
  const two = (use: (client: SecurityGroup, server: SecurityGroup) => void, egress?: "none"): Record<string, Json> =>
    synthesizedApp((app) => {
      const stack = (name: string): EnvironmentStack =>
        new EnvironmentStack(app, name, { environment: plainEnvironment });
      const first = new SecurityGroup(stack("data"), "database", { vpc: { id: "vpc-1" }, egress });
      const second = new SecurityGroup(stack("web"), "web", { vpc: { id: "vpc-1" }, egress });
      use(second, first);
    });
  const rulesOf = (stacks: Record<string, Json>, id: string): Json => byAddress(stacks[id] ?? {});

  test("makes the rule in the later stack, whichever of the two is the client", () => {
    const towards = two((web, database) => allow(web, database, "postgres"));
    expect(rulesOf(towards, "dev-web")["aws_vpc_security_group_ingress_rule.web_to_data_database_5432"]).toMatchObject({
      security_group_id: "${data.terraform_remote_state.data.outputs.aws_security_group_database_id}",
      referenced_security_group_id: "${aws_security_group.web.id}",
      from_port: 5432,
    });
    const back = two((web, database) => allow(database, web, 80));
    expect(rulesOf(back, "dev-web")["aws_vpc_security_group_ingress_rule.web_from_data_database_80"]).toMatchObject({
      security_group_id: "${aws_security_group.web.id}",
      referenced_security_group_id: "${data.terraform_remote_state.data.outputs.aws_security_group_database_id}",
    });
  });

  test("in both directions forms no circle between the stacks", () => {
    const stacks = two((web, database) => {
      allow(web, database, "postgres");
      allow(database, web, 80);
    });
    expect(stacks["dev-data"]).not.toHaveProperty("data");
    expect(Object.keys(rulesOf(stacks, "dev-web")).filter((address) => address.includes("ingress"))).toHaveLength(2);
  });

  test("lets the client out too, where not everything may go out", () => {
    const stacks = two((web, database) => database.allowFrom(web, "postgres"), "none");
    expect(
      rulesOf(stacks, "dev-web")["aws_vpc_security_group_egress_rule.web_to_data_database_5432_egress"],
    ).toMatchObject({
      security_group_id: "${aws_security_group.web.id}",
      referenced_security_group_id: "${data.terraform_remote_state.data.outputs.aws_security_group_database_id}",
      to_port: 5432,
    });
  });

  test("asked twice, from either side, is asked once", () => {
    const once = two((web, database) => database.allowFrom(web, "postgres"));
    const twice = two((web, database) => {
      database.allowFrom(web, "postgres");
      web.allowTo(database, 5432);
    });
    expect(twice).toEqual(once);
  });
});

describe("an instance", () => {
  test("is private, encrypted, reachable through Session Manager only, and has no key", () => {
    const resources = instance();
    expect(resources["aws_instance.app"]).toEqual({
      ami: "${data.aws_ssm_parameter.app_image.insecure_value}",
      instance_type: "t4g.small",
      subnet_id: "${aws_subnet.vpc_private_a.id}",
      vpc_security_group_ids: ["${aws_security_group.app_security_group.id}"],
      iam_instance_profile: "${aws_iam_instance_profile.app_profile.name}",
      associate_public_ip_address: false,
      metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      root_block_device: { encrypted: true, volume_type: "gp3", delete_on_termination: true },
      ebs_optimized: true,
      monitoring: false,
      disable_api_termination: false,
      lifecycle: { ignore_changes: ["ami"] },
      tags: { Name: "acme-dev-app" },
    });
    expect(resources["aws_iam_role_policy_attachment.app_role_AmazonSSMManagedInstanceCore"]).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    });
    expect(resources["data.aws_ssm_parameter.app_image"]).toEqual({
      name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    });
  });

  test("cannot be terminated through the API in production", () => {
    expect(instance({}, { tier: "production" })["aws_instance.app"]).toMatchObject({ disable_api_termination: true });
    expect(instance({ terminationProtection: false }, { tier: "production" })["aws_instance.app"]).toMatchObject({
      disable_api_termination: false,
    });
  });

  test("keeps its address when it ignores changes of its image, and when it does not", () => {
    const image = { id: "ami-1" };
    const following = instance({ image })["aws_instance.app"];
    const ignoring = instance({ image, ignoreImageChanges: true })["aws_instance.app"];
    expect(following).not.toHaveProperty("lifecycle");
    expect(ignoring).toEqual({ ...following, lifecycle: { ignore_changes: ["ami"] } });
  });

  test("with an Elastic IP keeps the address apart from itself", () => {
    const resources = instance({ elasticIp: true, subnets: "public" });
    expect(resources["aws_eip.app_elastic_ip"]).toMatchObject({ domain: "vpc" });
    expect(resources["aws_eip_association.app_elastic_ip_association"]).toEqual({
      allocation_id: "${aws_eip.app_elastic_ip.id}",
      instance_id: "${aws_instance.app.id}",
    });
    expect(resources["aws_instance.app"]).toMatchObject({
      associate_public_ip_address: true,
      subnet_id: "${aws_subnet.vpc_public_a.id}",
    });
  });

  test("is not touched by a data volume that is added; the volume is in its zone by construction", () => {
    const dataVolumes = { uploads: { deviceName: "/dev/sdf", sizeGib: 100 } };
    const [without, with_] = [instance({ availabilityZone: "b" }), instance({ availabilityZone: "b", dataVolumes })];
    for (const address of Object.keys(without)) expect(with_[address]).toEqual(without[address]);
    expect(with_["aws_ebs_volume.app_uploads"]).toEqual({
      availability_zone: "eu-west-1b",
      encrypted: true,
      size: 100,
      type: "gp3",
      tags: { Name: "acme-dev-app-uploads" },
    });
    expect(with_["aws_volume_attachment.app_uploads_attachment"]).toMatchObject({
      volume_id: "${aws_ebs_volume.app_uploads.id}",
      instance_id: "${aws_instance.app.id}",
      device_name: "/dev/sdf",
    });
  });

  test("starts with the key that it is given, of which only the public half is known", () => {
    const { resources } = synthesized((stack) => {
      const keyPair = new KeyPair(stack, "key", { publicKey: "ssh-ed25519 AAAA me" });
      new Instance(stack, "app", { vpc: vpcIn(stack), instanceType: "t3.small", keyPair });
    });
    expect(resources["aws_instance.app"]).toMatchObject({ key_name: "${aws_key_pair.key.key_name}" });
    expect(resources["aws_key_pair.key"]).toMatchObject({
      public_key: "ssh-ed25519 AAAA me",
      key_name: expect.stringMatching(/^acme-dev-key-[0-9a-f]{6}$/) as string,
    });
  });

  test("that is set up wrongly is refused, with everything that is wrong", () => {
    const wrong = (): unknown =>
      instance({
        availabilityZone: "c",
        elasticIp: true,
        dataVolumes: { role: { deviceName: "/dev/sdf", sizeGib: 1 } },
      });
    expect(wrong).toThrowErrorMatchingInlineSnapshot(`
     "Instance "dev-test/app" is invalid:
       - availabilityZone must be one of the VPC's ["a","b"], got "c"
       - the VPC has no private subnet in zone "c": name another tier, or add it to subnetTiers
       - elasticIp needs subnets "public", got "private": nobody could reach the address
       - dataVolumes.role has the name of one of the instance's own parts: rename it"
    `);
  });

  test.each([
    ["t4g.small", "arm64"],
    ["m7gd.large", "arm64"],
    ["a1.large", "arm64"],
    ["c7gn.xlarge", "arm64"],
    ["t3.micro", "x86_64"],
    ["g5.xlarge", "x86_64"],
    ["m7i-flex.large", "x86_64"],
  ])("of type %s is %s", (type, architecture) => {
    expect(architectureOf(type)).toBe(architecture);
  });
});

describe("a role", () => {
  test("may do nothing until it is granted something, and each grant is a resource of its own", () => {
    const { resources } = synthesized((stack) => {
      const role = new Role(stack, "worker", { service: "lambda.amazonaws.com" });
      role.grant("read_uploads", { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::uploads/*"] });
      role.attachManagedPolicy("service-role/AWSLambdaBasicExecutionRole");
      role.attachManagedPolicy("service-role/AWSLambdaBasicExecutionRole");
    });
    expect(Object.keys(resources).sort()).toEqual([
      "aws_iam_role.worker",
      "aws_iam_role_policy.worker_read_uploads",
      "aws_iam_role_policy_attachment.worker_AWSLambdaBasicExecutionRole",
    ]);
    expect(JSON.parse(resources["aws_iam_role_policy.worker_read_uploads"]?.["policy"] as string)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::uploads/*"] }],
    });
  });
});
