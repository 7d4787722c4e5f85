import type { EnvironmentConfig } from "../../environments/config";
import type { ServerConfig } from "../../environments/server-config";
import { EnvironmentStack } from "../../stacks";
import { ServersStack } from "../../stacks/servers";
import { byAddress, plainEnvironment, synthesizedApp, type Json } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const APP: ServerConfig = { instanceType: "t4g.small" };
const UPLOADS = { uploads: { deviceName: "/dev/sdf", sizeGib: 20 } };
const NIGHTLY = { nightly: { everyHours: 24, startTime: "03:00", keep: { count: 7 } } } as const;

/** The document of an environment's servers stack. */
function stackOf(servers: Readonly<Record<string, ServerConfig>>, changes: Partial<EnvironmentConfig> = {}): Json {
  const vpc = vpcWith(["a", "b"], ["public", "private"]);
  const documents = synthesizedApp((app) => {
    new ServersStack(app, { environment: { ...plainEnvironment, ...changes, servers }, vpc });
  });
  return documents["dev-servers"] ?? {};
}

/** The resources of a stack with one server, `app`. */
function server(config: Partial<ServerConfig> = {}): Record<string, Json> {
  return byAddress(stackOf({ app: { ...APP, ...config } }));
}

/** The addresses of a type. */
function addresses(resources: Record<string, Json>, type: string): string[] {
  return Object.keys(resources).filter((address) => address.startsWith(`${type}.`));
}

