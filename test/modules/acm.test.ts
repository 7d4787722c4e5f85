import { Certificate, existingCertificate, type CertificateProps } from "../../modules/acm";
import { existingHostedZone, HostedZone, type Zone } from "../../modules/route53";
import type { EnvironmentStack } from "../../stacks";
import { synthesized, type Synthesized } from "../support/synthesized";

type Resources = Synthesized["resources"];

function certificate(
  props: (zone: Zone, stack: EnvironmentStack) => Partial<CertificateProps>,
  use: (made: Certificate, zone: Zone, stack: EnvironmentStack) => void = () => undefined,
): Resources {
  return synthesized((stack) => {
    const zone = new HostedZone(stack, "main", { domainName: "example.com" });
    const given = { domainName: "example.com", zone, ...props(zone, stack) } as CertificateProps;
    use(new Certificate(stack, "cert", given), zone, stack);
  }).resources;
}

const addresses = (resources: Resources, type: string): string[] =>
  Object.keys(resources).filter((address) => address.startsWith(`${type}.`));

const option = (attribute: string, name = "example.com"): string =>
  "${one(distinct([for option in aws_acm_certificate.cert.domain_validation_options : " +
  `option.${attribute} if trimprefix(option.domain_name, "*.") == "${name}"]))}`;

