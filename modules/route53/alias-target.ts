import { aliasZoneId, type AliasService } from "./alias-zones";

/**
 * What an alias record answers with: whatever has a DNS name and the id of the hosted zone that AWS keeps it in, a load balancer for one.
 * An alias follows its target's addresses, costs nothing by the query, and may stand at the apex of a zone.
 */
export interface AliasTarget {
  readonly dnsName: string;
  /** Id of the zone that holds `dnsName`: AWS's own for its services, or this zone's for another of its records. */
  readonly zoneId: string;
  /**
   * Leave the alias out of answers while the target is not healthy. CloudFront, S3 websites and API Gateway do not have it.
   * @default true
   */
  readonly evaluateTargetHealth?: boolean;
  /**
   * The target has IPv6 addresses too: an AAAA record is made beside the A record.
   * @default false
   */
  readonly ipv6?: boolean;
}

/** An endpoint by its service, its name and its region. */
export interface ExistingAliasTarget {
  readonly service: AliasService;
  /** What the service calls the endpoint: `blue.eba-1234.eu-west-1.elasticbeanstalk.com`. */
  readonly dnsName: string;
  /**
   * Region of the endpoint.
   * @default none: CloudFront and Global Accelerator are everywhere, the others need it
   */
  readonly region?: string;
}

/**
 * An endpoint that Terraform does not manage here, or one of Elastic Beanstalk, which tells no zone id.
 * @throws Error naming the service and the region, when the zone id of that region is not known here: give it as an `AliasTarget`
 */
export function existingAliasTarget({ service, dnsName, region }: ExistingAliasTarget): AliasTarget {
  const zoneId = aliasZoneId(service, region);
  if (zoneId === undefined)
    throw new Error(
      `The zone id of ${service} in region ${region ?? "none"} is not known: give { dnsName, zoneId } with the id from ` +
        "https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html",
    );
  return { dnsName, zoneId, evaluateTargetHealth: service !== "cloudfront" && service !== "s3-website" };
}
