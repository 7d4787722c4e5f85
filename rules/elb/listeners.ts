import { UnknownValueError, type Block } from "../values/block";
import type { Estate } from "../estate";
import { range } from "../kinds";
import {
  actionsOf,
  forwards,
  kindBehind,
  LISTENER_RULES,
  LISTENERS,
  listenerProtocol,
  TARGET_GROUPS,
  type LoadBalancerKind,
} from "./types";
import type { Resource } from "../resource";
import { certain } from "../values/certain";
import { each, fault, rule } from "../rule";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const CREATE = `${API}/API_CreateListener.html`;
const REDIRECT = `${API}/API_RedirectActionConfig.html`;
const TUPLE = `${API}/API_TargetGroupTuple.html`;
const STICKINESS = `${API}/API_TargetGroupStickinessConfig.html`;
const LIMITS = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const NETWORK_GROUPS =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html";

const BOTH = [...LISTENERS, ...LISTENER_RULES];
const MOST_TARGET_GROUPS = 5;

const PROTOCOLS: Readonly<Record<LoadBalancerKind, readonly string[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
  gateway: [],
};

/** The protocols of target groups that a listener forwards to. */
const TARGET_PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTP", "HTTPS"],
  HTTPS: ["HTTP", "HTTPS"],
  TCP: ["TCP", "TCP_UDP"],
  TLS: ["TCP", "TLS"],
  UDP: ["UDP", "TCP_UDP"],
  TCP_UDP: ["TCP_UDP"],
  QUIC: ["QUIC", "TCP_QUIC"],
  TCP_QUIC: ["TCP_QUIC"],
};

/** A part of a URL that a redirect leaves as it is. */
const UNCHANGED: Readonly<Record<string, string>> = {
  protocol: "#{protocol}",
  host: "#{host}",
  port: "#{port}",
  path: "/#{path}",
};

