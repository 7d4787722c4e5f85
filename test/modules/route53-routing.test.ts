import {
  CidrCollection,
  existingAliasTarget,
  HealthCheck,
  HostedZone,
  type HealthCheckProps,
  type RoutingPolicy,
  type Zone,
} from "../../modules/route53";
import type { EnvironmentStack } from "../../stacks";
import { synthesized, type Synthesized } from "../support/synthesized";

type Resources = Synthesized["resources"];

function zone(use: (zone: Zone, stack: EnvironmentStack) => void): Resources {
  return synthesized((stack) => {
    use(new HostedZone(stack, "main", { domainName: "example.com" }), stack);
  }).resources;
}

const at = (value: string): { type: "A"; values: string[] } => ({ type: "A", values: [value] });
const blue = { target: { dnsName: "blue.example.net", zoneId: "Z1" } };
const green = { target: { dnsName: "green.example.net", zoneId: "Z1" } };

describe("a routing policy", () => {
  test.each<[RoutingPolicy, object]>([
    [{ weighted: { weight: 0 } }, { weighted_routing_policy: { weight: 0 } }],
    [{ latency: { region: "eu-west-1" } }, { latency_routing_policy: { region: "eu-west-1" } }],
    [{ failover: "secondary" }, { failover_routing_policy: { type: "SECONDARY" } }],
    [{ geolocation: { continent: "EU" } }, { geolocation_routing_policy: { continent: "EU" } }],
    [
      { geolocation: { country: "US", subdivision: "TX" } },
      { geolocation_routing_policy: { country: "US", subdivision: "TX" } },
    ],
    [{ geolocation: { everywhereElse: true } }, { geolocation_routing_policy: { country: "*" } }],
    [
      { geoproximity: { region: "eu-west-1", bias: -5 } },
      { geoproximity_routing_policy: { aws_region: "eu-west-1", bias: -5 } },
    ],
    [
      { geoproximity: { latitude: 52.52, longitude: -13.4 } },
      { geoproximity_routing_policy: { coordinates: [{ latitude: "52.52", longitude: "-13.4" }] } },
    ],
    [
      { geoproximity: { localZoneGroup: "us-east-1-bue-1" } },
      { geoproximity_routing_policy: { local_zone_group: "us-east-1-bue-1" } },
    ],
    [{ multivalue: true }, { multivalue_answer_routing_policy: true }],
    [
      { cidr: { collectionId: "c-1", name: "berlin" } },
      { cidr_routing_policy: { collection_id: "c-1", location_name: "berlin" } },
    ],
  ])("%j is written with its set id, which is part of the address", (policy, expected) => {
    const resources = zone((main) => main.record("www", { ...at("192.0.2.1"), routing: { ...policy, setId: "one" } }));
    expect(resources["aws_route53_record.main_www_a_one"]).toEqual({
      zone_id: "${aws_route53_zone.main.zone_id}",
      name: "www.example.com",
      type: "A",
      ttl: 60,
      records: ["192.0.2.1"],
      set_identifier: "one",
      ...expected,
    });
  });

  test("of many values is not for aliases: it does not compile", () => {
    zone((main) => {
      // @ts-expect-error Route 53 has no multivalue aliases
      main.alias("www", blue.target, { routing: { multivalue: true, setId: "one" } });
    });
  });
});