describe("the servers stack", () => {
  test("hands on what a configuration says of an instance", () => {
    const resources = server({
      tenancy: { host: { id: "h-1" } },
      placementGroup: { name: "theirs" },
      keyPair: { name: "ops" },
      elasticIp: { allocationId: "eipalloc-1" },
      subnets: "public",
      secondaryPrivateIps: ["10.0.0.9"],
      ipv6AddressCount: 1,
      sourceDestCheck: false,
      sessionManager: false,
      instanceMetadataTags: true,
      metadataHopLimit: 2,
      userData: "echo ${HOME}",
      replaceOnUserDataChange: true,
      stopProtection: true,
    });
    expect(resources["aws_instance.app"]).toMatchObject({
      tenancy: "host",
      host_id: "h-1",
      placement_group: "theirs",
      key_name: "ops",
      secondary_private_ips: ["10.0.0.9"],
      ipv6_address_count: 1,
      source_dest_check: false,
      metadata_options: { instance_metadata_tags: "enabled", http_put_response_hop_limit: 2 },
      user_data: "echo $${HOME}",
      user_data_replace_on_change: true,
      disable_api_stop: true,
    });
    expect(resources["aws_eip_association.app_elastic_ip_association"]).toMatchObject({ allocation_id: "eipalloc-1" });
    expect(addresses(resources, "aws_iam_role_policy_attachment")).toEqual([]);
  });

  test("makes a key pair of a public key, and takes one that exists by its name", () => {
    const own = server({ publicKey: "ssh-ed25519 AAAA me" });
    expect(own["aws_instance.app"]).toMatchObject({ key_name: "${aws_key_pair.app_key.key_name}" });
    expect(addresses(server({ keyPair: { name: "ops" } }), "aws_key_pair")).toEqual([]);
  });

  test("makes several of a server that are alike, in every zone, and lets the same clients in", () => {
    const ingress = { office: { cidr: "203.0.113.0/24", port: "https" as const } };
    const resources = server({ instancesPerZone: { a: 2, b: 1 }, ingress });
    expect(addresses(resources, "aws_instance")).toEqual(["a1", "a2", "b1"].map((key) => `aws_instance.app_${key}`));
    expect(addresses(resources, "aws_vpc_security_group_ingress_rule")).toHaveLength(1);
    expect(addresses(resources, "aws_iam_instance_profile")).toEqual(["aws_iam_instance_profile.app_profile"]);
  });

  test("gives single instances what they have of their own", () => {
    const overrides = { b1: { instanceType: "m7g.large", dataVolumes: UPLOADS } };
    const resources = server({ instancesPerZone: 1, overrides, snapshots: NIGHTLY });
    expect(resources["aws_instance.app_b1"]).toMatchObject({ instance_type: "m7g.large" });
    expect(resources["aws_instance.app_a1"]).toMatchObject({ instance_type: "t4g.small" });
    expect(resources["aws_ebs_volume.app_b1_uploads"]).toMatchObject({ tags: { Backup: "acme-dev-app_snapshots" } });
  });

  test("moves a single server to its place among several, and makes nothing anew", () => {
    const before = server({ dataVolumes: UPLOADS });
    const several = stackOf({ app: { ...APP, dataVolumes: UPLOADS, instancesPerZone: 1, formerServer: "a1" } });
    const moved = new Map((several["moved"] as { from: string; to: string }[]).map(({ from, to }) => [from, to]));
    for (const address of Object.keys(before).filter((one) => !one.startsWith("data.")))
      expect(byAddress(several)).toHaveProperty([moved.get(address) ?? address]);
    expect(moved.get("aws_instance.app")).toBe("aws_instance.app_a1");
  });

  test("refuses a place that is none", () => {
    expect(() => server({ instancesPerZone: 1, formerServer: "c1" })).toThrow(
      'dev: servers.app.formerServer names "c1", and there is none of that name in its instances: name one of a1, b1',
    );
  });

  test("backs the data volumes up by a policy of the server, but for those that name another", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/1";
    const dataVolumes = {
      ...UPLOADS,
      archive: { deviceName: "/dev/sdg", sizeGib: 20, backup: "weekly", kmsKeyArn },
    };
    const resources = server({ dataVolumes, snapshots: NIGHTLY });
    expect(resources["aws_ebs_volume.app_uploads"]).toMatchObject({ tags: { Backup: "acme-dev-app_snapshots" } });
    expect(resources["aws_ebs_volume.app_archive"]).toMatchObject({ tags: { Backup: "acme-dev-weekly" } });
    expect(resources["aws_dlm_lifecycle_policy.app_snapshots"]).toMatchObject({
      policy_details: { target_tags: { Backup: "acme-dev-app_snapshots" }, schedule: [{ name: "nightly" }] },
    });
    expect(resources["aws_iam_role_policy.app_snapshots_role_kms_keys"]?.["policy"]).toContain(kmsKeyArn);
  });

  test("protects data volumes as the environment says, but for those that say it themselves", () => {
    const dataVolumes = { ...UPLOADS, scratch: { deviceName: "/dev/sdg", sizeGib: 20, deletionProtection: false } };
    const protection = (changes: Partial<EnvironmentConfig>): unknown[] => {
      const resources = byAddress(stackOf({ app: { ...APP, dataVolumes } }, changes));
      return ["uploads", "scratch"].map((name) => resources[`aws_ebs_volume.app_${name}`]?.["lifecycle"]);
    };
    const lifecycle = { prevent_destroy: true };
    expect(protection({})).toEqual([undefined, undefined]);
    expect(protection({ deletionProtection: true })).toEqual([lifecycle, undefined]);
    expect(protection({ tier: "production" })).toEqual([lifecycle, undefined]);
    expect(protection({ tier: "production", deletionProtection: false })).toEqual([undefined, undefined]);
  });

  test("starts and stops a server, or each of several, on a schedule, and touches nothing else", () => {
    const powerSchedule = { stop: "cron(0 20 ? * MON-FRI *)", timeZone: "Europe/Madrid" };
    const resources = server({ powerSchedule });
    expect(addresses(resources, "aws_scheduler_schedule")).toEqual(["aws_scheduler_schedule.app_power_server_stop"]);
    expect(resources).toMatchObject(server());
    expect(addresses(server({ powerSchedule, instancesPerZone: 1 }), "aws_scheduler_schedule")).toEqual([
      "aws_scheduler_schedule.app_power_a1_stop",
      "aws_scheduler_schedule.app_power_b1_stop",
    ]);
  });

  test("tells what people need of each instance", () => {
    const outputs = (config: Partial<ServerConfig>): Record<string, { value: unknown }> =>
      stackOf({ app: { ...APP, dataVolumes: UPLOADS, ...config } })["output"] as Record<string, { value: unknown }>;
    expect(outputs({})).toMatchObject({
      app_instance_id: { value: "${aws_instance.app.id}" },
      app_private_ip: { value: "${aws_instance.app.private_ip}" },
      app_volume_ids: {
        value: {
          root: "${aws_instance.app.root_block_device[0].volume_id}",
          uploads: "${aws_ebs_volume.app_uploads.id}",
        },
      },
      app_login_user: { value: "ec2-user" },
    });
    expect(outputs({ subnets: "public", elasticIp: true })).toMatchObject({
      app_public_ip: { value: "${aws_eip.app_elastic_ip.public_ip}" },
      app_public_dns: { value: "${aws_eip.app_elastic_ip.public_dns}" },
    });
    expect(outputs({ image: { id: "ami-1" } })).not.toHaveProperty("app_login_user");
    expect(outputs({ instancesPerZone: { b: 1 } })).toHaveProperty("app_b1_instance_id");
  });

  test("names the key in the configuration that a server and its parts come from", () => {
    synthesizedApp((app) => {
      const servers = { app: { ...APP, powerSchedule: { stop: "cron(0 20 ? * * *)" }, snapshots: NIGHTLY } };
      const vpc = vpcWith(["a"], ["private"]);
      const stack = new ServersStack(app, { environment: { ...plainEnvironment, servers }, vpc });
      for (const id of ["app", "app_power", "app_snapshots"])
        expect(EnvironmentStack.configurationKeyOf(stack.node.findChild(id))).toBe("servers.app");
    });
  });
});
