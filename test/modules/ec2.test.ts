import { Instance, KeyPair, type InstanceProps } from "../../modules/ec2";
import { architectureOf } from "../../modules/ec2/machine-image";
import { Role } from "../../modules/iam";
import { Vpc } from "../../modules/vpc";
import type { EnvironmentStack } from "../../stacks";
import { synthesized, type Synthesized } from "../support/synthesized";

function vpcIn(stack: EnvironmentStack): Vpc {
  return new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
}

function instance(props: Partial<InstanceProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized((stack) => {
    new Instance(stack, "app", { vpc: vpcIn(stack), instanceType: "t4g.small", ...props });
  }, environment).resources;
}

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
