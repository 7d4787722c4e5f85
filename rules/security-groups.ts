import { each, fault, rule } from "./rule";

const AUTHORIZE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html";

/** Rules that are resources of their own. */
export const RULE_TYPES = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

export const securityGroupRules = [
  rule({
    id: "security-group-all-protocols-ports",
    types: RULE_TYPES,
    title: 'A rule for all protocols ("-1") names no ports',
    why: "AWS refuses it at apply: with all protocols come all ports.",
    fix: 'Drop from_port and to_port, or name the protocol ("tcp").',
    source: AUTHORIZE,
    severity: "error",
    check: ({ body }) => {
      if (body.string("ip_protocol") !== "-1") return undefined;
      return each(["from_port", "to_port"], (name) =>
        body.has(name) ? fault(body, name, 'a rule for all protocols ("-1") names no ports') : undefined,
      );
    },
  }),
] as const;
