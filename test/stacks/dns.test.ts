import { defineEnvironment } from "../../environments/define";
import { validateEnvironments } from "../../environments/validate";
import type { ZoneConfig } from "../../environments/zone-config";
import { Vpc } from "../../modules/vpc";
import { EnvironmentStack } from "../../stacks";
import { DnsStack } from "../../stacks/dns";
import { byAddress, plainEnvironment, synthesizedApp, type Json } from "../support/synthesized";

/** The stack of an environment with these zones, said as an environment file says them. */
function dns(zones: Readonly<Record<string, ZoneConfig>>): Json {
  const [environment] = validateEnvironments([defineEnvironment({}, { ...plainEnvironment, zones })]);
  if (!environment) throw new Error("no environment");
  const documents = synthesizedApp((app) => {
    const network = new EnvironmentStack(app, "network", { environment });
    const vpc = new Vpc(network, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a"], natGateways: "none" });
    new DnsStack(app, { environment, vpc });
  });
  return documents["dev-dns"] ?? {};
}

const PUBLIC: ZoneConfig = { domainName: "acme.example", visibility: "public" };
const publicZone = (config: Partial<ZoneConfig>): Record<string, Json> =>
  byAddress(dns({ public: { ...PUBLIC, ...config } }));

describe("zones as data", () => {
  test("have records of every routing policy, with the health checks that they name", () => {
    const resources = publicZone({
      healthChecks: {
        api: { type: "https", fqdn: "api.example.org", path: "/health" },
        whole: { type: "calculated", children: ["api", "web"] },
        web: { type: "tcp", fqdn: "web.example.org", port: 80 },
      },
      cidrCollections: { offices: { berlin: ["192.0.2.0/24"] } },
      records: {
        primary: {
          name: "api",
          type: "A",
          values: ["198.51.100.1"],
          routing: { failover: "primary", setId: "primary" },
          healthCheck: "whole",
        },
        secondary: {
          name: "api",
          type: "A",
          values: ["198.51.100.2"],
          routing: { failover: "secondary", setId: "second" },
        },
        near: {
          name: "near",
          type: "A",
          values: ["198.51.100.3"],
          routing: { latency: { region: "eu-west-1" }, setId: "eu" },
        },
        heavy: {
          name: "heavy",
          type: "A",
          values: ["198.51.100.4"],
          routing: { weighted: { weight: 9 }, setId: "old" },
        },
        berlin: {
          name: "wiki",
          type: "A",
          values: ["198.51.100.5"],
          routing: { cidr: { collection: "offices", location: "berlin" }, setId: "berlin" },
        },
        rest: {
          name: "wiki",
          type: "A",
          values: ["198.51.100.6"],
          routing: { cidr: { collection: "offices", location: "*" }, setId: "rest" },
        },
      },
    });
    expect(resources["aws_route53_record.public_api_a_primary"]).toMatchObject({
      failover_routing_policy: { type: "PRIMARY" },
      health_check_id: "${aws_route53_health_check.public_whole_health_check.id}",
    });
    expect(resources["aws_route53_health_check.public_whole_health_check"]).toMatchObject({
      child_healthchecks: [
        "${aws_route53_health_check.public_api_health_check.id}",
        "${aws_route53_health_check.public_web_health_check.id}",
      ],
      child_health_threshold: 2,
    });
    expect(resources["aws_route53_record.public_near_a_eu"]).toMatchObject({
      latency_routing_policy: { region: "eu-west-1" },
    });
    expect(resources["aws_route53_record.public_heavy_a_old"]).toMatchObject({
      weighted_routing_policy: { weight: 9 },
    });
    const collection_id = "${aws_route53_cidr_collection.public_offices_cidr_collection.id}";
    expect(resources["aws_route53_record.public_wiki_a_berlin"]).toMatchObject({
      cidr_routing_policy: {
        collection_id,
        location_name: "${aws_route53_cidr_location.public_offices_cidr_collection_berlin.name}",
      },
    });
    expect(resources["aws_route53_record.public_wiki_a_rest"]).toMatchObject({
      cidr_routing_policy: { collection_id, location_name: "*" },
    });
  });

  test("have aliases of services, of what is known by its zone, and of their own records", () => {
    const resources = publicZone({
      aliases: {
        shop: { name: "shop", to: { service: "cloudfront", dnsName: "d1.cloudfront.net" }, ipv6: true },
        old: { name: "old", to: { dnsName: "alb.example.org", zoneId: "Z1" } },
        apex: { name: "@", to: { record: "shop" } },
      },
    });
    expect(resources["aws_route53_record.public_shop_aaaa"]).toMatchObject({
      alias: { name: "d1.cloudfront.net", zone_id: "Z2FDTNDATAQYW2", evaluate_target_health: false },
    });
    expect(resources["aws_route53_record.public_old_a"]).toMatchObject({ alias: { zone_id: "Z1" } });
    expect(resources["aws_route53_record.public_apex_a"]).toMatchObject({
      alias: { name: "shop.acme.example", zone_id: "${aws_route53_zone.public.zone_id}" },
    });
  });

  test("are signed and logged in us-east-1, and tell what the zone above has to publish", () => {
    const json = dns({ public: { ...PUBLIC, dnssec: true, queryLog: { retentionDays: 90 } } });
    const resources = byAddress(json);
    expect(resources["aws_kms_key.public_dnssec_kms_key"]).toMatchObject({ provider: "aws.us-east-1" });
    expect(resources["aws_cloudwatch_log_group.public_query_log_log_group"]).toMatchObject({
      provider: "aws.us-east-1",
      retention_in_days: 90,
    });
    expect(json["output"]).toMatchObject({
      public_ds_record: { value: "${aws_route53_key_signing_key.public_dnssec_key_signing_key.ds_record}" },
    });
    expect(dns({ public: PUBLIC })["output"]).not.toHaveProperty("public_ds_record");
  });

  test("share the name servers of a delegation set by its name", () => {
    const shared = { visibility: "public", delegationSet: "brand" } as const;
    const resources = byAddress(
      dns({ one: { domainName: "one.example", ...shared }, two: { domainName: "two.example", ...shared } }),
    );
    const delegation_set_id = "${aws_route53_delegation_set.brand_delegation_set.id}";
    expect(resources["aws_route53_zone.one"]).toMatchObject({ delegation_set_id });
    expect(resources["aws_route53_zone.two"]).toMatchObject({ delegation_set_id });
  });

  test("are delegated to from the environment's own zones, and to zones of elsewhere", () => {
    const resources = byAddress(
      dns({
        public: {
          ...PUBLIC,
          delegations: {
            shop: { zone: "shop", signed: true },
            lab: { domainName: "lab.acme.example", nameServers: ["ns1.example.org"], ttlSeconds: 300 },
          },
        },
        shop: { domainName: "shop.acme.example", visibility: "public", dnssec: true },
      }),
    );
    expect(resources["aws_route53_record.public_shop_ns"]).toMatchObject({
      records: "${aws_route53_zone.shop.name_servers}",
    });
    expect(Object.keys(resources)).toContain("aws_route53_record.public_shop_ds");
    expect(resources["aws_route53_record.public_lab_ns"]).toMatchObject({ records: ["ns1.example.org"], ttl: 300 });
  });

  test("reach into other accounts through the role of the same name: the zone above, and further VPCs", () => {
    const json = dns({
      public: { ...PUBLIC, parent: { zoneId: "Z0", domainName: "example", account: "999999999999" } },
      internal: {
        domainName: "acme.internal",
        visibility: "private",
        vpcs: { partner: { id: "vpc-9", region: "eu-west-2", account: "999999999999" }, own: { id: "vpc-2" } },
      },
    });
    const resources = byAddress(json);
    const provider = "aws.account_999999999999";
    expect(resources["aws_route53_record.public_parent_acme_ns"]).toMatchObject({ zone_id: "Z0", provider });
    expect(resources["aws_route53_vpc_association_authorization.internal_vpc_partner_authorization"]).toMatchObject({
      vpc_id: "vpc-9",
      vpc_region: "eu-west-2",
    });
    expect(resources["aws_route53_zone_association.internal_vpc_partner"]).toMatchObject({ provider });
    expect(resources["aws_route53_zone_association.internal_vpc_own"]).not.toHaveProperty("provider");
    expect(json["provider"]).toMatchObject({
      aws: [
        { allowed_account_ids: ["111111111111"] },
        { alias: "account_999999999999", allowed_account_ids: ["999999999999"] },
      ],
    });
  });

  test("can be destroyed with the records that Terraform does not know, when that is said", () => {
    expect(publicZone({ forceDestroy: true })["aws_route53_zone.public"]).toMatchObject({ force_destroy: true });
  });

  const record = { name: "a", type: "A", values: ["192.0.2.1"] } as const;
  const nowhere = { collection: "offices", location: "berlin" };

  test.each([
    [
      { records: { a: { ...record, healthCheck: "api" } } },
      "records.a.healthCheck",
      "api",
      "zones.public.healthChecks",
    ],
    [
      { records: { a: { ...record, healthCheck: "toString" } } },
      "records.a.healthCheck",
      "toString",
      "zones.public.healthChecks",
    ],
    [
      { healthChecks: { all: { type: "calculated", children: ["api"] } } },
      "healthChecks.all.children",
      "api",
      "zones.public.healthChecks",
    ],
    [
      { records: { a: { ...record, routing: { cidr: nowhere, setId: "b" } } } },
      "records.a.routing.cidr",
      "offices",
      "zones.public.cidrCollections",
    ],
    [{ delegations: { shop: { zone: "shop" } } }, "delegations.shop.zone", "shop", "zones"],
  ] as const)("refuse a name that leads nowhere: %j", (config, from, name, to) => {
    expect(() => publicZone(config)).toThrow(
      `dev: zones.public.${from} names "${name}", and there is none of that name in ${to}: `,
    );
  });

  test("refuse a health check that is calculated from itself, through others too", () => {
    const calculated = (...children: string[]) => ({ type: "calculated", children }) as const;
    const healthChecks = { api: calculated("web"), web: calculated("api") };
    expect(() => publicZone({ healthChecks })).toThrow(
      'dev: zones.public.healthChecks.web.children names "api", which is calculated from it: name another',
    );
  });
});
