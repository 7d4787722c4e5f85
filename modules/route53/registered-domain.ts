import { Fn } from "cdktf";
import { Construct } from "constructs";
import { Route53DomainsDelegationSignerRecord } from "@cdktf/provider-aws/lib/route53domains-delegation-signer-record";
import { Route53DomainsRegisteredDomain } from "@cdktf/provider-aws/lib/route53domains-registered-domain";
import { Problems } from "../core";
import type { ZoneSigning } from "./zone-signing";

/** A domain, its contacts and its name servers. */
export interface RegisteredDomainProps {
  /** The domain as it was registered: `example.com`. */
  readonly domainName: string;
  /** The public zone that answers for it: the domain gets its four name servers. */
  readonly zone: { readonly nameServers: readonly string[]; readonly signing?: ZoneSigning };
  /**
   * Renew the registration before it expires.
   * @default true
   */
  readonly autoRenew?: boolean;
  /**
   * Refuse a transfer to another registrar. Some top-level domains have no lock: say false there.
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/registrar-tld-list.html
   * @default true
   */
  readonly transferLock?: boolean;
  /**
   * Keep the contacts out of WHOIS.
   * @default true
   */
  readonly privacyProtection?: boolean;
  /**
   * Give the zone's key to the registry, so that resolvers verify the domain. Only after the zone is signed.
   * @default false
   */
  readonly signed?: boolean;
}

/**
 * The settings of a domain that is registered with Route 53 in this account: name servers, renewal, lock. Nothing is bought here: a
 * domain is registered once, in the console; destroying this leaves it as it is. Contacts are personal data and are left out of the state.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/domain-register.html
 *
 * Replaced by: another domain name. Costs: the domain's price each year, with `autoRenew`.
 *
 * @example
 * new RegisteredDomain(this, "domain", { domainName: "example.com", zone });
 */
export class RegisteredDomain extends Construct {
  readonly resource: Route53DomainsRegisteredDomain;

  /** @throws InvalidConstructError when it is to be signed and the zone is not */
  constructor(scope: Construct, id: string, props: RegisteredDomainProps) {
    super(scope, id);
    const problems = new Problems(this, "RegisteredDomain");
    problems.require(
      !props.signed || props.zone.signing !== undefined,
      "signed needs a zone with dnssec: sign it first",
    );
    problems.throwIfAny();
    this.resource = this.createDomain(props);
    if (props.signed && props.zone.signing) this.createSigner(props.domainName, props.zone.signing);
  }

  private createDomain(props: RegisteredDomainProps): Route53DomainsRegisteredDomain {
    const privacy = props.privacyProtection ?? true;
    return new Route53DomainsRegisteredDomain(this, "Resource", {
      domainName: props.domainName,
      autoRenew: props.autoRenew ?? true,
      transferLock: props.transferLock ?? true,
      adminPrivacy: privacy,
      billingPrivacy: privacy,
      registrantPrivacy: privacy,
      techPrivacy: privacy,
      // A zone has four, always: https://docs.aws.amazon.com/Route53/latest/APIReference/API_DelegationSet.html
      nameServer: [0, 1, 2, 3].map((position) => ({ name: Fn.element(props.zone.nameServers, position) as string })),
    });
  }

  private createSigner(domainName: string, signing: ZoneSigning): void {
    const { keySigningKey } = signing;
    new Route53DomainsDelegationSignerRecord(this, "signer", {
      domainName,
      signingAttributes: [
        {
          algorithm: keySigningKey.signingAlgorithmType,
          flags: keySigningKey.flag,
          publicKey: keySigningKey.publicKey,
        },
      ],
      dependsOn: [signing.resource],
    });
  }
}
