import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { checkDomainName } from "./domain-name";
import { Zone } from "./zone";

/** What has to be known of a zone that exists. */
export interface ExistingHostedZoneProps {
  /** `Z0123456789ABCDEFGHIJ`. */
  readonly zoneId: string;
  /** Domain name, without the dot at its end: `example.com`. */
  readonly domainName: string;
  /**
   * It is resolved inside of VPCs only. Certificates cannot be validated in it.
   * @default false
   */
  readonly isPrivate?: boolean;
  /**
   * Names of its servers, for delegating to it.
   * @default none: it cannot be delegated to
   */
  readonly nameServers?: readonly string[];
  /**
   * The provider of the zone's account, where that is another one: records are made with it.
   * @default the stack's
   */
  readonly provider?: TerraformProvider;
}

/** A zone that exists already, and whose records can be added to. */
class ExistingHostedZone extends Zone {
  readonly id: string;
  readonly domainName: string;
  readonly isPrivate: boolean;
  readonly nameServers: readonly string[];
  override readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, props: ExistingHostedZoneProps) {
    super(scope, id);
    checkDomainName(this, "existingHostedZone", props.domainName);
    this.id = props.zoneId;
    this.domainName = props.domainName;
    this.isPrivate = props.isPrivate ?? false;
    this.nameServers = props.nameServers ?? [];
    this.provider = props.provider;
  }
}

/**
 * A zone that is not made here: of another stack, another repository, another account. Nothing is looked up, so it can be planned before
 * there is a zone.
 *
 * @example
 * const zone = existingHostedZone(this, "company", { zoneId: "Z0123456789ABCDEFGHIJ", domainName: "example.com" });
 * zone.alias("shop", alb);
 */
export function existingHostedZone(scope: Construct, id: string, props: ExistingHostedZoneProps): Zone {
  return new ExistingHostedZone(scope, id, props);
}
