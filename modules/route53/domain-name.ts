import { Token } from "cdktf";
import type { Construct } from "constructs";
import { Problems, shown } from "../core";

/**
 * Refuses a zone's domain name that records cannot be put below: their names and addresses are made with it.
 * @param noun what the message calls the construct
 * @param further what else is wrong, one text each
 */
export function checkDomainName(
  construct: Construct,
  noun: string,
  domainName: string,
  further: readonly string[] = [],
): void {
  const problems = new Problems(construct, noun);
  if (Token.isUnresolved(domainName)) problems.add("domainName must be known when the program runs: write it out");
  else
    problems.require(
      /^[^.\s]+(\.[^.\s]+)*$/.test(domainName),
      `domainName must be labels with dots between them and no dot at its end, got ${shown(domainName)}`,
    );
  for (const problem of further) problems.add(problem);
  problems.throwIfAny();
}
