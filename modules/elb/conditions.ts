import type { LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";

/**
 * What a request must be like for a rule. All kinds that are given must match; of the values of one kind, one must. A rule takes at most
 * five values and six wildcards altogether. `*` stands for any characters, `?` for exactly one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export interface RuleConditions {
  /**
   * Host names, `api.example.com` or `*.example.com`, at most 128 characters; upper and lower case are the same.
   * @default any host
   */
  readonly hosts?: readonly string[];
  /**
   * Paths without the query, `/api/*`, at most 128 characters; upper and lower case differ.
   * @default any path
   */
  readonly paths?: readonly string[];
  /**
   * Values by the name of the HTTP header, `{ "x-version": ["beta*"] }`. Every header that is named must match.
   * @default any headers
   */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /**
   * HTTP methods, upper case: `POST`.
   * @default any method
   */
  readonly methods?: readonly string[];
  /**
   * Pairs of the query string, of which one must be there. Without `key` the value may belong to any.
   * @default any query
   */
  readonly queryStrings?: readonly QueryString[];
  /**
   * Addresses of clients as CIDR blocks, IPv4 or IPv6: those that the load balancer sees, not those in `X-Forwarded-For`.
   * @default any client
   */
  readonly sourceIps?: readonly string[];
}

/** One pair of a query string, `?version=2`. */
export interface QueryString {
  /** @default any key */
  readonly key?: string;
  readonly value: string;
}

/** The conditions alone, out of options that hold more. */
export function conditionsOf(options: RuleConditions): RuleConditions {
  const { hosts, paths, headers, methods, queryStrings, sourceIps } = options;
  return { hosts, paths, headers, methods, queryStrings, sourceIps };
}

/** One block for each kind, and one for each header: values of one block are alternatives, blocks are not. */
export function conditionBlocks(conditions: RuleConditions): LbListenerRuleCondition[] {
  const { hosts, paths, headers, methods, queryStrings, sourceIps } = conditions;
  return [
    ...(hosts?.length ? [{ hostHeader: { values: [...hosts] } }] : []),
    ...(paths?.length ? [{ pathPattern: { values: [...paths] } }] : []),
    ...Object.entries(headers ?? {}).map(([httpHeaderName, values]) => ({
      httpHeader: { httpHeaderName, values: [...values] },
    })),
    ...(methods?.length ? [{ httpRequestMethod: { values: [...methods] } }] : []),
    ...(queryStrings?.length ? [{ queryString: queryStrings.map(({ key, value }) => ({ key, value })) }] : []),
    ...(sourceIps?.length ? [{ sourceIp: { values: [...sourceIps] } }] : []),
  ];
}

/** True when every request that matches `narrow` matches `wide` too. It may miss a case, and never finds one that is none. */
export function covers(wide: RuleConditions, narrow: RuleConditions): boolean {
  const lowerCase = (values?: readonly string[]): string[] | undefined => values?.map((value) => value.toLowerCase());
  return (
    everyCovered(lowerCase(wide.hosts), lowerCase(narrow.hosts)) &&
    everyCovered(wide.paths, narrow.paths) &&
    Object.entries(wide.headers ?? {}).every(([name, values]) =>
      everyCovered(lowerCase(values), lowerCase(headerValues(narrow, name)) ?? []),
    ) &&
    everyCovered(wide.methods, narrow.methods) &&
    everyCovered(queryPatterns(wide), queryPatterns(narrow)) &&
    everyCovered(wide.sourceIps, narrow.sourceIps)
  );
}

function headerValues({ headers }: RuleConditions, name: string): readonly string[] | undefined {
  return Object.entries(headers ?? {}).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}

function queryPatterns({ queryStrings }: RuleConditions): string[] | undefined {
  return queryStrings?.map(({ key, value }) => `${key ?? "*"}=${value}`.toLowerCase());
}

function everyCovered(wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean {
  if (!wide?.length) return true;
  if (!narrow?.length) return false;
  return narrow.every((pattern) => wide.some((other) => coversPattern(other, pattern)));
}

/** True when `wide`, read as a pattern, takes all that `narrow` takes: a wildcard of `narrow` is taken by one of `wide` only. */
function coversPattern(wide: string, narrow: string): boolean {
  // taken[i]: what was read of `wide` so far takes the first i characters of `narrow`.
  let taken = [true, ...[...narrow].map(() => false)];
  for (const letter of wide) {
    let before = false;
    taken = taken.map((now, index) => {
      const previous = index > 0 && (taken[index - 1] ?? false);
      before = letter === "*" ? now || before : previous && takesLetter(letter, narrow[index - 1]);
      return before;
    });
  }
  return taken[narrow.length] ?? false;
}

function takesLetter(pattern: string, letter: string | undefined): boolean {
  return pattern === "?" ? letter !== "*" : pattern === letter;
}
