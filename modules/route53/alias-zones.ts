/** A service whose endpoints Terraform does not always give the zone id of. */
export type AliasService =
  | "application-load-balancer"
  | "network-load-balancer"
  | "elastic-beanstalk"
  | "s3-website"
  | "cloudfront"
  | "global-accelerator";

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html */
const GLOBAL_ZONES: Readonly<Partial<Record<AliasService, string>>> = {
  cloudfront: "Z2FDTNDATAQYW2",
  "global-accelerator": "Z2BJ6XQ5FK7U4H",
};

/** The order of the columns below. */
const REGIONAL_SERVICES: readonly AliasService[] = [
  "application-load-balancer",
  "network-load-balancer",
  "elastic-beanstalk",
  "s3-website",
];

/**
 * Zone ids by region. Where a service is not in a region, or AWS's table has no id, there is none.
 * https://docs.aws.amazon.com/general/latest/gr/elb.html
 * https://docs.aws.amazon.com/general/latest/gr/elasticbeanstalk.html
 * https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
const REGIONAL_ZONES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "us-east-1": ["Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI", "Z117KPS5GTRQ2G", "Z3AQBSTGFYJSTF"],
  "us-east-2": ["Z3AADJGX6KTTL2", "ZLMOA37VPKANP", "Z14LCN19Q5QHIC", "Z2O1EMRO9K5GLX"],
  "us-west-1": ["Z368ELLRRE2KJ0", "Z24FKFUX50B4VW", "Z1LQECGX5PH1X", "Z2F56UZL2M1ACD"],
  "us-west-2": ["Z1H1FL5HABSF5", "Z18D5FSROUN65G", "Z38NKT9BP95V3O", "Z3BJ6K6RIION7M"],
  "ca-central-1": ["ZQSVJUPU6J1EY", "Z2EPGBW3API2WT", "ZJFCZL7SSZB5I", "Z1QDHH18159H29"],
  "ca-west-1": ["Z06473681N0SF6OS049SD", "Z02754302KBB00W2LKWZ9", "Z1021028356Y0CYS11DQI", "Z03565811Z33SLEZTHOUL"],
  "mx-central-1": ["Z023552324OKD1BB28BH5", "Z02031231H3ID6HYJ9A7U", undefined, "Z057606446ZNVQJJ8WOP"],
  "sa-east-1": ["Z2P70J7HTTTPLU", "ZTK26PT1VY4CU", "Z10X7K2B4QSOFV", "Z7KQH4QJS55SO"],
  "eu-west-1": ["Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F", "Z2NYPWQ7DFZAZH", "Z1BKCTXD74EZPE"],
  "eu-west-2": ["ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G", "Z1GKAAAUGATPF1", "Z3GKZC51ZF0DB4"],
  "eu-west-3": ["Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5", "Z5WN6GAYWG5OB", "Z3R1K369G5AVDG"],
  "eu-central-1": ["Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90", "Z1FRNW7UH4DEZJ", "Z21DNDUVLTQW6Q"],
  "eu-central-2": ["Z06391101F2ZOEP8P5EB3", "Z02239872DOALSIDCX66S", "Z00227012FSHBMZNNSJJI", "Z030506016YDQGETNASS"],
  "eu-north-1": ["Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM", "Z23GO28BZ5AETM", "Z3BAZG2TWCNX0D"],
  "eu-south-1": ["Z3ULH7SSC9OV64", "Z23146JA1KNAFP", "Z10VDYYOA2JFKM", "Z30OZKI7KPW7MI"],
  "eu-south-2": ["Z0956581394HF5D5LXGAP", "Z1011216NVTVYADP1SSV", "Z0243492AO4B9S3KI68O", "Z0081959F7139GRJC19J"],
  "af-south-1": ["Z268VQBMOI5EKX", "Z203XCE67M25HM", "Z1EI3BVKMKK4AM", "Z83WF9RJE8B12"],
  "il-central-1": ["Z09170902867EHPV2DABU", "Z0313266YDI6ZRHTGQY4", "Z02941091PERNCB1MI5H7", "Z09640613K4A3MN55U7GU"],
  "me-central-1": ["Z08230872XQRWHG2XF6I", "Z00282643NTTLPANJJG2P", "Z0650511N84AAKGW7QUK", "Z06143092I8HRXZRUZROF"],
  "me-south-1": ["ZS929ML54UICD", "Z3QSRYVP46NYYV", "Z2BBTEKR2I36N2", "Z1MPMWCPA7YB62"],
  "ap-east-1": ["Z3DQVH9N71FHZ0", "Z12Y7K3UBGUAD1", "ZPWYUBWRU171A", "ZNB98KWMFR0R6"],
  "ap-east-2": ["Z02789141MW7T1WBU19PO", "Z09176273OC2HWIAUNYW", undefined, undefined],
  "ap-northeast-1": ["Z14GRHDCWA56QT", "Z31USIVHYNEOWT", "Z1R25G3KIG2GBW", "Z2M4EHUR26P7ZW"],
  "ap-northeast-2": ["ZWKZPGTI48KDX", "ZIBE1TIR4HY56", "Z3JE5OI70TWKCP", "Z3W03O7B5YMIYP"],
  "ap-northeast-3": ["Z5LXEXXYW11ES", "Z1GWIQ4HH19I5X", "ZNE5GEY1TIAGY", "Z2YQB5RD63NC85"],
  "ap-south-1": ["ZP97RAFLXTNZK", "ZVDDRBQ08TROA", "Z18NTBI3Y7N9TZ", "Z11RGJOFQNVJUP"],
  "ap-south-2": ["Z0173938T07WNTVAEPZN", "Z0711778386UTO08407HT", "Z10223522IBWPBF2C2FJS", "Z02976202B4EZMXIPMXF7"],
  "ap-southeast-1": ["Z1LMS91P8CMLE5", "ZKVM4W9LS7TM", "Z16FZ9L249IFLT", "Z3O0J2DXBE1FTB"],
  "ap-southeast-2": ["Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD", "Z2PCDNR3VC2G1N", "Z1WCIGYICN2BYD"],
  "ap-southeast-3": [
    "Z08888821HLRG5A9ZRTER",
    "Z01971771FYVNCOVWJU1G",
    "Z05913172VM7EAZB40TA8",
    "Z01846753K324LI26A3VV",
  ],
  "ap-southeast-4": ["Z09517862IB2WZLPXG76F", "Z01156963G8MIIL7X90IV", "Z0666869LC74UHAO5YE4", "Z0312387243XT5FE14WFO"],
  "ap-southeast-5": ["Z06010284QMVVW7WO5J", "Z026317210H9ACVTRO6FB", "Z01812971H0QCYWSL7WOH", "Z08660063OXLMA7F1FJHU"],
  "ap-southeast-6": [
    "Z023301818UFJ50CIO0MV",
    "Z01392953RKV2Q3RBP0KU",
    "Z01144401H1NECCLJDD4D",
    "Z05686083R66JX5C163TC",
  ],
  "ap-southeast-7": ["Z0390008CMBRTHFGWBCB", "Z054363131YWATEMWRG5L", "Z08384933QM5LSQCVMNZM", "Z0031014GXUMRZG6I14G"],
  "cn-north-1": ["Z1GDH35T77C1KE", "Z3QFB96KMJ7ED6", undefined, "Z5CN8UMXT92WN"],
  "cn-northwest-1": ["ZM7IZAIOVVDZF", "ZQEIKTCZ8352D", undefined, "Z282HJ1KT0DH03"],
  "us-gov-east-1": ["Z166TLBEWOO7G0", "Z1ZSMQQ6Q24QQ8", "Z35TSARG0EJ4VU", "Z2NIFVYYW2VKV1"],
  "us-gov-west-1": ["Z33AYJ8TM3BH4J", "ZMG1MZ2THAWF1", "Z4KAURWC4UUUG", "Z31GFT0UA1I2HV"],
};

/**
 * The zone that AWS keeps a service's DNS names in.
 * @returns nothing where it is not known here
 */
export function aliasZoneId(service: AliasService, region = ""): string | undefined {
  return GLOBAL_ZONES[service] ?? REGIONAL_ZONES[region]?.[REGIONAL_SERVICES.indexOf(service)];
}