describe("weighted answers", () => {
  test("are one record each, and a shift changes nothing but their weights", () => {
    const shift = (weight: number): Resources =>
      zone((main) => main.weighted("app", { blue: { ...blue, weight: 100 - weight }, green: { ...green, weight } }));
    const [before, after] = [shift(10), shift(100)];
    expect(before["aws_route53_record.main_app_a_blue"]).toEqual({
      zone_id: "${aws_route53_zone.main.zone_id}",
      name: "app.example.com",
      type: "A",
      alias: { name: "blue.example.net", zone_id: "Z1", evaluate_target_health: true },
      set_identifier: "blue",
      weighted_routing_policy: { weight: 90 },
    });
    expect(after["aws_route53_record.main_app_a_green"]).toEqual({
      ...before["aws_route53_record.main_app_a_green"],
      weighted_routing_policy: { weight: 100 },
    });
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  test("take another answer and a health check without a change of the others", () => {
    const answers = { one: { ...at("192.0.2.1"), weight: 1 }, two: { ...at("192.0.2.2"), weight: 1 } };
    const before = zone((main) => main.weighted("app", answers));
    const after = zone((main) => {
      main.weighted("app", { zero: { ...at("192.0.2.3"), weight: 1, healthCheck: { id: "hc-1" } }, ...answers });
    });
    for (const address of Object.keys(before)) expect(after[address]).toEqual(before[address]);
    expect(after["aws_route53_record.main_app_a_zero"]).toMatchObject({ health_check_id: "hc-1" });
  });
});

describe("blue and green", () => {
  const share = (greenPercent: number): Resources =>
    zone((main) => main.blueGreen("", { blue, green: at("192.0.2.1"), greenPercent }));

  test.each([
    [0, 100, 0],
    [10, 90, 10],
    [100, 0, 100],
  ])("share by one number: %i is %i to %i", (percent, blueWeight, greenWeight) => {
    expect(share(percent)).toMatchObject({
      "aws_route53_record.main_apex_a_blue": { weighted_routing_policy: { weight: blueWeight } },
      "aws_route53_record.main_apex_a_green": { weighted_routing_policy: { weight: greenWeight } },
    });
  });

  test("refuse a number that is no share", () => {
    expect(() => share(101)).toThrow('greenPercent of "" must be a whole number from 0 to 100, got 101');
    expect(() => share(12.5)).toThrow("got 12.5");
  });
});

describe("failover", () => {
  test("makes the health check of the primary and gives it to it", () => {
    const resources = zone((main) => {
      const healthCheck = { type: "tcp", ipAddress: "192.0.2.1", port: 443 } as const;
      main.failover("api", { primary: { ...at("192.0.2.1"), healthCheck }, secondary: at("192.0.2.2") });
    });
    expect(resources["aws_route53_health_check.main_api_primary_health_check"]).toMatchObject({ type: "TCP" });
    expect(resources["aws_route53_record.main_api_a_primary"]).toMatchObject({
      failover_routing_policy: { type: "PRIMARY" },
      health_check_id: "${aws_route53_health_check.main_api_primary_health_check.id}",
    });
    expect(resources["aws_route53_record.main_api_a_secondary"]).toMatchObject({
      failover_routing_policy: { type: "SECONDARY" },
    });
    expect(resources["aws_route53_record.main_api_a_secondary"]).not.toHaveProperty("health_check_id");
  });

  test("takes a health check that is there, and asks an alias's target without one", () => {
    const resources = zone((main) => {
      main.failover("a", { primary: { ...at("192.0.2.1"), healthCheck: { id: "hc-1" } }, secondary: blue });
      main.failover("b", { primary: blue, secondary: green });
    });
    expect(resources["aws_route53_record.main_a_a_primary"]).toMatchObject({ health_check_id: "hc-1" });
    expect(resources["aws_route53_record.main_b_a_primary"]).toMatchObject({ alias: { evaluate_target_health: true } });
  });

  test("of values needs a health check: it does not compile without", () => {
    zone((main) => {
      // @ts-expect-error nothing would say when the primary fails
      main.failover("api", { primary: at("192.0.2.1"), secondary: at("192.0.2.2") });
    });
  });
});

describe("a health check", () => {
  const check = (props: HealthCheckProps): object =>
    synthesized((stack) => void new HealthCheck(stack, "api", props)).resources["aws_route53_health_check.api"] ?? {};

  test("of a page checks every 30 seconds, three times, and is made anew before the old one goes", () => {
    expect(check({ type: "https", fqdn: "www.example.com" })).toEqual({
      type: "HTTPS",
      fqdn: "www.example.com",
      port: 443,
      resource_path: "/",
      enable_sni: true,
      request_interval: 30,
      failure_threshold: 3,
      lifecycle: { create_before_destroy: true },
      tags: { Name: "acme-dev-api" },
    });
  });

  test.each<[HealthCheckProps, object]>([
    [
      { type: "http", ipAddress: "192.0.2.1", path: "/ok" },
      { type: "HTTP", port: 80, resource_path: "/ok" },
    ],
    [
      { type: "http", fqdn: "a", searchString: "ok" },
      { type: "HTTP_STR_MATCH", search_string: "ok" },
    ],
    [
      { type: "https", fqdn: "a", searchString: "ok", sni: false },
      { type: "HTTPS_STR_MATCH", enable_sni: false },
    ],
    [
      { type: "tcp", fqdn: "a", port: 5432 },
      { type: "TCP", port: 5432, fqdn: "a" },
    ],
    [
      { type: "http", fqdn: "a", intervalSeconds: 10, failureThreshold: 1, measureLatency: true, port: 8080 },
      { request_interval: 10, failure_threshold: 1, measure_latency: true, port: 8080 },
    ],
    [
      { type: "http", fqdn: "a", inverted: true, disabled: true, regions: ["us-east-1", "us-west-1", "eu-west-1"] },
      { invert_healthcheck: true, disabled: true, regions: ["us-east-1", "us-west-1", "eu-west-1"] },
    ],
    [
      { type: "calculated", children: { a: { id: "1" }, b: { id: "2" } } },
      { type: "CALCULATED", child_healthchecks: ["1", "2"], child_health_threshold: 2 },
    ],
    [
      { type: "calculated", children: { a: { id: "1" }, b: { id: "2" } }, healthyThreshold: 1 },
      { child_health_threshold: 1 },
    ],
    [
      { type: "cloudwatch-alarm", alarmName: "disk", alarmRegion: "eu-west-1" },
      {
        type: "CLOUDWATCH_METRIC",
        cloudwatch_alarm_name: "disk",
        cloudwatch_alarm_region: "eu-west-1",
        insufficient_data_health_status: "LastKnownStatus",
      },
    ],
    [
      { type: "cloudwatch-alarm", alarmName: "disk", alarmRegion: "eu-west-1", insufficientData: "unhealthy" },
      { insufficient_data_health_status: "Unhealthy" },
    ],
  ])("%j says so", (props, expected) => {
    expect(check(props)).toMatchObject(expected);
  });
});

describe("a CIDR collection", () => {
  const collection = (locations: Record<string, string[]>, use: (made: CidrCollection) => void = () => undefined) =>
    synthesized((stack) => use(new CidrCollection(stack, "offices", { locations }))).resources;

  test("has a resource for each location, and another one touches none of them", () => {
    const before = collection({ berlin: ["192.0.2.0/24"] });
    const after = collection({ athens: ["198.51.100.0/24"], berlin: ["192.0.2.0/24"] });
    expect(before["aws_route53_cidr_collection.offices"]).toEqual({ name: "acme-dev-offices" });
    expect(before["aws_route53_cidr_location.offices_berlin"]).toEqual({
      cidr_collection_id: "${aws_route53_cidr_collection.offices.id}",
      name: "berlin",
      cidr_blocks: ["192.0.2.0/24"],
    });
    for (const address of Object.keys(before)) expect(after[address]).toEqual(before[address]);
  });

  test("gives its locations by name, and says which there are", () => {
    const made = collection({ berlin: ["192.0.2.0/24"] }, (offices) => {
      expect(offices.everywhereElse.name).toBe("*");
      expect(() => offices.location("rome")).toThrow(
        'CidrCollection "dev-test/offices" has no location "rome": ["berlin"]',
      );
    });
    expect(made).toHaveProperty(["aws_route53_cidr_location.offices_berlin"]);
  });
});

describe("an endpoint of AWS's", () => {
  test.each([
    ["elastic-beanstalk", "eu-west-1", "Z2NYPWQ7DFZAZH", true],
    ["application-load-balancer", "us-east-1", "Z35SXDOTRQ7X7K", true],
    ["network-load-balancer", "us-east-1", "Z26RNL4JYFTOTI", true],
    ["s3-website", "us-east-1", "Z3AQBSTGFYJSTF", false],
    ["cloudfront", undefined, "Z2FDTNDATAQYW2", false],
    ["global-accelerator", undefined, "Z2BJ6XQ5FK7U4H", true],
    ["network-load-balancer", "mx-central-1", "Z02031231H3ID6HYJ9A7U", true],
    ["elastic-beanstalk", "eu-south-2", "Z0243492AO4B9S3KI68O", true],
    ["s3-website", "cn-north-1", "Z5CN8UMXT92WN", false],
  ] as const)("of %s in %s is in zone %s", (service, region, zoneId, evaluateTargetHealth) => {
    expect(existingAliasTarget({ service, region, dnsName: "x" })).toEqual({
      dnsName: "x",
      zoneId,
      evaluateTargetHealth,
    });
  });

  test("in a region that is not known is refused", () => {
    expect(() => existingAliasTarget({ service: "elastic-beanstalk", dnsName: "x", region: "mars-1" })).toThrow(
      "The zone id of elastic-beanstalk in region mars-1 is not known: give { dnsName, zoneId }",
    );
  });
});
