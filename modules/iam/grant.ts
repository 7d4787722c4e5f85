import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { laterOf, pathBelowStack, sameStack, stableHash } from "../core";
import { policyDocument, type Grantee, type PolicyStatement } from "./role";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const LONGEST_NAME = 128;

/**
 * Lets whatever has a role do something with `target`, in whatever stacks the two are: the policy is made in the later one. Granting twice is
 * granting once.
 * @param verb what is granted, and the beginning of the grant's address: `read`
 */
export function grant(grantee: Grantee, target: Construct, verb: string, statement: PolicyStatement): void {
  const { role } = grantee;
  const scope = laterOf(target, role);
  const id = `${verb}_${seenFrom(scope, scope === role ? target : role)}`;
  if (scope.node.tryFindChild(id)) return;
  new IamRolePolicy(scope, id, {
    // What the role is told twice under one name it forgets once: the name says whose it is, wherever it is made.
    name: policyName(`${verb}_${seenFrom(role, target)}`),
    role: role.name,
    policy: policyDocument(statement),
  });
}

/** A construct as part of an address: `orders`, or `data_orders` seen from another stack. */
function seenFrom(from: Construct, other: Construct): string {
  const stack = other.node.scopes[1]?.node.id ?? "";
  const path = pathBelowStack(other);
  return (sameStack(from, other) ? path : [stack.slice(stack.indexOf("-") + 1), ...path]).join("_");
}

function policyName(name: string): string {
  const clean = name.replace(/[^\w+=,.@-]+/g, "_");
  return clean.length <= LONGEST_NAME ? clean : `${clean.slice(0, LONGEST_NAME - 7)}-${stableHash(name)}`;
}
