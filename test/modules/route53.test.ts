import { DelegationSet, existingHostedZone, HostedZone, type HostedZoneProps } from "../../modules/route53";
import { byAddress, plainEnvironment, synthesized, synthesizedApp, type Synthesized } from "../support/synthesized";
import { EnvironmentStack } from "../../stacks";

type Resources = Synthesized["resources"];

function zone(
  props: Partial<HostedZoneProps> = {},
  use: (zone: HostedZone, stack: EnvironmentStack) => void = () => undefined,
  environment = {},
): Resources {
  return synthesized((stack) => {
    use(new HostedZone(stack, "main", { domainName: "example.com", ...props }), stack);
  }, environment).resources;
}

const vpcs = [{ id: "vpc-1" }];

/** Everything that was there is as it was, except what is named. */
function expectKept(before: Resources, after: Resources, except: readonly string[] = []): void {
  for (const address of Object.keys(before))
    if (!except.includes(address)) expect(after[address]).toEqual(before[address]);
}

describe("a hosted zone", () => {
  test("is public, says what it is for, and may be destroyed outside of production", () => {
    expect(zone()).toEqual({
      "aws_route53_zone.main": { name: "example.com", comment: "dev: example.com", tags: { Name: "acme-dev-main" } },
    });
  });

  test("is protected in production, unless it says otherwise", () => {
    const lifecycle = (props: Partial<HostedZoneProps>): unknown =>
      zone(props, undefined, { tier: "production" })["aws_route53_zone.main"]?.["lifecycle"];
    expect(lifecycle({})).toEqual({ prevent_destroy: true });
    expect(lifecycle({ deletionProtection: false })).toBeUndefined();
  });

  test("with VPCs is private to them, and another VPC touches nothing else", () => {
    const record = (made: HostedZone): unknown => made.record("db", { type: "A", values: ["10.0.0.1"] });
    const one = zone({ vpcs }, record);
    const two = zone({ vpcs: [{ id: "vpc-0", region: "eu-west-2" }, ...vpcs] }, record);
    expect(one["aws_route53_zone.main"]).toMatchObject({ vpc: [{ vpc_id: "vpc-1" }] });
    expect(two["aws_route53_zone.main"]).toMatchObject({
      vpc: [{ vpc_id: "vpc-0", vpc_region: "eu-west-2" }, { vpc_id: "vpc-1" }],
    });
    expectKept(one, two, ["aws_route53_zone.main"]);
  });

  test("takes further VPCs one by one, without a change of its address or arguments", () => {
    const before = zone({ vpcs });
    const one = zone({ vpcs }, (made) => made.associateVpc("shared", { id: "vpc-2", region: "us-east-1" }));
    const two = zone({ vpcs }, (made) => {
      made.associateVpc("another", { id: "vpc-3" });
      made.associateVpc("shared", { id: "vpc-2", region: "us-east-1" });
    });
    expect(one["aws_route53_zone.main"]).toEqual({
      ...before["aws_route53_zone.main"],
      lifecycle: { ignore_changes: ["vpc"] },
    });
    expect(one["aws_route53_zone_association.main_vpc_shared"]).toEqual({
      zone_id: "${aws_route53_zone.main.zone_id}",
      vpc_id: "vpc-2",
      vpc_region: "us-east-1",
    });
    expectKept(one, two);
    expect(Object.keys(two)).toHaveLength(Object.keys(one).length + 1);
  });

  test("stays protected when a VPC is associated", () => {
    const resources = zone({ vpcs, deletionProtection: true }, (made) => made.associateVpc("b", { id: "vpc-2" }));
    expect(resources["aws_route53_zone.main"]).toMatchObject({
      lifecycle: { prevent_destroy: true, ignore_changes: ["vpc"] },
    });
  });

  test("authorizes another account's VPC, which that account associates", () => {
    const resources = zone({ vpcs }, (made, stack) => {
      made.associateVpc("partner", { id: "vpc-9" }, { provider: stack.providerIn("eu-west-2") });
    });
    const authorization = "aws_route53_vpc_association_authorization.main_vpc_partner_authorization";
    expect(resources[authorization]).toEqual({ zone_id: "${aws_route53_zone.main.zone_id}", vpc_id: "vpc-9" });
    expect(resources["aws_route53_zone_association.main_vpc_partner"]).toEqual({
      provider: "aws.eu-west-2",
      zone_id: `\${${authorization}.zone_id}`,
      vpc_id: "vpc-9",
    });
  });

  test("shares the name servers of a delegation set, and goes with its records where that is asked for", () => {
    const resources = synthesized((stack) => {
      const delegationSet = new DelegationSet(stack, "servers");
      new HostedZone(stack, "main", { domainName: "example.com", delegationSet, forceDestroy: true });
    }).resources;
    expect(resources["aws_route53_zone.main"]).toMatchObject({
      delegation_set_id: "${aws_route53_delegation_set.servers.id}",
      force_destroy: true,
    });
  });

  test("that is set up wrongly is refused, with everything that is wrong", () => {
    const wrong = (): unknown =>
      synthesized((stack) => {
        const provider = stack.providerIn("eu-central-1");
        const queryLog = { provider };
        const dnssec = { provider: "stack" } as const;
        new HostedZone(stack, "main", { domainName: "example.com.", vpcs: [], queryLog, dnssec });
      });
    expect(wrong).toThrowErrorMatchingInlineSnapshot(`
     "HostedZone "dev-test/main" is invalid:
       - domainName must be labels with dots between them and no dot at its end, got "example.com."
       - vpcs names no VPC: name one, or leave it out for a public zone
       - dnssec is for public zones, and a zone with vpcs is private: drop one of the two
       - queryLog is for public zones, and a zone with vpcs is private: drop one of the two
       - dnssec needs the provider of us-east-1, got that of eu-west-1: stack.providerIn("us-east-1")
       - queryLog needs the provider of us-east-1, got that of eu-central-1: stack.providerIn("us-east-1")"
    `);
  });

  test("refuses to associate a VPC when it is public, or has several", () => {
    const associate = (props: Partial<HostedZoneProps>) => (): unknown =>
      zone(props, (made) => made.associateVpc("b", { id: "vpc-2" }));
    expect(associate({})).toThrowErrorMatchingInlineSnapshot(`
     "HostedZone "dev-test/main" is invalid:
       - associateVpc("b") needs a zone with one VPC in vpcs, got 0: name the first there, and associate each of the others"
    `);
    expect(associate({ vpcs: [...vpcs, { id: "vpc-3" }] })).toThrow("needs a zone with one VPC in vpcs, got 2");
  });
});