describe("a certificate", () => {
  test("is asked for, validated by a record in its zone, and made anew before the old one goes", () => {
    const resources = certificate(() => ({}));
    expect(resources["aws_acm_certificate.cert"]).toEqual({
      domain_name: "example.com",
      validation_method: "DNS",
      options: { certificate_transparency_logging_preference: "ENABLED" },
      lifecycle: { create_before_destroy: true },
      tags: { Name: "acme-dev-cert" },
    });
    expect(resources["aws_route53_record.cert_main_validation_example_com_cname"]).toEqual({
      zone_id: "${aws_route53_zone.main.zone_id}",
      name: option("resource_record_name"),
      type: "CNAME",
      ttl: 300,
      records: [option("resource_record_value")],
      allow_overwrite: true,
      lifecycle: { ignore_changes: ["name"] },
    });
    expect(resources["aws_acm_certificate_validation.cert_validation"]).toEqual({
      certificate_arn: "${aws_acm_certificate.cert.arn}",
      validation_record_fqdns: ["${aws_route53_record.cert_main_validation_example_com_cname.fqdn}"],
    });
  });

  test("has an ARN that waits for its validation", () => {
    const { json } = synthesized((stack) => {
      const zone = existingHostedZone(stack, "main", { zoneId: "Z1", domainName: "example.com" });
      stack.output("arn", new Certificate(stack, "cert", { domainName: "example.com", zone }).arn, "");
    });
    expect(json["output"]).toMatchObject({
      arn: { value: "${aws_acm_certificate_validation.cert_validation.certificate_arn}" },
    });
  });

  test("needs one record for a domain and its wildcard, at the same address whichever comes first", () => {
    const wildcard = certificate(() => ({ domainName: "*.example.com" }));
    const both = certificate(() => ({ alternativeNames: ["*.example.com"] }));
    const record = "aws_route53_record.cert_main_validation_example_com_cname";
    expect(addresses(both, "aws_route53_record")).toEqual([record]);
    expect(wildcard[record]).toEqual(both[record]);
    expect(both["aws_acm_certificate.cert"]).toMatchObject({ subject_alternative_names: ["*.example.com"] });
  });

  test("keeps its other records when a name is added before them", () => {
    const before = certificate(() => ({ alternativeNames: ["www.example.com"] }));
    const after = certificate(() => ({ alternativeNames: ["api.example.com", "www.example.com"] }));
    for (const address of addresses(before, "aws_route53_record")) expect(after[address]).toEqual(before[address]);
    expect(addresses(after, "aws_route53_record")).toHaveLength(3);
  });

  test("validates each name in the zone that is nearest to it", () => {
    const resources = certificate((_, stack) => ({
      alternativeNames: ["www.dev.example.com", "example.org"],
      furtherZones: [
        existingHostedZone(stack, "dev", { zoneId: "ZDEV", domainName: "dev.example.com" }),
        existingHostedZone(stack, "org", { zoneId: "ZORG", domainName: "example.org" }),
      ],
    }));
    expect(resources).toMatchObject({
      "aws_route53_record.cert_main_validation_example_com_cname": { zone_id: "${aws_route53_zone.main.zone_id}" },
      "aws_route53_record.cert_dev_validation_www_dev_example_com_cname": { zone_id: "ZDEV" },
      "aws_route53_record.cert_org_validation_example_org_cname": { zone_id: "ZORG" },
    });
  });

  test("of another region shares the records of one for the same names", () => {
    const resources = certificate(
      () => ({}),
      (made, zone, stack) => {
        new Certificate(stack, "cdn", {
          domainName: "example.com",
          alternativeNames: ["cdn.example.com"],
          zone,
          provider: stack.providerIn("us-east-1"),
          validatedBy: made,
        });
      },
    );
    expect(resources["aws_acm_certificate.cdn"]).toMatchObject({ provider: "aws.us-east-1" });
    expect(resources["aws_acm_certificate_validation.cdn_validation"]).toMatchObject({
      provider: "aws.us-east-1",
      validation_record_fqdns: [
        "${aws_route53_record.cert_main_validation_example_com_cname.fqdn}",
        "${aws_route53_record.cdn_main_validation_cdn_example_com_cname.fqdn}",
      ],
    });
    expect(addresses(resources, "aws_route53_record")).toHaveLength(2);
  });

  test("of a private authority needs no zone and no record", () => {
    const privateAuthorityArn = "arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/1";
    const { resources } = synthesized((stack) => {
      const props = { domainName: "db.acme.internal", privateAuthorityArn, earlyRenewalDays: 90 };
      expect(new Certificate(stack, "cert", { ...props, keyAlgorithm: "EC_prime256v1" }).validation).toBeUndefined();
    });
    expect(resources).toEqual({
      "aws_acm_certificate.cert": {
        domain_name: "db.acme.internal",
        key_algorithm: "EC_prime256v1",
        certificate_authority_arn: privateAuthorityArn,
        early_renewal_duration: "P90D",
        lifecycle: { create_before_destroy: true },
        tags: { Name: "acme-dev-cert" },
      },
    });
  });

  test("can be kept out of the public logs", () => {
    expect(certificate(() => ({ transparencyLogging: false }))["aws_acm_certificate.cert"]).toMatchObject({
      options: { certificate_transparency_logging_preference: "DISABLED" },
    });
  });

  test("that is set up wrongly is refused, with everything that is wrong", () => {
    const wrong = (): unknown =>
      certificate((_, stack) => ({
        alternativeNames: ["www.example.com.", "example.org"],
        furtherZones: [
          existingHostedZone(stack, "inside", { zoneId: "Z1", domainName: "acme.internal", isPrivate: true }),
        ],
      }));
    expect(wrong).toThrowErrorMatchingInlineSnapshot(`
     "Certificate "dev-test/cert" is invalid:
       - "www.example.com." must have no dot at its end: ACM takes none
       - the zone acme.internal is private, and ACM looks in public ones: give the public zone, or a privateAuthorityArn
       - www.example.com. is in none of the zones ["example.com","acme.internal"]: add its zone to furtherZones
       - example.org is in none of the zones ["example.com","acme.internal"]: add its zone to furtherZones"
    `);
  });

  test("for names that have one already is refused, and told how the two share their records", () => {
    const second = (): unknown =>
      certificate(
        () => ({}),
        (_, zone, stack) => new Certificate(stack, "second", { domainName: "*.example.com", zone }),
      );
    expect(second).toThrowErrorMatchingInlineSnapshot(`
     "Certificate "dev-test/second" is invalid:
       - example.com has a certificate already, and ACM asks for the same record (dev-test/cert/main_validation_example.com_cname): name that certificate in validatedBy"
    `);
  });

  test("of names that are not known yet is refused", () => {
    expect(() => certificate((zone) => ({ alternativeNames: [zone.id] }))).toThrow(
      "its names must be known when the program runs: write them out",
    );
  });

  test("that exists is what others take", () => {
    const arn = "arn:aws:acm:us-east-1:111111111111:certificate/1";
    expect(existingCertificate(arn)).toEqual({ arn });
  });
});
