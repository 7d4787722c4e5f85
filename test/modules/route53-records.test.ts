import { HostedZone, type RecordValue, type Zone } from "../../modules/route53";
import { textValue } from "../../modules/route53/text-value";
import { byAddress, plainEnvironment, synthesized, synthesizedApp, type Json } from "../support/synthesized";
import { EnvironmentStack } from "../../stacks";
import { Construct } from "constructs";

function records(use: (zone: Zone, stack: EnvironmentStack) => void): Record<string, Json> {
  const { resources } = synthesized((stack) => {
    use(new HostedZone(stack, "main", { domainName: "example.com" }), stack);
  });
  return Object.fromEntries(
    Object.entries(resources).flatMap(([address, body]) =>
      address.startsWith("aws_route53_record.") ? [[address.slice("aws_route53_record.".length), body]] : [],
    ),
  );
}

const a: RecordValue = { type: "A", values: ["192.0.2.1"] };
const alb = { dnsName: "alb.example.net", zoneId: "Z32O12XQLNTSW2" };

describe("the name of a record", () => {
  test.each([
    ["www", "www.example.com", "main_www_a"],
    ["WWW.Example.com", "www.example.com", "main_www_a"],
    ["www.example.com.", "www.example.com", "main_www_a"],
    ["", "example.com", "main_apex_a"],
    ["@", "example.com", "main_apex_a"],
    ["example.com.", "example.com", "main_apex_a"],
    ["*", "*.example.com", "main_wildcard_a"],
    ["*.app", "*.app.example.com", "main_wildcard_app_a"],
    ["v1.api", "v1.api.example.com", "main_v1_api_a"],
    ["_acme", "_acme.example.com", "main__acme_a"],
    ["notexample.com", "notexample.com.example.com", "main_notexample_com_a"],
  ])("%s is %s, at %s", (name, fqdn, address) => {
    expect(records((zone) => zone.record(name, a))).toEqual({
      [address]: {
        zone_id: "${aws_route53_zone.main.zone_id}",
        name: fqdn,
        type: "A",
        ttl: 300,
        records: ["192.0.2.1"],
      },
    });
  });

  test("may be known only after apply, with an id for the address", () => {
    const made = records((zone) => {
      zone.record(zone.id, { ...a, id: "token" });
      zone.record(zone.id, { type: "TXT", values: ["x"], id: "token" });
    });
    expect(made["main_token_a"]).toMatchObject({ name: "${aws_route53_zone.main.zone_id}" });
    expect(Object.keys(made)).toEqual(["main_token_a", "main_token_txt"]);
    expect(() => records((zone) => zone.record(zone.id, a))).toThrow(
      "a record whose name is known only after apply needs an id for its address: give id",
    );
  });

  test("outside of the zone is refused", () => {
    expect(() => records((zone) => zone.record("www.example.org.", a))).toThrowErrorMatchingInlineSnapshot(`
     "HostedZone "dev-test/main" is invalid:
       - record "www.example.org." is outside of the zone example.com: put it into the zone of its own domain"
    `);
  });

  test("that comes out as another's address is refused, and goes with an id", () => {
    const two = (id?: string) => (): unknown =>
      records((zone) => {
        zone.record("v1.api", a);
        zone.record("v1_api", { ...a, id });
      });
    expect(two()).toThrowErrorMatchingInlineSnapshot(`
     "HostedZone "dev-test/main" is invalid:
       - record v1_api.example.com A would have the address of dev-test/main/v1_api_a: give it an id of its own"
    `);
    expect(Object.keys(two("v1_underscore_api")() as object)).toContain("main_v1_underscore_api_a");
  });
});