describe("a signed zone", () => {
  test("has a key of its own in us-east-1, which only Route 53 signs with, and for this zone", () => {
    const resources = zone({}, (_, stack) => {
      const provider = stack.providerIn("us-east-1");
      new HostedZone(stack, "signed", { domainName: "signed.example.com", dnssec: { provider } });
    });
    const key = resources["aws_kms_key.signed_dnssec_kms_key"];
    expect(key).toMatchObject({
      provider: "aws.us-east-1",
      customer_master_key_spec: "ECC_NIST_P256",
      key_usage: "SIGN_VERIFY",
    });
    const policy = JSON.parse(key?.["policy"] as string) as { Statement: { Sid: string }[] };
    expect(policy.Statement.find(({ Sid }) => Sid === "Sign")).toMatchObject({
      Principal: { Service: "dnssec-route53.amazonaws.com" },
      Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnEquals: { "aws:SourceArn": "${aws_route53_zone.signed.arn}" },
      },
    });
    expect(resources["aws_route53_key_signing_key.signed_dnssec_key_signing_key"]).toEqual({
      hosted_zone_id: "${aws_route53_zone.signed.zone_id}",
      key_management_service_arn: "${aws_kms_key.signed_dnssec_kms_key.arn}",
      name: "key_signing_key",
    });
    expect(resources["aws_route53_hosted_zone_dnssec.signed_dnssec"]).toEqual({
      hosted_zone_id: "${aws_route53_key_signing_key.signed_dnssec_key_signing_key.hosted_zone_id}",
    });
  });

  test("takes a key that exists, and leaves the zone itself as it was", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/1";
    const resources = zone({ dnssec: { kmsKeyArn } });
    expect(resources["aws_route53_key_signing_key.main_dnssec_key_signing_key"]).toMatchObject({
      key_management_service_arn: kmsKeyArn,
    });
    expect(Object.keys(resources).filter((address) => address.startsWith("aws_kms"))).toEqual([]);
    expectKept(zone(), resources);
  });
});

