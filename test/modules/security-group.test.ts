import {
  allow,
  allowSsh,
  allowWeb,
  ANYWHERE,
  ANYWHERE_IPV6,
  existingSecurityGroup,
  SecurityGroup,
  type SecurityGroupProps,
} from "../../modules/ec2";
import { EnvironmentStack } from "../../stacks";
import {
  byAddress,
  plainEnvironment,
  synthesized,
  synthesizedApp,
  type Json,
  type Synthesized,
} from "../support/synthesized";

const group = (
  use: (group: SecurityGroup, stack: EnvironmentStack) => void,
  props: Partial<SecurityGroupProps> = {},
): Synthesized["resources"] =>
  synthesized((stack) => use(new SecurityGroup(stack, "web", { vpc: { id: "vpc-1" }, ...props }), stack)).resources;
const rules = (resources: Synthesized["resources"]): string[] =>
  Object.keys(resources).filter((address) => address.includes("_rule."));
const ingress = (resources: Synthesized["resources"], name: string): Json | undefined =>
  resources[`aws_vpc_security_group_ingress_rule.web_${name}`];

describe("a security group", () => {
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

  test("lets everything out over IPv6 too in a VPC that has it, by a rule beside the first", () => {
    const plain = group(() => undefined);
    const dual = group(() => undefined, { vpc: { id: "vpc-1", ipv6Cidr: "2001:db8::/56" } });
    expect(dual).toEqual({
      ...plain,
      "aws_vpc_security_group_egress_rule.web_egress_all_ipv6": {
        security_group_id: "${aws_security_group.web.id}",
        description: "all traffic to ::/0",
        ip_protocol: "-1",
        cidr_ipv6: "::/0",
        tags: { Name: "acme-dev-web-egress-all-ipv6" },
      },
    });
  });

  test("lets out what is listed, or what is asked for later, where not everything may go out", () => {
    const listed = group(() => undefined, { egress: [{ to: ANYWHERE, port: "https" }] });
    const later = group((web) => web.allowTo(ANYWHERE, "https"), { egress: "none" });
    expect(rules(listed)).toEqual(["aws_vpc_security_group_egress_rule.web_to_0_0_0_0_0_443"]);
    expect(later).toEqual(listed);
    expect(rules(group((web) => web.allowTo(ANYWHERE, "https")))).toEqual([
      "aws_vpc_security_group_egress_rule.web_egress_all",
    ]);
  });

  test("has another name when it is described otherwise, because that replaces it", () => {
    const name = (description: string): unknown =>
      group(() => undefined, { description })["aws_security_group.web"]?.["name"];
    expect(name("one")).not.toBe(name("other"));
    expect(name("one")).toBe(name("one"));
  });

  test("refuses a description that AWS does not take", () => {
    expect(() => group(() => undefined, { description: "Zugang für die Büros" })).toThrowErrorMatchingInlineSnapshot(`
     "SecurityGroup "dev-test/web" is invalid:
       - description must be 1 to 255 of a-z A-Z 0-9 space ._-:/()#,@[]+=&;{}!$* (no accents), got "Zugang für die Büros""
    `);
  });
});

