import { awsPrefixList, PrefixList, SecurityGroup, type SecurityGroupProps } from "../../modules/ec2";
import { EnvironmentStack } from "../../stacks";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";

const group = (
  use: (group: SecurityGroup, stack: EnvironmentStack) => void,
  props: Partial<SecurityGroupProps> = {},
): Synthesized["resources"] =>
  synthesized((stack) => use(new SecurityGroup(stack, "web", { vpc: { id: "vpc-1" }, ...props }), stack)).resources;
const ingress = (resources: Synthesized["resources"], name: string): Json | undefined =>
  resources[`aws_vpc_security_group_ingress_rule.web_${name}`];

describe("a prefix list", () => {
  const offices = {
    madrid: { cidr: "203.0.113.0/24" },
    lima: { cidr: "198.51.100.0/24", description: "Lima 2nd floor" },
  };
  const list = (props: ConstructorParameters<typeof PrefixList>[2]): Synthesized["resources"] =>
    synthesized((stack) => void new PrefixList(stack, "offices", props)).resources;

  test("holds each of its entries as a resource of its own, by name", () => {
    expect(list({ entries: offices })).toEqual({
      "aws_ec2_managed_prefix_list.offices": {
        name: "acme-dev-offices",
        address_family: "IPv4",
        max_entries: 10,
        tags: { Name: "acme-dev-offices" },
      },
      "aws_ec2_managed_prefix_list_entry.offices_madrid": {
        prefix_list_id: "${aws_ec2_managed_prefix_list.offices.id}",
        cidr: "203.0.113.0/24",
        description: "madrid",
      },
      "aws_ec2_managed_prefix_list_entry.offices_lima": {
        prefix_list_id: "${aws_ec2_managed_prefix_list.offices.id}",
        cidr: "198.51.100.0/24",
        description: "Lima 2nd floor",
      },
    });
  });

  test("is not touched by an entry that is added", () => {
    const before = list({ entries: offices });
    const after = list({ entries: { quito: { cidr: "192.0.2.0/24" }, ...offices } });
    for (const address of Object.keys(before)) expect(after[address]).toEqual(before[address]);
  });

  test("is a peer, by the name of its construct", () => {
    const resources = group((web, stack) =>
      web.allowFrom(new PrefixList(stack, "offices", { entries: offices }), "https"),
    );
    expect(ingress(resources, "from_offices_443")).toMatchObject({
      prefix_list_id: "${aws_ec2_managed_prefix_list.offices.id}",
      description: "https from offices",
    });
  });

  test("refuses more entries than it may hold, and those of the other family", () => {
    expect(() => list({ maxEntries: 1, entries: { ...offices, six: { cidr: "2001:db8::/32" } } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "PrefixList "dev-test/offices" is invalid:
       - maxEntries must be at least 3, the number of entries, got 1
       - entries.six.cidr must be ipv4, the list's family, got "2001:db8::/32""
    `);
  });

  test("of an AWS service is looked up by its name, once", () => {
    const resources = group((web, stack) => {
      web.allowFrom(awsPrefixList(stack, "cloudfront"), "https");
      web.allowFrom(awsPrefixList(stack, "cloudfront"), "http");
      web.allowTo(awsPrefixList(stack, "s3"), "https");
    });
    expect(resources["data.aws_ec2_managed_prefix_list.cloudfront_prefix_list"]).toEqual({
      name: "com.amazonaws.global.cloudfront.origin-facing",
    });
    expect(resources["data.aws_ec2_managed_prefix_list.s3_prefix_list"]).toEqual({
      name: "com.amazonaws.eu-west-1.s3",
    });
    expect(ingress(resources, "from_cloudfront_443")).toMatchObject({
      prefix_list_id: "${data.aws_ec2_managed_prefix_list.cloudfront_prefix_list.id}",
      description: "https from cloudfront",
    });
  });

  test("of an AWS service is a region's, so that it needs one, but for those that are global", () => {
    const look = (name: "s3" | "cloudfront") => (): unknown =>
      synthesized((stack) => void awsPrefixList(stack, name), { region: "" });
    expect(look("s3")).toThrow(
      'The prefix list "s3" is a region\'s: put it into an EnvironmentStack, or say where it is with provideContext.',
    );
    expect(look("cloudfront")).not.toThrow();
  });

  test("whose id is not known yet needs a name of its own", () => {
    const use = (name?: string): Synthesized["resources"] =>
      group((web, stack) => {
        const other = new SecurityGroup(stack, "other", { vpc: { id: "vpc-1" } });
        web.allowFrom({ prefixListId: other.id, name }, 443);
      });
    expect(() => use()).toThrow("A prefix list whose id is not known yet needs a name");
    expect(ingress(use("partners"), "from_partners_443")).toBeDefined();
  });
});