describe("a query log", () => {
  const logged = (names: readonly string[]): Resources =>
    synthesized((stack) => {
      for (const name of names)
        new HostedZone(stack, name, {
          domainName: `${name}.com`,
          queryLog: { provider: stack.providerIn("us-east-1"), retentionDays: 30 },
        });
    }).resources;

  test("is written to a group in us-east-1, after Route 53 has leave to", () => {
    const resources = logged(["one"]);
    expect(resources["aws_cloudwatch_log_group.one_query_log_log_group"]).toMatchObject({
      provider: "aws.us-east-1",
      name: "/aws/route53/acme-dev-one-query-log",
      retention_in_days: 30,
    });
    expect(resources["aws_route53_query_log.one_query_log"]).toMatchObject({
      cloudwatch_log_group_arn: "${aws_cloudwatch_log_group.one_query_log_log_group.arn}",
      depends_on: ["aws_cloudwatch_log_resource_policy.route53_query_logs"],
    });
    const policy = resources["aws_cloudwatch_log_resource_policy.route53_query_logs"];
    expect(policy).toMatchObject({ provider: "aws.us-east-1" });
    expect(policy?.["policy_document"]).toContain("arn:aws:logs:us-east-1:111111111111:log-group:/aws/route53/*");
  });

  test("of a second zone shares the leave, of which an account has ten", () => {
    expectKept(logged(["one"]), logged(["zero", "one"]));
    const policies = Object.keys(logged(["zero", "one"])).filter((address) => address.includes("resource_policy"));
    expect(policies).toHaveLength(1);
  });
});

describe("delegation", () => {
  test("makes the NS record of the child, and the DS record when that is asked for", () => {
    const delegated = (signed?: boolean): Resources =>
      zone({}, (parent, stack) => {
        const dnssec = { kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1" };
        parent.delegate(new HostedZone(stack, "shop", { domainName: "shop.example.com", dnssec }), { signed });
      });
    expect(delegated()["aws_route53_record.main_shop_ns"]).toEqual({
      zone_id: "${aws_route53_zone.main.zone_id}",
      name: "shop.example.com",
      type: "NS",
      ttl: 172800,
      records: "${aws_route53_zone.shop.name_servers}",
    });
    expect(delegated()).not.toHaveProperty(["aws_route53_record.main_shop_ds"]);
    expect(delegated(true)["aws_route53_record.main_shop_ds"]).toMatchObject({
      records: ["${aws_route53_key_signing_key.shop_dnssec_key_signing_key.ds_record}"],
    });
    expectKept(delegated(), delegated(true));
  });

  test("to a zone of a later stack is made there", () => {
    const stacks = synthesizedApp((app) => {
      const stack = (name: string): EnvironmentStack =>
        new EnvironmentStack(app, name, { environment: plainEnvironment });
      const parent = new HostedZone(stack("dns"), "main", { domainName: "example.com" });
      parent.delegate(new HostedZone(stack("shop"), "shop", { domainName: "shop.example.com" }));
    });
    expect(byAddress(stacks["dev-shop"] ?? {})["aws_route53_record.shop_dns_main_shop_ns"]).toMatchObject({
      zone_id: "${data.terraform_remote_state.dns.outputs.aws_route53_zone_main_zone_id}",
    });
  });

  test("refuses a child that is not below, itself, and a DS record of what is not signed", () => {
    const nameServers = ["ns1.example.org"];
    const to = (domainName: string, signed?: boolean) => (): unknown =>
      zone({}, (parent) => parent.delegate({ domainName, nameServers }, { signed }));
    expect(to("shop.example.org")).toThrowErrorMatchingInlineSnapshot(`
     "HostedZone "dev-test/main" is invalid:
       - record "shop.example.org." is outside of the zone example.com: put it into the zone of its own domain"
    `);
    expect(to("example.com")).toThrow("example.com cannot be delegated to itself: name a zone below it");
    expect(to("shop.example.com", true)).toThrow("there is no DS record to publish: give it dnssec first");
  });
});

describe("a zone that exists", () => {
  test("gets records with the provider of its account, and is not looked up", () => {
    const resources = synthesized((stack) => {
      const provider = stack.providerIn("us-east-1");
      const company = existingHostedZone(stack, "company", { zoneId: "Z1", domainName: "example.com", provider });
      company.record("www", { type: "A", values: ["192.0.2.1"] });
    }).resources;
    expect(resources).toEqual({
      "aws_route53_record.company_www_a": {
        provider: "aws.us-east-1",
        zone_id: "Z1",
        name: "www.example.com",
        type: "A",
        ttl: 300,
        records: ["192.0.2.1"],
      },
    });
  });
});
