import { App } from "cdktf";
import { Certificate } from "../modules/acm";
import { CidrCollection, existingAliasTarget, HealthCheck, HostedZone, type Geolocation } from "../modules/route53";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const stack = new EnvironmentStack(app, "dns", { environment: example, emulator: process.env.ANDAMIO_EMULATOR });
const virginia = stack.providerIn("us-east-1"); // where Route 53 wants keys and logs, and CloudFront its certificates

// A public zone, signed and logged, and one below it.
const zone = new HostedZone(stack, "public", {
  domainName: "acme.example.net",
  dnssec: { provider: virginia },
  queryLog: { provider: virginia, retentionDays: 30 },
});
const shop = new HostedZone(stack, "shop", { domainName: "shop.acme.example.net", dnssec: { provider: virginia } });
zone.delegate(shop, { signed: true });
stack.output("ds_record", zone.dsRecord, "What the registrar has to publish, so that resolvers verify the zone");

// A private zone, and a second VPC that may resolve it.
const vpc = new Vpc(stack, "vpc", { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
const other = new Vpc(stack, "other", { cidr: "10.41.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
const internal = new HostedZone(stack, "internal", { domainName: "acme.internal", vpcs: [vpc] });
internal.associateVpc("other", other);
internal.record("db", { type: "CNAME", value: "orders.c1.eu-west-1.rds.amazonaws.com" });
internal.record("10", { type: "PTR", values: ["db.acme.internal"] });

// Records of every type.
zone.record("", { type: "A", values: ["198.51.100.1", "198.51.100.2"] });
zone.record("@", { type: "AAAA", values: ["2001:db8::1"] });
zone.record("", { type: "MX", values: [{ priority: 10, host: "mail.acme.example.net" }] });
zone.record("", { type: "CAA", values: [{ tag: "issue", value: "amazon.com" }] });
zone.record("", { type: "TXT", values: ["v=spf1 -all", 'it said "hello"'] });
zone.record("", { type: "SPF", values: ["v=spf1 -all"] });
zone.record("mail._domainkey", { type: "TXT", values: [`v=DKIM1; k=rsa; p=${"MIIBIjANBgkqhkiG9w0B".repeat(20)}`] });
zone.record("docs.acme.example.net.", { type: "CNAME", value: "acme.github.io", ttlSeconds: 3600 });
zone.record("_sip._tcp", { type: "SRV", values: [{ priority: 1, weight: 10, port: 5060, host: "sip.example.org" }] });
zone.record("4.4.3.2.1", {
  type: "NAPTR",
  values: [{ order: 100, preference: 50, flags: "s", service: "SIP+D2U", regexp: "", replacement: "_sip._udp" }],
});
zone.record("svc", { type: "HTTPS", values: [{ priority: 1, target: ".", parameters: { alpn: "h2,h3" } }] });
zone.record("_dns", { type: "SVCB", values: [{ priority: 1, target: "dns.example.org" }] });
zone.record("git", { type: "SSHFP", values: [{ algorithm: 4, fingerprintType: 2, fingerprint: "ab".repeat(32) }] });
zone.record("_443._tcp.www", {
  type: "TLSA",
  values: [{ usage: 3, selector: 1, matchingType: 1, data: "cd".repeat(32) }],
});
zone.record("lab", { type: "NS", values: ["ns1.example.org", "ns2.example.org"] });

// An application that moves from blue to green: one number.
zone.blueGreen("app", {
  blue: { target: beanstalk("blue") },
  green: { target: beanstalk("green") },
  greenPercent: 10,
});
zone.alias("www", { dnsName: "app.acme.example.net", zoneId: zone.id });

// A page that stands in while the API is down.
const api = new HealthCheck(stack, "api", { type: "https", fqdn: "eu.api.example.org", path: "/healthz" });
const disk = new HealthCheck(stack, "disk", {
  type: "cloudwatch-alarm",
  alarmName: "disk-is-full",
  alarmRegion: "eu-west-1",
});
const whole = new HealthCheck(stack, "whole", { type: "calculated", children: { api, disk }, healthyThreshold: 1 });
zone.failover("api", {
  primary: { type: "A", values: ["198.51.100.10"], healthCheck: whole },
  secondary: { type: "A", values: ["203.0.113.10"] },
});
zone.failover("shopfront", {
  primary: {
    type: "A",
    values: ["198.51.100.20"],
    healthCheck: { type: "tcp", fqdn: "origin.example.org", port: 443 },
  },
  secondary: { target: { dnsName: "api.acme.example.net", zoneId: zone.id } },
});

// The other ways to choose among answers.
const offices = new CidrCollection(stack, "offices", { locations: { berlin: ["192.0.2.0/24"] } });
for (const region of ["eu-west-1", "us-east-1"])
  zone.record("near", { type: "A", values: ["198.51.100.30"], routing: { latency: { region }, setId: region } });
zone.weighted("mirror", {
  one: { type: "A", values: ["198.51.100.40"], weight: 2 },
  two: { type: "A", values: ["198.51.100.41"], weight: 1, healthCheck: api },
});
const countries: Record<string, Geolocation> = {
  germany: { country: "DE" },
  texas: { country: "US", subdivision: "TX" },
  asia: { continent: "AS" },
  rest: { everywhereElse: true },
};
for (const [setId, geolocation] of Object.entries(countries))
  zone.record("country", { type: "A", values: ["198.51.100.50"], routing: { geolocation, setId } });
zone.record("close", {
  type: "A",
  values: ["198.51.100.60"],
  routing: { geoproximity: { region: "eu-west-1", bias: 10 }, setId: "dublin" },
});
zone.record("close", {
  type: "A",
  values: ["198.51.100.61"],
  routing: { geoproximity: { latitude: 52.52, longitude: 13.4 }, setId: "berlin" },
});
zone.record("any", { type: "A", values: ["198.51.100.70"], routing: { multivalue: true, setId: "one" } });
zone.record("any", { type: "A", values: ["198.51.100.71"], routing: { multivalue: true, setId: "two" } });
zone.record("wiki", {
  type: "A",
  values: ["198.51.100.80"],
  routing: { cidr: offices.location("berlin"), setId: "berlin" },
});
zone.record("wiki", {
  type: "A",
  values: ["198.51.100.81"],
  routing: { cidr: offices.everywhereElse, setId: "rest" },
});

// Certificates: for load balancers here, and for CloudFront, which share what validates them.
const names = { domainName: "acme.example.net", alternativeNames: ["*.acme.example.net"] };
const certificate = new Certificate(stack, "certificate", { ...names, zone });
const cdn = new Certificate(stack, "cdn", { ...names, zone, provider: virginia, validatedBy: certificate });
stack.output("certificate_arn", certificate.arn, "Certificate for load balancers");
stack.output("cdn_certificate_arn", cdn.arn, "Certificate for CloudFront");

synth(app, process.env);

function beanstalk(colour: string) {
  const dnsName = `${colour}.eba-1234.eu-west-1.elasticbeanstalk.com`;
  return existingAliasTarget({ service: "elastic-beanstalk", dnsName, region: "eu-west-1" });
}
