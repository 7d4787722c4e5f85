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

/** A service whose endpoints Terraform does not always give the zone id of. */
export type AliasService =
  | "application-load-balancer"
  | "network-load-balancer"
  | "elastic-beanstalk"
  | "s3-website"
  | "cloudfront"
  | "global-accelerator";

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

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
const GLOBAL_ZONES: Readonly<Partial<Record<AliasService, string>>> = {
  cloudfront: "Z2FDTNDATAQYW2",
  "global-accelerator": "Z2BJ6XQ5FK7U4H",
};

/**
 * Zone ids by region: application load balancer, network load balancer, Elastic Beanstalk, S3 website.
 * https://docs.aws.amazon.com/general/latest/gr/elb.html
 * https://docs.aws.amazon.com/general/latest/gr/elasticbeanstalk.html
 * https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
const REGIONAL_SERVICES = ["application-load-balancer", "network-load-balancer", "elastic-beanstalk", "s3-website"];
const REGIONAL_ZONES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "us-east-1": ["Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI", "Z117KPS5GTRQ2G", "Z3AQBSTGFYJSTF"],
  "us-east-2": ["Z3AADJGX6KTTL2", "ZLMOA37VPKANP", "Z14LCN19Q5QHIC", "Z2O1EMRO9K5GLX"],
  "us-west-1": ["Z368ELLRRE2KJ0", "Z24FKFUX50B4VW", "Z1LQECGX5PH1X", "Z2F56UZL2M1ACD"],
  "us-west-2": ["Z1H1FL5HABSF5", "Z18D5FSROUN65G", "Z38NKT9BP95V3O", "Z3BJ6K6RIION7M"],
  "ca-central-1": ["ZQSVJUPU6J1EY", "Z2EPGBW3API2WT", "ZJFCZL7SSZB5I", "Z1QDHH18159H29"],
  "sa-east-1": ["Z2P70J7HTTTPLU", "ZTK26PT1VY4CU", "Z10X7K2B4QSOFV", "Z7KQH4QJS55SO"],
  "eu-west-1": ["Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F", "Z2NYPWQ7DFZAZH", "Z1BKCTXD74EZPE"],
  "eu-west-2": ["ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G", "Z1GKAAAUGATPF1", "Z3GKZC51ZF0DB4"],
  "eu-west-3": ["Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5", "Z5WN6GAYWG5OB", "Z3R1K369G5AVDG"],
  "eu-central-1": ["Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90", "Z1FRNW7UH4DEZJ", "Z21DNDUVLTQW6Q"],
  "eu-north-1": ["Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM", "Z23GO28BZ5AETM", "Z3BAZG2TWCNX0D"],
  "eu-south-1": ["Z3ULH7SSC9OV64", "Z23146JA1KNAFP", "Z10VDYYOA2JFKM", "Z30OZKI7KPW7MI"],
  "eu-south-2": ["Z0956581394HF5D5LXGAP", "Z1011216NVTVYADP1SSV", undefined, "Z0081959F7139GRJC19J"],
  "ap-southeast-1": ["Z1LMS91P8CMLE5", "ZKVM4W9LS7TM", "Z16FZ9L249IFLT", "Z3O0J2DXBE1FTB"],
  "ap-southeast-2": ["Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD", "Z2PCDNR3VC2G1N", "Z1WCIGYICN2BYD"],
  "ap-northeast-1": ["Z14GRHDCWA56QT", "Z31USIVHYNEOWT", "Z1R25G3KIG2GBW", "Z2M4EHUR26P7ZW"],
  "ap-northeast-2": ["ZWKZPGTI48KDX", "ZIBE1TIR4HY56", "Z3JE5OI70TWKCP", "Z3W03O7B5YMIYP"],
  "ap-south-1": ["ZP97RAFLXTNZK", "ZVDDRBQ08TROA", "Z18NTBI3Y7N9TZ", "Z11RGJOFQNVJUP"],
};

/**
 * An endpoint that Terraform does not manage here, or one of Elastic Beanstalk, which tells no zone id.
 * @throws Error naming the service and the region, when the zone id of that region is not known here: give it as an `AliasTarget`
 */
export function existingAliasTarget({ service, dnsName, region }: ExistingAliasTarget): AliasTarget {
  const regional = REGIONAL_ZONES[region ?? ""]?.[REGIONAL_SERVICES.indexOf(service)];
  const zoneId = GLOBAL_ZONES[service] ?? regional;
  if (zoneId === undefined)
    throw new Error(
      `The zone id of ${service} in region ${region ?? "none"} is not known: give { dnsName, zoneId } with the id from ` +
        "https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html",
    );
  return { dnsName, zoneId, evaluateTargetHealth: service !== "cloudfront" && service !== "s3-website" };
}
