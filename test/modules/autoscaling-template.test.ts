import { LaunchTemplate, type LaunchTemplateProps } from "../../modules/autoscaling";
import { KeyPair, SecurityGroup, ubuntu, UserData } from "../../modules/ec2";
import { Role } from "../../modules/iam";
import type { EnvironmentStack } from "../../stacks";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";

const vpc = { id: "vpc-1" };

function resources(build: (stack: EnvironmentStack) => void, environment = {}): Synthesized["resources"] {
  return synthesized(build, environment).resources;
}

function template(props: Partial<LaunchTemplateProps> = {}, environment = {}): Json {
  const all = resources((stack) => {
    new LaunchTemplate(stack, "worker", { vpc, instanceType: "t4g.small", ...props });
  }, environment);
  return all["aws_launch_template.worker"] ?? {};
}

describe("a launch template", () => {
  test("is encrypted, has version 2 of the metadata service only, and no key", () => {
    const tags = { Project: "acme", Environment: "dev", Name: "acme-dev-worker" };
    expect(template()).toEqual({
      name: "acme-dev-worker",
      update_default_version: true,
      instance_type: "t4g.small",
      image_id: "${data.aws_ssm_parameter.worker_image.insecure_value}",
      iam_instance_profile: { arn: "${aws_iam_instance_profile.worker_profile.arn}" },
      ebs_optimized: "true",
      monitoring: { enabled: false },
      metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [
        {
          device_name: "/dev/xvda",
          ebs: { encrypted: "true", delete_on_termination: "true", volume_type: "gp3" },
        },
      ],
      vpc_security_group_ids: ["${aws_security_group.worker_security_group.id}"],
      tag_specifications: [
        { resource_type: "instance", tags },
        { resource_type: "volume", tags },
        { resource_type: "network-interface", tags },
      ],
      lifecycle: { ignore_changes: ["image_id"] },
      tags: { Name: "acme-dev-worker" },
    });
  });

  test("has a role that may open shell sessions and nothing else, unless that is not wanted", () => {
    const roles = (sessionManager?: boolean): string[] =>
      Object.keys(
        resources((stack) => {
          new LaunchTemplate(stack, "worker", { vpc, instanceType: "t4g.small", sessionManager });
        }),
      ).filter((address) => address.includes("iam_role"));
    expect(roles()).toEqual([
      "aws_iam_role.worker_role",
      "aws_iam_role_policy_attachment.worker_role_AmazonSSMManagedInstanceCore",
    ]);
    expect(roles(false)).toEqual(["aws_iam_role.worker_role"]);
  });

  test("hands the environment's tags and its own to what is started with it", () => {
    const body = template({ tags: { Team: "shop", Environment: "special" } }, { tags: { CostCenter: "42" } });
    expect((body["tag_specifications"] as Json[])[0]?.["tags"]).toEqual({
      CostCenter: "42",
      Project: "acme",
      Environment: "special",
      Name: "acme-dev-worker",
      Team: "shop",
    });
  });

  test("encodes its script in base64, as it is", () => {
    const script = '#!/bin/sh\necho "${HOME}"\n';
    expect(Buffer.from(template({ userData: script })["user_data"] as string, "base64").toString()).toBe(script);
  });

  test("leaves a script with a value of another resource to Terraform, which leaves the shell what is the shell's", () => {
    const { json, resources: all } = synthesized((stack) => {
      const group = new SecurityGroup(stack, "other", { vpc });
      const userData = `echo "${group.id}" "\${HOME}" %{http_code}`;
      new LaunchTemplate(stack, "worker", { vpc, instanceType: "t4g.small", userData });
    });
    expect(all["aws_launch_template.worker"]?.["user_data"]).toBe("${base64encode(local.worker_user_data)}");
    expect(json["locals"]).toEqual({
      worker_user_data: 'echo "${aws_security_group.other.id}" "$${HOME}" %%{http_code}',
    });
  });

  test("has what is compressed compressed by Terraform", () => {
    const userData = UserData.cloudConfig({ packages: ["git"] }).compressed();
    expect(template({ userData })["user_data"]).toBe("${base64gzip(local.worker_user_data)}");
  });

  test("keeps its address when it follows newer images", () => {
    const { lifecycle: ignored, ...keeping } = template();
    expect(ignored).toEqual({ ignore_changes: ["image_id"] });
    expect(template({ ignoreImageChanges: false })).toEqual(keeping);
    expect(template({ image: { id: "ami-1" } })).not.toHaveProperty("lifecycle");
    expect(template({ image: ubuntu("24.04") })).toMatchObject({ lifecycle: ignored });
  });

  test("has its volumes in the order of their names, whatever order they were written in", () => {
    const [sdf, sdg] = [{ sizeGib: 20 }, { sizeGib: 10, type: "io2", iops: 1000, deleteOnTermination: false } as const];
    const volumes = (blockDevices: LaunchTemplateProps["blockDevices"]): unknown =>
      template({ rootVolume: { sizeGib: 30 }, blockDevices })["block_device_mappings"];
    expect(volumes({ "/dev/sdg": sdg, "/dev/sdf": sdf })).toEqual(volumes({ "/dev/sdf": sdf, "/dev/sdg": sdg }));
    expect(volumes({ "/dev/sdg": sdg, "/dev/sdf": sdf })).toEqual([
      {
        device_name: "/dev/xvda",
        ebs: { encrypted: "true", delete_on_termination: "true", volume_type: "gp3", volume_size: 30 },
      },
      {
        device_name: "/dev/sdf",
        ebs: { encrypted: "true", delete_on_termination: "true", volume_type: "gp3", volume_size: 20 },
      },
      {
        device_name: "/dev/sdg",
        ebs: { encrypted: "true", delete_on_termination: "false", volume_type: "io2", volume_size: 10, iops: 1000 },
      },
    ]);
  });

  test("takes key, role, security group, credits, hop limit, monitoring and placement", () => {
    const body = resources((stack) => {
      new LaunchTemplate(stack, "worker", {
        vpc,
        instanceType: "t3.small",
        keyPair: new KeyPair(stack, "key", { publicKey: "ssh-ed25519 AAAA me" }),
        role: new Role(stack, "given", { service: "ec2.amazonaws.com" }),
        securityGroup: new SecurityGroup(stack, "shared", { vpc }),
        cpuCredits: "standard",
        metadataHopLimit: 2,
        detailedMonitoring: true,
        instanceMetadataTags: true,
        placementGroup: { name: "close" },
        placementPartitionNumber: 2,
        tenancy: "dedicated",
      });
    });
    expect(body["aws_launch_template.worker"]).toMatchObject({
      key_name: "${aws_key_pair.key.key_name}",
      vpc_security_group_ids: ["${aws_security_group.shared.id}"],
      credit_specification: { cpu_credits: "standard" },
      metadata_options: { http_put_response_hop_limit: 2, instance_metadata_tags: "enabled" },
      monitoring: { enabled: true },
      placement: { group_name: "close", partition_number: 2, tenancy: "dedicated" },
    });
    expect(body["aws_iam_instance_profile.worker_profile"]).toMatchObject({ role: "${aws_iam_role.given.name}" });
    expect(Object.keys(body).filter((address) => address.startsWith("aws_iam_role"))).toEqual([
      "aws_iam_role.given",
      "aws_iam_role_policy_attachment.given_AmazonSSMManagedInstanceCore",
    ]);
  });

  test("names its security group on the network interface when it asks for a public address", () => {
    const body = template({ publicIp: true });
    expect(body).not.toHaveProperty("vpc_security_group_ids");
    expect(body["network_interfaces"]).toEqual([
      {
        device_index: 0,
        associate_public_ip_address: "true",
        delete_on_termination: "true",
        security_groups: ["${aws_security_group.worker_security_group.id}"],
      },
    ]);
  });

  test("leaves image, type and profile to an EKS node group", () => {
    const body = template({ instanceType: undefined, instanceProfile: false });
    for (const argument of ["image_id", "instance_type", "iam_instance_profile", "lifecycle"]) {
      expect(body).not.toHaveProperty(argument);
    }
  });

  test("refuses a further volume in the place of the root", () => {
    expect(() => template({ blockDevices: { "/dev/xvda": { sizeGib: 1 } } })).toThrowErrorMatchingInlineSnapshot(`
     "LaunchTemplate "dev-test/worker" is invalid:
       - blockDevices names the root volume "/dev/xvda": use rootVolume, or another name"
    `);
  });
});
