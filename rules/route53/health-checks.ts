import { isIP } from "node:net";
import { UnknownValueError, type Block } from "../values/block";
import { certain } from "../values/certain";
import { cidr, contains, type Cidr } from "../vpc/cidr";
import { quota } from "../quotas";
import { each, fault, rule } from "../rule";

const CONFIG = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html";
const QUOTAS = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html";

const TYPES = ["aws_route53_health_check"];
const ENDPOINTS = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"];
const MOST_CHILDREN = 255;

/** Blocks that nobody can reach: RFC 5735, RFC 6598, RFC 5156. */
const RESERVED: readonly Cidr[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "::ffff:0:0/96",
  "2001::/32",
  "2001:10::/28",
  "2001:db8::/32",
  "2002::/16",
  "3ffe::/16",
  "5f00::/8",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
].flatMap((block) => cidr(block) ?? []);

const typeOf = (body: Block): string => body.string("type")?.toUpperCase() ?? "";

export const healthCheckRules = [
  rule({
    id: "route53-health-check-search-string",
    types: TYPES,
    title: "A health check that looks for a text has one, of at most 255 characters; another has none",
    why: "AWS refuses it at apply.",
    fix: 'Set search_string, or make it type "HTTP" or "HTTPS".',
    source: CONFIG,
    severity: "error",
    check: ({ body }) => {
      const isMatch = typeOf(body).endsWith("_STR_MATCH");
      if (!isMatch)
        return body.has("search_string") ? fault(body, "search_string", "its type looks for no text") : undefined;
      const text = body.string("search_string") ?? "";
      if (text !== "" && text.length <= 255) return undefined;
      return fault(body, "search_string", "it looks for a text of 1 to 255 characters");
    },
  }),

  rule({
    id: "route53-health-check-children",
    types: TYPES,
    title: `A calculated health check has 1 to ${MOST_CHILDREN} children`,
    why: "AWS refuses it at apply.",
    fix: "Name the health checks that it sums up in child_healthchecks.",
    source: QUOTAS,
    severity: "error",
    check: ({ body }) => {
      if (typeOf(body) !== "CALCULATED") return undefined;
      const isSet = body.has("child_healthchecks");
      const count = childrenOf(body);
      if (isSet && count === undefined) throw new UnknownValueError("child_healthchecks");
      if (isSet && (count ?? 0) <= MOST_CHILDREN) return undefined;
      return fault(body, "child_healthchecks", `a calculated health check has 1 to ${MOST_CHILDREN} children`);
    },
  }),

  rule({
    id: "route53-health-check-threshold",
    types: TYPES,
    title: "A calculated health check asks for no more healthy children than it has",
    why: "It would never be healthy.",
    fix: "Lower child_health_threshold, or add children.",
    source: CONFIG,
    severity: "error",
    check: ({ body }) => {
      const threshold = body.number("child_health_threshold");
      if (threshold === undefined || typeOf(body) !== "CALCULATED" || !body.has("child_healthchecks")) return undefined;
      const children = childrenOf(body);
      if (children === undefined) throw new UnknownValueError("child_healthchecks");
      if (threshold <= children) return undefined;
      return fault(body, "child_health_threshold", `it has ${children} children only`);
    },
  }),

  rule({
    id: "route53-health-check-endpoint",
    types: TYPES,
    title: "A health check of an endpoint has its name or its address; one of TCP its port too",
    why: "AWS refuses it at apply.",
    fix: "Set fqdn or ip_address, and port.",
    source: CONFIG,
    severity: "error",
    check: ({ body }) => {
      const type = typeOf(body);
      if (!ENDPOINTS.includes(type)) return undefined;
      return each(["fqdn", "port"], (name) => {
        if (name === "port") {
          return type !== "TCP" || body.has("port")
            ? undefined
            : fault(body, "port", "a health check of TCP has a port");
        }
        if (certain(["fqdn", "ip_address"], (one) => body.has(one))) return undefined;
        return fault(body, "fqdn", "a health check of an endpoint has its name or its address");
      });
    },
  }),

  rule({
    id: "route53-health-check-address",
    types: TYPES,
    title: "The address of a health check is a public one",
    why: "The checkers are on the internet: AWS refuses private and reserved addresses at apply.",
    fix: "Give the public address, or check an alarm of CloudWatch (type CLOUDWATCH_METRIC).",
    source: CONFIG,
    severity: "error",
    check: ({ body }) => {
      const address = body.string("ip_address");
      // Of what is no address at all, the provider says so.
      const family = isIP(address ?? "");
      const block = family === 0 ? undefined : cidr(`${address}/${family === 4 ? 32 : 128}`);
      const reserved = block && RESERVED.find((one) => contains(one, block));
      return reserved && fault(body, "ip_address", `it is of ${reserved.text}, which nobody reaches from the internet`);
    },
  }),

  quota({
    id: "route53-health-check-quota",
    quota: "healthChecks",
    types: TYPES,
    argument: "type",
    fewer: "Use fewer health checks, or evaluate the health of alias targets",
  }),
] as const;

/** How many children are named. Undefined where a reference stands for all of them. */
function childrenOf(body: Block): number | undefined {
  const children = body.raw("child_healthchecks");
  return Array.isArray(children) ? children.length : undefined;
}