describe("the values of a record", () => {
  test.each<[RecordValue, string[]]>([
    [{ type: "AAAA", values: ["2001:db8::1"] }, ["2001:db8::1"]],
    [{ type: "CNAME", value: "www.example.org" }, ["www.example.org"]],
    [{ type: "PTR", values: ["db.example.com"] }, ["db.example.com"]],
    [
      {
        type: "MX",
        values: [
          { priority: 10, host: "mail" },
          { priority: 20, host: "b" },
        ],
      },
      ["10 mail", "20 b"],
    ],
    [
      { type: "SRV", values: [{ priority: 1, weight: 2, port: 443, host: "a.example.org" }] },
      ["1 2 443 a.example.org"],
    ],
    [{ type: "CAA", values: [{ tag: "issue", value: "amazon.com" }] }, ['0 issue "amazon.com"']],
    [{ type: "CAA", values: [{ flags: 128, tag: "iodef", value: "mailto:a@b.c" }] }, ['128 iodef "mailto:a@b.c"']],
    [{ type: "TXT", values: ["v=spf1 -all", 'a "b"'] }, ["v=spf1 -all", 'a \\"b\\"']],
    [{ type: "SPF", values: ["v=spf1 -all"] }, ["v=spf1 -all"]],
    [
      {
        type: "NAPTR",
        values: [{ order: 1, preference: 2, flags: "U", service: "E2U", regexp: "!^.*$!a\\b!", replacement: "." }],
      },
      ['1 2 "U" "E2U" "!^.*$!a\\\\b!" .'],
    ],
    [
      { type: "DS", values: [{ keyTag: 1, algorithm: 13, digestType: 2, digest: "AB" }, "2 13 2 CD"] },
      ["1 13 2 AB", "2 13 2 CD"],
    ],
    [
      { type: "HTTPS", values: [{ priority: 1, target: ".", parameters: { alpn: "h2,h3", port: "8443" } }] },
      ['1 . alpn="h2,h3" port="8443"'],
    ],
    [{ type: "SVCB", values: [{ priority: 0, target: "x.example.org" }] }, ["0 x.example.org"]],
    [{ type: "SSHFP", values: [{ algorithm: 4, fingerprintType: 2, fingerprint: "ab" }] }, ["4 2 ab"]],
    [{ type: "TLSA", values: [{ usage: 3, selector: 1, matchingType: 1, data: "cd" }] }, ["3 1 1 cd"]],
  ])("%j are written as Route 53 has them", (value, expected) => {
    const [made] = Object.values(records((zone) => zone.record("x", value)));
    expect(made).toMatchObject({ type: value.type, records: expected });
  });

  test("a text is split at 255 bytes, whatever its characters are", () => {
    expect(textValue("x".repeat(255))).toBe("x".repeat(255));
    expect(textValue("x".repeat(256))).toBe(`${"x".repeat(255)}""x`);
    expect(textValue("")).toBe("");
    expect(textValue("é")).toBe("\\303\\251");
    expect(textValue(`${"x".repeat(254)}"y`)).toBe(`${"x".repeat(254)}\\"""y`);
  });

  test("a text that looks like an expression of Terraform's is not one", () => {
    expect(textValue("${a} %{b}")).toBe("$${a} %%{b}");
  });

  test("there is one at least", () => {
    expect(() => records((zone) => zone.record("x", { type: "A", values: [] }))).toThrow(
      'record "x" A has no values: give one at least',
    );
  });

  test("are kept for as long as is said, or 60 seconds where there are several to choose from", () => {
    const made = records((zone) => {
      zone.record("said", { ...a, ttlSeconds: 7 });
      zone.record("chosen", { ...a, routing: { multivalue: true, setId: "one" } });
    });
    expect(made["main_said_a"]).toMatchObject({ ttl: 7 });
    expect(made["main_chosen_a_one"]).toMatchObject({ ttl: 60 });
  });
});

