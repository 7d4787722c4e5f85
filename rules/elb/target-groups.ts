import type { Block } from "../values/block";
import { range } from "../kinds";
import { TARGET_GROUPS } from "./types";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const CREATE = `${API}/API_CreateTargetGroup.html`;
const MATCHER = `${API}/API_Matcher.html`;
const ATTRIBUTES = `${API}/API_TargetGroupAttribute.html`;

/** Seconds, where none are set: the provider's default. */
const INTERVAL = 30;
/** AWS's own, by the protocol of the target group. Its documents differ on HTTP and HTTPS (5, 6, 10): the shortest. */
const TIMEOUTS: Readonly<Record<string, number>> = { HTTP: 5, HTTPS: 5, GENEVE: 5 };
const LAMBDA_TIMEOUT = 30;
const NETWORK_TIMEOUT = 10;
/** Of a Network Load Balancer whose health check is of HTTP. */
const NETWORK_HTTP_TIMEOUT = 6;
const NETWORK: readonly string[] = ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"];

const STICKINESS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["lb_cookie", "app_cookie"],
  HTTPS: ["lb_cookie", "app_cookie"],
  TCP: ["source_ip"],
  UDP: ["source_ip"],
  TCP_UDP: ["source_ip"],
  TLS: ["source_ip"],
  GENEVE: ["source_ip_dest_ip", "source_ip_dest_ip_proto"],
};

const stickinessOf = ({ body }: Resource): Block[] => body.blocks("stickiness");
const healthChecksOf = ({ body }: Resource): Block[] => body.blocks("health_check");

export const targetGroupRules = [
  range({
    id: "target-group-health-check-timeout-range",
    types: TARGET_GROUPS,
    blocks: healthChecksOf,
    argument: "timeout",
    what: "the timeout of a health check",
    min: 2,
    max: 120,
    unit: "seconds",
    source: CREATE,
  }),

  range({
    id: "target-group-health-check-interval-range",
    types: TARGET_GROUPS,
    blocks: healthChecksOf,
    argument: "interval",
    what: "the interval of a health check",
    min: 5,
    max: 300,
    unit: "seconds",
    source: CREATE,
  }),

  rule({
    id: "target-group-health-check-timeout",
    types: TARGET_GROUPS,
    title: "The timeout of a health check is shorter than its interval; of a Network Load Balancer it may be as long",
    why: "AWS refuses it at apply.",
    fix: `Shorten timeout, or lengthen interval. Without them the interval is ${INTERVAL} seconds, and the timeout 5 for HTTP and HTTPS, ${NETWORK_TIMEOUT} for TCP, UDP and TLS.`,
    source: CREATE,
    severity: "error",
    check: (group) =>
      each(healthChecksOf(group), (check) => {
        const [timeout, interval] = [check.number("timeout"), check.number("interval")];
        if ((timeout === undefined && interval === undefined) || check.boolean("enabled") === false) return undefined;
        const length = timeout ?? defaultTimeout(group, check);
        const rest = (interval ?? INTERVAL) - (length ?? 0);
        if (length === undefined || rest > 0 || (rest === 0 && isNetwork(group.body))) return undefined;
        if (timeout !== undefined)
          return fault(check, "timeout", `the timeout is shorter than the interval, ${interval ?? INTERVAL} seconds`);
        return fault(
          check,
          "interval",
          `the interval is longer than the timeout, which is ${length} seconds by default`,
        );
      }),
  }),

  rule({
    id: "target-group-matcher",
    types: TARGET_GROUPS,
    title: "A health check expects codes of 200 to 499; behind a Network Load Balancer to 599, of gRPC 0 to 99",
    why: "AWS refuses other codes at apply.",
    fix: 'Name codes, several with commas, or a range: "200,302", "200-399".',
    source: MATCHER,
    severity: "error",
    check: (group) =>
      each(healthChecksOf(group), (check) => {
        const codes = check.string("matcher");
        if (codes === undefined || codes === "") return undefined;
        const [min, max] = codesOf(group.body);
        if (isCodes(codes, min, max)) return undefined;
        return fault(check, "matcher", `codes are ${min} to ${max}, with commas or as a range`);
      }),
  }),

  rule({
    id: "target-group-alb-protocol",
    types: TARGET_GROUPS,
    title: 'A target group for an Application Load Balancer (target_type = "alb") is of TCP',
    why: "A Network Load Balancer passes connections on to it as they come: AWS refuses another protocol at apply.",
    fix: 'Set protocol = "TCP"; TLS ends at the Application Load Balancer, and its health check may be of HTTPS.',
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      const protocol = body.string("protocol")?.toUpperCase() ?? "";
      if (protocol === "" || protocol === "TCP" || body.string("target_type") !== "alb") return undefined;
      return fault(body, "protocol", "a target group for an Application Load Balancer is of TCP");
    },
  }),

  rule({
    id: "target-group-stickiness-type",
    types: TARGET_GROUPS,
    title: "Stickiness is by cookie for HTTP and HTTPS, by source address for TCP, UDP and TLS",
    why: "AWS refuses another kind at apply, even where stickiness is not enabled.",
    fix: 'Set type to "lb_cookie" or "app_cookie" for HTTP and HTTPS, to "source_ip" for TCP, UDP and TLS.',
    source: ATTRIBUTES,
    severity: "error",
    check: (group) =>
      each(stickinessOf(group), (stickiness) => {
        const type = stickiness.string("type");
        const protocol = group.body.string("protocol")?.toUpperCase();
        const allowed = STICKINESS[protocol ?? ""];
        if (type === undefined || type === "" || !allowed || allowed.includes(type)) return undefined;
        return fault(stickiness, "type", `the stickiness of ${protocol} is ${allowed.join(" or ")}`);
      }),
  }),

  rule({
    id: "target-group-cookie-name",
    types: TARGET_GROUPS,
    title: 'The cookie of an application has a name, which does not begin with "AWSALB"',
    why: "AWS keeps these names for its own cookies, and refuses them at apply.",
    fix: "Set cookie_name to the cookie that the application sets.",
    source: ATTRIBUTES,
    severity: "error",
    check: (group) =>
      each(stickinessOf(group), (stickiness) => {
        if (stickiness.string("type") !== "app_cookie") return undefined;
        const name = stickiness.string("cookie_name") ?? "";
        if (name !== "" && !name.startsWith("AWSALB")) return undefined;
        return fault(stickiness, "cookie_name", 'it has a name that does not begin with "AWSALB"');
      }),
  }),

  rule({
    id: "target-group-slow-start",
    types: TARGET_GROUPS,
    title: "The slow start of a target group is 0 (none) or 30 to 900 seconds",
    why: "AWS refuses it at apply.",
    fix: "Set slow_start to 30 to 900, or to 0.",
    source: ATTRIBUTES,
    severity: "error",
    check: ({ body }) => {
      const seconds = body.number("slow_start");
      if (seconds === undefined || seconds === 0 || (seconds >= 30 && seconds <= 900)) return undefined;
      return fault(body, "slow_start", "a slow start is 0 or 30 to 900 seconds");
    },
  }),
] as const;