describe("a rule", () => {
  test("is a resource of its own for each peer and port, with the ports by number and the service by name", () => {
    const resources = group((web) => {
      web.allowFrom({ cidr: "203.0.113.0/24" }, "https");
      web.allowFrom({ cidr: "2001:db8::/32" }, 8080);
      web.allowFrom({ prefixListId: "pl-1" }, { protocol: "udp", from: 5000, to: 5010 });
      web.allowFrom(ANYWHERE, { protocol: "icmp", type: 8 });
      web.allowFrom(ANYWHERE_IPV6, { protocol: "icmpv6", type: 128, code: 0 });
    });
    expect(ingress(resources, "from_203_0_113_0_24_443")).toMatchObject({
      cidr_ipv4: "203.0.113.0/24",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      description: "https from 203.0.113.0/24",
    });
    expect(ingress(resources, "from_2001_db8_32_8080")).toMatchObject({ cidr_ipv6: "2001:db8::/32", from_port: 8080 });
    expect(ingress(resources, "from_pl-1_udp_5000_5010")).toMatchObject({
      prefix_list_id: "pl-1",
      ip_protocol: "udp",
      from_port: 5000,
      to_port: 5010,
    });
    expect(ingress(resources, "from_0_0_0_0_0_icmp_8")).toMatchObject({
      ip_protocol: "icmp",
      from_port: 8,
      to_port: -1,
    });
    expect(ingress(resources, "from__0_icmpv6_128_0")).toMatchObject({
      ip_protocol: "icmpv6",
      from_port: 128,
      to_port: 0,
      cidr_ipv6: "::/0",
      description: "icmpv6 type 128 from ::/0",
    });
  });

  test("is described as it is told to", () => {
    const resources = group((web) => {
      web.allowFrom({ cidr: "203.0.113.0/24" }, "https", { description: "office" });
      web.allowFrom(web, 7946, { description: "gossip" });
    });
    expect(ingress(resources, "from_203_0_113_0_24_443")).toMatchObject({ description: "office" });
    expect(ingress(resources, "from_web_7946")).toMatchObject({ description: "gossip" });
  });

  test("is made once when the same is asked for twice, by name or by number", () => {
    const resources = group((web) => {
      web.allowFrom(ANYWHERE, "ssh");
      web.allowFrom(ANYWHERE, 22);
    });
    expect(rules(resources)).toHaveLength(2);
  });

  test("stays as it was when others are put before it, taken away, or asked for in another order", () => {
    const cidrs = ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"];
    const allowing = (list: readonly string[]) => group((web) => list.forEach((cidr) => web.allowFrom({ cidr }, 443)));
    const before = allowing(cidrs);
    const after = allowing(["10.0.0.0/16", ...cidrs.slice(1)]);
    const kept = rules(before).filter((address) => !address.includes("10_1_0_0_16"));
    for (const address of kept) expect(after[address]).toEqual(before[address]);
    expect(rules(after)).toHaveLength(rules(before).length);
    expect(allowing([...cidrs].reverse())).toEqual(before);
  });

  test("lets a group's own members in, on both sides where not everything may go out", () => {
    const own = {
      security_group_id: "${aws_security_group.web.id}",
      referenced_security_group_id: "${aws_security_group.web.id}",
    };
    const resources = group((web) => web.allowInternally("etcd"), { egress: "none" });
    expect(ingress(resources, "from_web_2379_2380")).toMatchObject({ ...own, from_port: 2379, to_port: 2380 });
    expect(resources["aws_vpc_security_group_egress_rule.web_from_web_2379_2380_egress"]).toMatchObject(own);
  });

  test("is refused when its address is that of a rule for other addresses", () => {
    const both = (): unknown =>
      group((web) => {
        web.allowFrom({ cidr: "2001:db8:32::/64" }, 443);
        web.allowFrom({ cidr: "2001:db8::32/64" }, 443);
      });
    expect(both).toThrow(
      "dev-test/web/from_2001_db8_32_64_443 is there already, for 2001:db8:32::/64: write 2001:db8::32/64 with its network address",
    );
  });

  test("opens a web server or SSH in one call", () => {
    const resources = group((web) => {
      allowWeb(web);
      allowSsh(web, [{ cidr: "203.0.113.7/32" }]);
    });
    expect(
      rules(resources)
        .filter((address) => address.includes("ingress"))
        .sort(),
    ).toEqual([
      "aws_vpc_security_group_ingress_rule.web_from_0_0_0_0_0_443",
      "aws_vpc_security_group_ingress_rule.web_from_0_0_0_0_0_80",
      "aws_vpc_security_group_ingress_rule.web_from_203_0_113_7_32_22",
    ]);
  });
});

describe("a security group that exists already", () => {
  const resources = (
    use: (bastion: ReturnType<typeof existingSecurityGroup>, web: SecurityGroup) => void,
    egress?: "none",
  ) => group((web, stack) => use(existingSecurityGroup(stack, "bastion", { securityGroupId: "sg-1", egress }), web));

  test("gets rules in both directions, and nothing else", () => {
    const made = resources((bastion, web) => {
      web.allowFrom(bastion, "ssh");
      bastion.allowFrom(web, 9100);
      bastion.allowFrom({ cidr: "203.0.113.0/24" }, "https");
    });
    expect(ingress(made, "from_bastion_22")).toMatchObject({ referenced_security_group_id: "sg-1", from_port: 22 });
    expect(made["aws_vpc_security_group_ingress_rule.bastion_from_web_9100"]).toMatchObject({
      security_group_id: "sg-1",
      referenced_security_group_id: "${aws_security_group.web.id}",
    });
    expect(made["aws_vpc_security_group_ingress_rule.bastion_from_203_0_113_0_24_443"]).toMatchObject({
      security_group_id: "sg-1",
    });
    expect(rules(made)).toHaveLength(4);
    expect(Object.keys(made).filter((address) => address.startsWith("aws_security_group."))).toHaveLength(1);
  });

  test("is let out too, where it is said that not everything may go out", () => {
    const made = resources((bastion, web) => allow(bastion, web, "ssh"), "none");
    expect(made["aws_vpc_security_group_egress_rule.web_from_bastion_22_egress"]).toMatchObject({
      security_group_id: "sg-1",
      referenced_security_group_id: "${aws_security_group.web.id}",
    });
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
