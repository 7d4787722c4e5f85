import { UnknownValueError, type Block } from "../values/block";
import type { Estate } from "../estate";
import { range } from "../kinds";
import { LISTENER_RULES } from "./types";
import { writtenKey } from "../place";
import { isExpression } from "../values/references";
import type { Resource } from "../resource";
import { known } from "../values/certain";
import { each, fault, rule } from "../rule";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const CREATE = `${API}/API_CreateRule.html`;
const HOST = `${API}/API_HostHeaderConditionConfig.html`;
const LIMITS = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";

const MOST_VALUES = 5;
const MOST_WILDCARDS = 6;

/** Kinds of conditions with a list of values. */
const CONDITIONS = ["host_header", "http_header", "http_request_method", "path_pattern", "source_ip"];
const HOST_NAME = /^[A-Za-z0-9.*?-]*\.[A-Za-z]+$/;

export const listenerRuleRules = [
  range({
    id: "listener-rule-priority-range",
    types: LISTENER_RULES,
    argument: "priority",
    what: "the priority of a rule",
    min: 1,
    max: 50_000,
    source: CREATE,
  }),

  rule({
    id: "listener-rule-priority-unique",
    types: LISTENER_RULES,
    title: "The rules of a listener have different priorities",
    why: "AWS refuses the second at apply.",
    fix: "Take a priority that is free.",
    source: CREATE,
    severity: "error",
    check: (rule, estate) => {
      const { body } = rule;
      const priority = body.number("priority");
      // Without one the provider takes the next that is free.
      if (priority === undefined) return undefined;
      if (rule.copies === undefined) throw new UnknownValueError("count");
      if (rule.copies > 1) return fault(body, "priority", `all ${rule.copies} copies have this priority`);
      const key = `${listenerKey(rule, estate)} ${priority}`;
      const first = prioritiesOf(estate).get(key);
      if (!first || first === rule) {
        // The same listener may be named in another way elsewhere.
        if (!estate.target(rule.stack, body.raw("listener_arn"))) body.string("listener_arn");
        return undefined;
      }
      const where = first.stack.id === rule.stack.id ? first.address : `${first.address} of ${first.stack.id}`;
      return fault(body, "priority", `${where} has this priority already`);
    },
  }),

  rule({
    id: "listener-rule-values",
    types: LISTENER_RULES,
    title: `The conditions of a rule have at most ${MOST_VALUES} values together`,
    why: "AWS refuses more, and does not raise it.",
    fix: "Make two rules of it, or sum values up with a wildcard.",
    source: LIMITS,
    severity: "error",
    check: ({ body }) => {
      const values = valuesOf(body);
      const last = values[MOST_VALUES];
      if (last) {
        const [block, name] = last;
        return fault(block, name, `a rule has at most ${MOST_VALUES} values, this one ${values.length}`);
      }
      // A list that is a reference may hold any number.
      for (const [block, name] of values) if (name === "values") block.string(name);
      return undefined;
    },
  }),

  rule({
    id: "listener-rule-wildcards",
    types: LISTENER_RULES,
    title: `The conditions of a rule have at most ${MOST_WILDCARDS} wildcards together`,
    why: "AWS refuses more, and does not raise it.",
    fix: "Make two rules of it.",
    source: LIMITS,
    severity: "error",
    check: ({ body }) => {
      let count = 0;
      const values = valuesOf(body);
      for (const [block, name] of values) {
        // In a regular expression they are something else.
        if (!block.path.includes("regex")) count += wildcards(known(() => block.string(name)) ?? "");
        const message = `a rule has at most ${MOST_WILDCARDS} wildcards (* and ?)`;
        if (count > MOST_WILDCARDS) return fault(block, name, message);
      }
      for (const [block, name] of values) block.string(name);
      return undefined;
    },
  }),

  rule({
    id: "listener-rule-host",
    types: LISTENER_RULES,
    title: "A host of a rule has a dot, letters only behind the last one, and at most 128 characters",
    why: "AWS refuses it at apply: ports and addresses are no hosts, and wildcards stand before the last dot.",
    fix: 'Write a name as clients ask for it: "www.example.com", "*.example.com".',
    source: HOST,
    severity: "error",
    check: ({ body }) =>
      each(
        conditionsOf(body, "host_header").flatMap((host) => host.list("values")),
        ([list, index]) => {
          const host = list.string(index);
          if (host === undefined || (HOST_NAME.test(host) && host.length <= 128)) return undefined;
          const message =
            host.length > 128
              ? `a host has at most 128 characters, this one ${host.length}`
              : "a host has a dot, and letters only behind the last one";
          return fault(list, index, message);
        },
      ),
  }),
] as const;

function conditionsOf(body: Block, kind: string): Block[] {
  return body.blocks("condition").flatMap((condition) => condition.blocks(kind));
}

/** Every value of a rule's conditions. */
function valuesOf(body: Block): (readonly [Block, string])[] {
  return body
    .blocks("condition")
    .flatMap((condition) => [
      ...CONDITIONS.flatMap((kind) => condition.blocks(kind)).flatMap((block) => [
        ...block.list("values"),
        ...block.list("regex_values"),
      ]),
      ...condition.blocks("query_string").map((block) => [block, "value"] as const),
    ]);
}

/** The wildcards of a value; with a backslash before it, it is none. */
function wildcards(value: string): number {
  return value.replace(/\\[*?]/g, "").replace(/[^*?]/g, "").length;
}

/**
 * What tells listeners apart: one of the estate by its stack and address, another by its ARN or by the expression for it.
 * @throws UnknownValueError when that differs from copy to copy
 */
function listenerKey(rule: Resource, estate: Estate): string {
  const arn = rule.body.raw("listener_arn");
  const listener = estate.target(rule.stack, arn);
  // Which one of several, only the reference tells.
  if (listener) return `${listener.stack.id} ${listener.address} ${listener.copies === 1 ? "" : String(arn)}`;
  if (!isExpression(arn)) return rule.body.string("listener_arn") ?? "";
  if (rule.copies !== 1) throw new UnknownValueError("listener_arn");
  return writtenKey(rule, rule.body, "listener_arn");
}

/** The first rule of each priority of each listener. */
function prioritiesOf(estate: Estate): ReadonlyMap<string, Resource> {
  const present = firsts.get(estate);
  if (present) return present;
  const first = new Map<string, Resource>();
  for (const rule of estate.ofType(...LISTENER_RULES)) {
    const key = known(() => `${listenerKey(rule, estate)} ${rule.body.number("priority")}`);
    if (key !== undefined && !first.has(key)) first.set(key, rule);
  }
  firsts.set(estate, first);
  return first;
}

const firsts = new WeakMap<Estate, ReadonlyMap<string, Resource>>();
