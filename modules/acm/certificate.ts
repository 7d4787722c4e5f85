import { Lazy, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import type { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Zone } from "../route53";
import { checkCertificateProps } from "./certificate-problems";
import type { CertificateLike } from "./existing-certificate";
import { validatedName, zoneOf } from "./validated-name";

/** What every certificate can say, whoever signs it. */
export interface CertificateOptions {
  /** The name that it is for: `www.example.com`, or `*.example.com` for all names one level below. Changing it replaces the certificate. */
  readonly domainName: string;
  /**
   * Further names; with `domainName` at most ten, before the quota is raised. Changing them replaces the certificate.
   * https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
   * @default none
   */
  readonly alternativeNames?: readonly string[];
  /**
   * What the key is of. Not every service takes every one. Changing it replaces the certificate.
   * https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
   * @default "RSA_2048"
   */
  readonly keyAlgorithm?: "RSA_2048" | "EC_prime256v1" | "EC_secp384r1";
  /**
   * The provider of another region: CloudFront takes certificates of us-east-1 only, `stack.providerIn("us-east-1")`. Changing it replaces
   * the certificate; its validation records stay.
   * @default the stack's
   */
  readonly provider?: TerraformProvider;
}

/** A public certificate. ACM knows whose the domain is by a record in its zone, and renews it as long as the record is there. */
export interface PublicCertificateProps extends CertificateOptions {
  /** The public zone that the names are in. */
  readonly zone: Zone;
  /**
   * Zones of names that are not in `zone`. A name is validated in the zone that is nearest to it.
   * @default none
   */
  readonly furtherZones?: readonly Zone[];
  /**
   * A certificate of this account for some of the same names, in whatever region: ACM asks for the same records, which a zone has only once.
   * @default none: all records are made here
   */
  readonly validatedBy?: Certificate;
  /**
   * Write the certificate to public logs, without which browsers do not trust it.
   * https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html#concept-transparency
   * @default true
   */
  readonly transparencyLogging?: boolean;
}

/** A certificate of a private certificate authority: trusted by whoever trusts the authority. */
export interface PrivateCertificateProps extends CertificateOptions {
  /** ARN of the authority in AWS Private CA. Changing it replaces the certificate. */
  readonly privateAuthorityArn: string;
  /**
   * Renew so many days before it expires; ACM by itself renews 60 days before.
   * https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
   * @default ACM's own time
   */
  readonly earlyRenewalDays?: number;
}

/** A public certificate, or one of a private authority. */
export type CertificateProps = PublicCertificateProps | PrivateCertificateProps;

/**
 * An ACM certificate, with the DNS records that validate it. Certificates that were issued elsewhere are not offered: their private key
 * would lie in the state. Import such a one into ACM by hand, and use `existingCertificate`.
 *
 * Replaced by: a change of its names, key algorithm or provider. The new one is made and validated before the old one goes, and whoever uses it
 * changes over in between; records of names that stay are kept. Costs: nothing for a public one, by the piece for a private one.
 *
 * @example
 * const certificate = new Certificate(this, "cert", { domainName: "example.com", alternativeNames: ["*.example.com"], zone });
 * const alb = new ApplicationLoadBalancer(this, "alb", { vpc, certificate });
 */
export class Certificate extends Construct implements CertificateLike {
  /** Known once the certificate is validated: what takes it waits for that. */
  readonly arn: string;
  readonly domainName: string;
  /** By the name that is validated, without its wildcard: those that are made here and those of `validatedBy`. */
  readonly validationRecords: Readonly<Record<string, Route53Record>>;
  /** The wait for the validation; none with a private authority. */
  readonly validation: AcmCertificateValidation | undefined;
  readonly resource: AcmCertificate;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    checkCertificateProps(this, props);
    this.domainName = props.domainName;
    this.resource = this.createCertificate(props);
    if ("privateAuthorityArn" in props) {
      this.validationRecords = {};
      this.validation = undefined;
      this.arn = this.resource.arn;
    } else {
      this.validationRecords = this.createValidationRecords(props);
      this.validation = this.createValidation(props);
      this.arn = this.validation.certificateArn;
    }
  }

  private createCertificate(props: CertificateProps): AcmCertificate {
    return new AcmCertificate(this, "Resource", {
      domainName: props.domainName,
      ...(props.alternativeNames?.length ? { subjectAlternativeNames: [...props.alternativeNames] } : {}),
      keyAlgorithm: props.keyAlgorithm,
      ...("privateAuthorityArn" in props
        ? {
            certificateAuthorityArn: props.privateAuthorityArn,
            earlyRenewalDuration: props.earlyRenewalDays === undefined ? undefined : `P${props.earlyRenewalDays}D`,
          }
        : {
            validationMethod: "DNS",
            options: {
              certificateTransparencyLoggingPreference: props.transparencyLogging === false ? "DISABLED" : "ENABLED",
            },
          }),
      lifecycle: { createBeforeDestroy: true },
      ...(props.provider ? { provider: props.provider } : {}),
    });
  }

  /** One for each name: a domain and its wildcard are validated by the same record. */
  private createValidationRecords(props: PublicCertificateProps): Record<string, Route53Record> {
    const zones = [props.zone, ...(props.furtherZones ?? [])];
    const names = [props.domainName, ...(props.alternativeNames ?? [])].map(validatedName);
    return Object.fromEntries(
      [...new Set(names)].map((name) => [
        name,
        props.validatedBy?.validationRecords[name] ??
          this.createValidationRecord(name, zoneOf(name, zones) ?? props.zone),
      ]),
    );
  }

  /**
   * What ACM asks for is known only after the certificate is there. The address is made of the domain, which is known before.
   * ACM asks for the same name as long as account and domain are the same: a new certificate must not take the record away and make it anew.
   */
  private createValidationRecord(name: string, zone: Zone): Route53Record {
    const record = zone.record(this.validationOption(name, "resource_record_name"), {
      type: "CNAME",
      value: this.validationOption(name, "resource_record_value"),
      id: `validation_${name}`,
      scope: this,
      allowOverwrite: true,
    });
    record.lifecycle = { ignoreChanges: ["name"] };
    return record;
  }

  private validationOption(name: string, attribute: string): string {
    return Lazy.stringValue({
      produce: () =>
        `\${one(distinct([for option in aws_acm_certificate.${this.resource.friendlyUniqueId}.domain_validation_options : ` +
        `option.${attribute} if trimprefix(option.domain_name, "*.") == "${name}"]))}`,
    });
  }

  private createValidation(props: PublicCertificateProps): AcmCertificateValidation {
    return new AcmCertificateValidation(this, "validation", {
      certificateArn: this.resource.arn,
      validationRecordFqdns: Object.values(this.validationRecords).map((record) => record.fqdn),
      ...(props.provider ? { provider: props.provider } : {}),
    });
  }
}
