import { environments } from "../../environments";
import { defineEnvironment, type EnvironmentBase, type EnvironmentDefinition } from "../../environments/define";
import { validateEnvironments } from "../../environments/validate";
import { plainDefinition, unsetKeys } from "../support/environment-definition";

const base: EnvironmentBase = {
  project: "acme",
  backend: { type: "s3" },
  tags: { Owner: "platform", CostCenter: "1" },
  network: { availabilityZones: ["a", "b"], natGateways: "single" },
};

const own = plainDefinition;

describe("an environment", () => {
  test("is the base with its own words on top: maps merge by key, lists and scalars replace", () => {
    const environment = defineEnvironment(base, {
      ...own,
      tags: { CostCenter: "2" },
      network: { cidr: "10.0.0.0/16", availabilityZones: ["c"] },
      zones: { internal: { domainName: "dev.acme.internal", visibility: "private" } },
    });
    expect(environment).toEqual({
      ...own,
      project: "acme",
      backend: { type: "s3" },
      tags: { Owner: "platform", CostCenter: "2" },
      network: { cidr: "10.0.0.0/16", availabilityZones: ["c"], natGateways: "single" },
      zones: { internal: { domainName: "dev.acme.internal", visibility: "private" } },
    });
  });

  test("says a share of requests that is one", () => {
    const shop = { instanceType: "t4g.small", minSize: 1, maxSize: 2, port: 8080 };
    const shared =
      (percent: number): (() => unknown) =>
      () =>
        validateEnvironments([
          defineEnvironment(base, { ...own, web: { services: { shop: { ...shop, green: { percent } } } } }),
        ]);
    for (const percent of [140, -1, 0.5])
      expect(shared(percent)).toThrow(
        `dev: web.services.shop.green.percent must be a whole number, 0 to 100, got ${percent}`,
      );
    for (const percent of [0, 100]) expect(shared(percent)).not.toThrow();
  });

  test("does not change the base, nor another environment", () => {
    const before = JSON.stringify(base);
    defineEnvironment(base, { ...own, tags: { Extra: "yes" } });
    expect(JSON.stringify(base)).toBe(before);
    expect(defineEnvironment(base, own).tags).toEqual({ Owner: "platform", CostCenter: "1" });
  });

  test("keeps what the base says where its own key is undefined", () => {
    expect(defineEnvironment(base, { ...own, project: undefined }).project).toBe("acme");
  });

  /** Compiled by the type check; each line fails there when the mistake below it compiles. */
  test("with a mistake at any depth does not compile", () => {
    // @ts-expect-error -- no such key at the top
    defineEnvironment(base, { ...own, netwrok: {} });
    // @ts-expect-error -- no such key one level down
    defineEnvironment(base, { ...own, network: { cidr: "10.0.0.0/16", natGateway: "single" } });
    // @ts-expect-error -- no such key inside a map
    defineEnvironment(base, { ...own, zones: { internal: { domain: "x" } } });
    // @ts-expect-error -- no such choice
    defineEnvironment(base, { ...own, network: { cidr: "10.0.0.0/16", natGateways: "two" } });
    // @ts-expect-error -- no such zone
    defineEnvironment(base, { ...own, network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a"] } });
    // @ts-expect-error -- what identifies it is missing
    defineEnvironment(base, { name: "dev" });
    // @ts-expect-error -- NAT gateways in zones that are not named
    defineEnvironment(base, { ...own, network: { cidr: "10.0.0.0/16", natGateways: {} } });
    // @ts-expect-error -- no such backend
    defineEnvironment(base, { ...own, backend: { type: "azurerm" } });
    const typoInBase: EnvironmentBase = {
      // @ts-expect-error -- no such key in the base
      network: { availabilityZone: ["a"] },
    };
    expect(typoInBase).toBeDefined();
  });
});

describe("validateEnvironments", () => {
  const define = (changes: Partial<EnvironmentDefinition>): EnvironmentDefinition =>
    defineEnvironment(base, { ...own, ...changes });
  const refusal =
    (...definitions: EnvironmentDefinition[]) =>
    (): unknown =>
      validateEnvironments(definitions);

  test("accepts the ones in this repository", () => {
    expect(environments.map(({ name }) => name)).toEqual(["dev", "staging", "prod"]);
  });

  test("names every key that nobody set, inside maps too", () => {
    const bare = defineEnvironment({}, { ...own, zones: { internal: { domainName: "dev.internal" } } });
    expect(refusal(bare)).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - dev: project is not set: set it in environments/base.ts for all, or in environments/dev.ts
       - dev: backend.type is not set: set it in environments/base.ts for all, or in environments/dev.ts
       - dev: network.availabilityZones is not set: set it in environments/base.ts for all, or in environments/dev.ts
       - dev: zones.internal.visibility is not set: set it in environments/base.ts for all, or in environments/dev.ts"
    `);
  });

  test("names what an alias, a zone above and a further VPC lack", () => {
    const visibility = "public" as const;
    const lacking = { domainName: "a.b", visibility, aliases: { www: {} }, parent: {}, vpcs: { other: {} } };
    expect(refusal(define({ zones: { web: lacking, plain: { domainName: "c.d", visibility } } }))).toThrow(
      [
        "dev: zones.web.aliases.www.name is not set",
        "dev: zones.web.aliases.www.to is not set",
        "dev: zones.web.parent.zoneId is not set",
        "dev: zones.web.parent.domainName is not set",
        "dev: zones.web.vpcs.other.id is not set",
      ].join(": set it in environments/base.ts for all, or in environments/dev.ts\n  - "),
    );
  });

  test("names what a tier, a peering, a role and alarms lack", () => {
    const lacking = define({
      assumeRole: { externalId: "x1" },
      alarms: {},
      network: {
        cidr: "10.0.0.0/16",
        ownTiers: { cache: { slot: "6/8", networkAcl: { egress: {} } } },
        tierOptions: {
          private: {
            routes: { office: { destination: "192.0.2.0/24" } },
            networkAcl: { ingress: { office: { number: 100, port: "https" } }, egress: {} },
          },
        },
        peerings: { shared: { cidr: "10.9.0.0/16" } },
      },
    });
    expect(refusal(lacking)).toThrow(
      unsetKeys(
        "assumeRole.name",
        "network.ownTiers.cache.routing",
        "network.peerings.shared.vpcId",
        "network.ownTiers.cache.networkAcl.ingress",
        "network.tierOptions.private.routes.office.via",
        "network.tierOptions.private.networkAcl.ingress.office.action",
        "network.tierOptions.private.networkAcl.ingress.office.cidr",
        "alarms.emails",
      ),
    );
  });

  test("names a value that is wrong, with the rule", () => {
    const definition = define({
      name: "Dev-1",
      account: "",
      region: "eu-west-1a",
      otherRegions: ["us"],
      network: { cidr: "10.0.0.0" },
    });
    expect(refusal(definition)).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - Dev-1: name must be 1 to 20 lower-case letters and digits, a letter first (it starts stack names), got "Dev-1"
       - Dev-1: account must be a twelve-digit AWS account id, written as a string, got ""
       - Dev-1: region must be an AWS region such as "eu-west-1", without a zone letter, got "eu-west-1a"
       - Dev-1: otherRegions.0 must be an AWS region such as "eu-west-1", without a zone letter, got "us"
       - Dev-1: network.cidr must be an IPv4 block such as "10.0.0.0/16", got "10.0.0.0""
    `);
  });

  test("names an account of others that is none", () => {
    const zone = {
      domainName: "a.b",
      visibility: "public",
      parent: { zoneId: "Z1", domainName: "b", account: "99" },
    } as const;
    const vpcs = { partner: { id: "vpc-1", account: "999-999" }, own: { id: "vpc-2" } };
    const definition = define({ zones: { web: zone, internal: { domainName: "c.d", visibility: "private", vpcs } } });
    expect(refusal(definition)).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - dev: zones.web.parent.account must be a twelve-digit AWS account id, written as a string, got "99"
       - dev: zones.internal.vpcs.partner.account must be a twelve-digit AWS account id, written as a string, got "999-999""
    `);
  });

  test("refuses networks that overlap", () => {
    const other = define({ name: "staging", account: "222222222222", network: { cidr: "10.0.128.0/20" } });
    expect(refusal(define({}), other)).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - staging: network.cidr "10.0.128.0/20" overlaps "10.0.0.0/16" of dev: give each environment a block of its own"
    `);
  });

  test("refuses two environments of one name", () => {
    const twin = define({ network: { cidr: "10.1.0.0/16" } });
    expect(refusal(define({}), twin)).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - two environments are named "dev": their stacks would share states"
    `);
  });

  test("refuses production in an account with anything else", () => {
    const prod = define({ name: "prod", tier: "production", network: { cidr: "10.1.0.0/16" } });
    expect(refusal(define({}), prod)).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - prod: account 111111111111 is also that of dev: production needs an account of its own"
    `);
  });
});