export const listenerRules = [
  rule({
    id: "listener-certificate",
    types: LISTENERS,
    title: "A listener of HTTPS or TLS has a certificate",
    why: "AWS refuses it at apply. Certificates of aws_lb_listener_certificate come on top of the default one.",
    fix: "Set certificate_arn.",
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      const protocol = body.string("protocol")?.toUpperCase() ?? "";
      if (!["HTTPS", "TLS"].includes(protocol) || body.has("certificate_arn")) return undefined;
      return fault(body, "certificate_arn", `a listener of ${protocol} has a certificate`);
    },
  }),

  rule({
    id: "listener-certificate-protocol",
    types: LISTENERS,
    title: "Only a listener of HTTPS or TLS has a certificate and a TLS policy",
    why: "AWS refuses them for others at apply.",
    fix: 'Set protocol to "HTTPS" or "TLS", or drop certificate_arn and ssl_policy.',
    source: CREATE,
    severity: "error",
    check: (listener, estate) => {
      const { body } = listener;
      return each(["certificate_arn", "ssl_policy"], (name) => {
        if (!body.has(name)) return undefined;
        const protocol = listenerProtocol(listener, estate);
        if (protocol === undefined || ["HTTPS", "TLS"].includes(protocol)) return undefined;
        return fault(body, name, `a listener of ${protocol} has none`);
      });
    },
  }),

  rule({
    id: "listener-redirect-loop",
    types: BOTH,
    title: "A redirect changes the protocol, the host, the port or the path",
    why: "Otherwise it leads to itself: AWS refuses it at apply. Another query alone is not enough.",
    fix: 'Change one of them: protocol = "HTTPS" and port = "443", another host or path.',
    source: REDIRECT,
    severity: "error",
    check: (resource, estate) =>
      each(redirectsOf(resource), (redirect) => {
        const changes = (name: string): boolean => {
          const value = redirect.string(name) ?? "";
          return value !== "" && value !== UNCHANGED[name] && value !== listenerPart(resource, name, estate);
        };
        if (certain(Object.keys(UNCHANGED), changes)) return undefined;
        return fault(redirect, "protocol", "a redirect changes the protocol, the host, the port or the path");
      }),
  }),

  rule({
    id: "listener-redirect-protocol",
    types: BOTH,
    title: "HTTPS is not redirected to HTTP",
    why: "AWS refuses it at apply.",
    fix: 'Redirect to "HTTPS", or leave the protocol out.',
    source: REDIRECT,
    severity: "error",
    check: (resource, estate) =>
      each(redirectsOf(resource), (redirect) => {
        if (redirect.string("protocol") !== "HTTP") return undefined;
        if (listenerPart(resource, "protocol", estate) !== "HTTPS") return undefined;
        return fault(redirect, "protocol", "HTTPS is not redirected to HTTP");
      }),
  }),

  rule({
    id: "listener-protocol",
    types: LISTENERS,
    title: "A listener has a protocol of its load balancer: HTTP and HTTPS, or TCP, TLS, UDP and TCP_UDP",
    why: "AWS refuses it at apply.",
    fix: "HTTP and HTTPS are of an Application Load Balancer, TCP, TLS, UDP and TCP_UDP of a Network Load Balancer; that of a gateway has none.",
    source: CREATE,
    severity: "error",
    check: (listener, estate) => {
      const protocol = listener.body.string("protocol")?.toUpperCase() ?? "";
      const kind = kindBehind(listener, estate);
      const allowed = PROTOCOLS[kind] ?? [];
      if (protocol === "" ? kind !== "network" : allowed.includes(protocol)) return undefined;
      const choice = allowed.length === 0 ? "no protocol" : allowed.join(", ");
      return fault(
        listener.body,
        "protocol",
        `a listener of ${kind === "application" ? "an" : "a"} ${kind} load balancer has ${choice}`,
      );
    },
  }),

  rule({
    id: "listener-network-action",
    types: BOTH,
    title: "A listener of a Network or Gateway Load Balancer only forwards",
    why: "Redirects, fixed responses and authentication are of an Application Load Balancer: AWS refuses them at apply.",
    fix: 'Forward to a target group, or make it load_balancer_type = "application".',
    source: CREATE,
    severity: "error",
    check: (resource, estate) =>
      each(actionsOf(resource), (action) => {
        const type = action.string("type") ?? "";
        if (type === "" || type === "forward") return undefined;
        const kind = kindBehind(resource, estate);
        if (kind === "application") return undefined;
        return fault(action, "type", `a listener of a ${kind} load balancer only forwards`);
      }),
  }),

  rule({
    id: "listener-target-protocol",
    types: BOTH,
    title: "A listener forwards to target groups of a protocol that goes with its own",
    why: "AWS refuses it at apply.",
    fix: "HTTP and HTTPS go to HTTP or HTTPS, TCP to TCP or TCP_UDP, TLS to TCP or TLS, UDP to UDP or TCP_UDP, TCP_UDP to TCP_UDP.",
    source: NETWORK_GROUPS,
    severity: "error",
    check: (resource, estate) =>
      each(forwards(resource), ([block, name]) => {
        const group = estate.follow(resource, block, name, ...TARGET_GROUPS);
        if (!group) return undefined;
        const isLambda = group.body.string("target_type") === "lambda";
        const protocol = isLambda ? "HTTP" : group.body.string("protocol")?.toUpperCase();
        if (protocol === undefined) return undefined;
        const allowed = targetProtocols(resource, estate);
        if (allowed === undefined || allowed.includes(protocol)) return undefined;
        const what = isLambda ? "a Lambda function" : protocol;
        return fault(block, name, `${group.address} is of ${what}, this forwards to ${allowed.join(" or ")}`);
      }),
  }),

  rule({
    id: "listener-forward-target-groups",
    types: BOTH,
    title: `An action forwards to at most ${MOST_TARGET_GROUPS} target groups`,
    why: "AWS refuses more, and does not raise it.",
    fix: "Use fewer target groups, or several rules.",
    source: LIMITS,
    severity: "error",
    check: (resource) =>
      each(forwardsOf(resource), (forward) => {
        const groups = forward.blocks("target_group");
        const last = groups[MOST_TARGET_GROUPS];
        const message = `an action forwards to at most ${MOST_TARGET_GROUPS} target groups, this to ${groups.length}`;
        return last && fault(last, "arn", message);
      }),
  }),

  range({
    id: "listener-forward-weight",
    types: BOTH,
    blocks: (resource) => forwardsOf(resource).flatMap((forward) => forward.blocks("target_group")),
    argument: "weight",
    what: "the weight of a target group",
    min: 0,
    max: 999,
    source: TUPLE,
  }),

  range({
    id: "listener-forward-stickiness",
    types: BOTH,
    blocks: (resource) => forwardsOf(resource).flatMap((forward) => forward.blocks("stickiness")),
    argument: "duration",
    what: "the stickiness of target groups",
    min: 1,
    max: 604_800,
    unit: "seconds",
    source: STICKINESS,
  }),
] as const;

function forwardsOf(resource: Resource): Block[] {
  return actionsOf(resource).flatMap((action) => action.blocks("forward"));
}

function redirectsOf(resource: Resource): Block[] {
  return actionsOf(resource).flatMap((action) => action.blocks("redirect"));
}

/** The listener of a rule. @throws UnknownValueError when it is not here */
function listenerOf(resource: Resource, estate: Estate): Resource {
  if (LISTENERS.includes(resource.type)) return resource;
  const listener = estate.follow(resource, resource.body, "listener_arn", ...LISTENERS);
  if (!listener) throw new UnknownValueError("listener_arn");
  return listener;
}

/** What a request that a redirect answers came by. @throws UnknownValueError */
function listenerPart(resource: Resource, name: string, estate: Estate): string | undefined {
  if (name !== "protocol" && name !== "port") return undefined;
  const listener = listenerOf(resource, estate);
  return name === "protocol" ? listenerProtocol(listener, estate) : listener.body.string("port");
}

/** @throws UnknownValueError */
function targetProtocols(resource: Resource, estate: Estate): readonly string[] | undefined {
  // The rules of a listener are those of an Application Load Balancer.
  if (LISTENER_RULES.includes(resource.type)) return TARGET_PROTOCOLS["HTTP"];
  const protocol = resource.body.string("protocol")?.toUpperCase() ?? "";
  if (protocol !== "") return TARGET_PROTOCOLS[protocol];
  switch (kindBehind(resource, estate)) {
    case "application":
      return TARGET_PROTOCOLS["HTTP"];
    case "gateway":
      return ["GENEVE"];
    default:
      return undefined;
  }
}