/** @throws UnknownValueError */
function defaultTimeout({ body }: Resource, check: Block): number | undefined {
  if (body.string("target_type") === "lambda") return LAMBDA_TIMEOUT;
  if (!isNetwork(body)) return TIMEOUTS[protocolOf(body)];
  // The provider's default for the check is HTTP, whatever the target group is of.
  return (protocolOf(check) || "HTTP") === "HTTP" ? NETWORK_HTTP_TIMEOUT : NETWORK_TIMEOUT;
}

/** @throws UnknownValueError */
function isNetwork(body: Block): boolean {
  return NETWORK.includes(protocolOf(body));
}

/** @throws UnknownValueError */
function protocolOf(block: Block): string {
  return block.string("protocol")?.toUpperCase() ?? "";
}

/** The codes that a health check may expect. @throws UnknownValueError */
function codesOf(body: Block): readonly [number, number] {
  const protocol = body.string("protocol")?.toUpperCase() ?? "HTTP";
  if (["HTTP", "HTTPS"].includes(protocol))
    return body.string("protocol_version")?.toUpperCase() === "GRPC" ? [0, 99] : [200, 499];
  return protocol === "GENEVE" ? [200, 399] : [200, 599];
}

function isCodes(text: string, min: number, max: number): boolean {
  const fits = (code: string): boolean => /^\d{1,3}$/.test(code) && Number(code) >= min && Number(code) <= max;
  return text.split(",").every((item) => {
    const [from = "", to = from, ...more] = item.trim().split("-");
    return more.length === 0 && fits(from) && fits(to) && Number(from) <= Number(to);
  });
}