describe("a zone", () => {
  test("keeps its other records when one is added before them", () => {
    const names = ["b", "c", "d"];
    const before = records((zone) => names.forEach((name) => zone.record(name, a)));
    const after = records((zone) => ["a", ...names].forEach((name) => zone.record(name, a)));
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(4);
  });

  test("refuses a record that is there already, and names both", () => {
    const twice = (): unknown =>
      records((zone) => {
        zone.record("www", a);
        zone.alias("www.example.com", alb);
      });
    expect(twice).toThrowErrorMatchingInlineSnapshot(`
     "HostedZone "dev-test/main" is invalid:
       - record www.example.com A is there already, dev-test/main/www_a: drop one of the two, put all values into one, or give both a routing policy with set ids of their own"
    `);
  });

  test("refuses a set id that is there already", () => {
    const routing = { weighted: { weight: 1 }, setId: "one" };
    const twice = (): unknown => records((zone) => [0, 1].forEach(() => zone.record("www", { ...a, routing })));
    expect(twice).toThrow("record www.example.com A one is there already, dev-test/main/www_a_one");
  });

  test("refuses a CNAME at its apex, and beside other records in whatever order", () => {
    const cname: RecordValue = { type: "CNAME", value: "www.example.org" };
    expect(() => records((zone) => zone.record("", cname))).toThrowErrorMatchingInlineSnapshot(`
     "HostedZone "dev-test/main" is invalid:
       - example.com is the zone itself and cannot be a CNAME: use alias, which may stand there"
    `);
    const both = (first: RecordValue, second: RecordValue) => (): unknown =>
      records((zone) => [first, second].forEach((each) => zone.record("www", each)));
    expect(both(cname, a)).toThrow(
      "www.example.com cannot be A and CNAME (dev-test/main/www_cname): a CNAME stands alone",
    );
    expect(both(a, cname)).toThrow("www.example.com cannot be CNAME and A (dev-test/main/www_a): a CNAME stands alone");
    expect(both(a, { type: "TXT", values: ["x"] })).not.toThrow();
  });

  test("gives its records by name, type and set id", () => {
    records((zone) => {
      zone.record("www", a);
      zone.record("app", { ...a, routing: { latency: { region: "eu-west-1" }, setId: "dublin" } });
      expect(Object.keys(zone.records)).toEqual(["www.example.com A", "app.example.com A dublin"]);
    });
  });
});

describe("an alias", () => {
  test("asks its target for its health and has no TTL", () => {
    expect(records((zone) => zone.alias("", alb))["main_apex_a"]).toEqual({
      zone_id: "${aws_route53_zone.main.zone_id}",
      name: "example.com",
      type: "A",
      alias: { name: "alb.example.net", zone_id: "Z32O12XQLNTSW2", evaluate_target_health: true },
    });
  });

  test("has an AAAA record beside it for a target with IPv6, or when it is told to, and keeps the A record", () => {
    const addresses = (target: object, ipv6?: boolean): string[] =>
      Object.keys(records((zone) => zone.alias("www", { ...alb, ...target }, { ipv6 })));
    expect(addresses({ ipv6: true })).toEqual(["main_www_a", "main_www_aaaa"]);
    expect(addresses({}, true)).toEqual(["main_www_a", "main_www_aaaa"]);
    expect(addresses({ ipv6: true }, false)).toEqual(["main_www_a"]);
  });

  test("does not ask a target that cannot be asked", () => {
    const made = records((zone) => zone.alias("www", { ...alb, evaluateTargetHealth: false }));
    expect(made["main_www_a"]).toMatchObject({ alias: { evaluate_target_health: false } });
  });

  test("takes no TTL: it does not compile", () => {
    records((zone) => {
      // @ts-expect-error the target decides
      zone.alias("www", alb, { ttlSeconds: 60 });
    });
  });

  test("of a target in a later stack is made there, under the target", () => {
    class LoadBalancer extends Construct {
      readonly dnsName = alb.dnsName;
      readonly zoneId = alb.zoneId;
    }
    const stacks = synthesizedApp((app) => {
      const stack = (name: string): EnvironmentStack =>
        new EnvironmentStack(app, name, { environment: plainEnvironment });
      const zone = new HostedZone(stack("dns"), "main", { domainName: "example.com" });
      zone.alias("www", new LoadBalancer(stack("web"), "alb"));
    });
    expect(Object.keys(byAddress(stacks["dev-dns"] ?? {}))).toEqual(["aws_route53_zone.main"]);
    expect(byAddress(stacks["dev-web"] ?? {})["aws_route53_record.alb_dns_main_www_a"]).toMatchObject({
      zone_id: "${data.terraform_remote_state.dns.outputs.aws_route53_zone_main_zone_id}",
    });
  });
});
