import { HostedZone, RegisteredDomain, type HostedZoneProps } from "../../modules/route53";
import { synthesized, type Synthesized } from "../support/synthesized";

const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/1";

function domain(props: Partial<HostedZoneProps>, signed?: boolean): Synthesized["resources"] {
  return synthesized((stack) => {
    const zone = new HostedZone(stack, "main", { domainName: "example.com", ...props });
    new RegisteredDomain(stack, "domain", { domainName: "example.com", zone, signed });
  }).resources;
}

describe("a registered domain", () => {
  test("has the four name servers of its zone, is locked, private and renewed", () => {
    expect(domain({})["aws_route53domains_registered_domain.domain"]).toEqual({
      domain_name: "example.com",
      auto_renew: true,
      transfer_lock: true,
      admin_privacy: true,
      billing_privacy: true,
      registrant_privacy: true,
      tech_privacy: true,
      name_server: [0, 1, 2, 3].map((position) => ({
        name: `\${element(aws_route53_zone.main.name_servers, ${position})}`,
      })),
      tags: { Name: "acme-dev-domain" },
    });
  });

  test("can go without lock, privacy and renewal", () => {
    const { resources } = synthesized((stack) => {
      const zone = { nameServers: ["ns1.example.org"] };
      const off = { autoRenew: false, transferLock: false, privacyProtection: false };
      new RegisteredDomain(stack, "domain", { domainName: "example.com", zone, ...off });
    });
    expect(resources["aws_route53domains_registered_domain.domain"]).toMatchObject({
      auto_renew: false,
      transfer_lock: false,
      registrant_privacy: false,
    });
  });

  test("gives the zone's key to the registry after the zone is signed, and stays as it was", () => {
    const [before, after] = [domain({ dnssec: { kmsKeyArn } }), domain({ dnssec: { kmsKeyArn } }, true)];
    expect(after).toMatchObject(before);
    expect(after["aws_route53domains_delegation_signer_record.domain_signer"]).toMatchObject({
      signing_attributes: [{ public_key: "${aws_route53_key_signing_key.main_dnssec_key_signing_key.public_key}" }],
      depends_on: ["aws_route53_hosted_zone_dnssec.main_dnssec"],
    });
  });

  test("cannot give the key of a zone that is not signed", () => {
    expect(() => domain({}, true)).toThrowErrorMatchingInlineSnapshot(`
     "RegisteredDomain "dev-test/domain" is invalid:
       - signed needs a zone with dnssec: sign it first"
    `);
  });
});
