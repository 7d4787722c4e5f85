import { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { awsName, contextOf } from "../core";

export interface RoleProps {
  /** The AWS service that assumes the role: `ec2.amazonaws.com`. */
  readonly service: string;
  /**
   * What the role is for, at most 1,000 characters.
   * @default none
   */
  readonly description?: string;
  /**
   * AWS's own policies to attach, by name: `AmazonSSMManagedInstanceCore`, with their path if they have one.
   * @default none
   */
  readonly managedPolicies?: readonly string[];
}

/** One thing that a role may do. */
export interface PolicyStatement {
  /** `s3:GetObject` */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
}

/** A policy with one statement, as JSON. */
export function policyDocument({ actions, resources }: PolicyStatement): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: resources }],
  });
}

/** Whatever acts under a role: grants are given to it. */
export interface Grantee {
  readonly role: Role;
}

/**
 * An IAM role that one AWS service assumes. It may do nothing until it is granted something.
 *
 * Replaced by: nothing that can be said here. Costs: nothing.
 */
export class Role extends Construct implements Grantee {
  readonly arn: string;
  readonly name: string;
  /** Itself: a role is whatever acts under a role. */
  readonly role: Role = this;
  readonly resource: IamRole;

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    this.resource = new IamRole(this, "Resource", {
      name: awsName(this, "iamName"),
      description: props.description,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: props.service }, Action: "sts:AssumeRole" }],
      }),
    });
    this.arn = this.resource.arn;
    this.name = this.resource.name;
    for (const policy of props.managedPolicies ?? []) this.attachManagedPolicy(policy);
  }

  /**
   * Attaches one of AWS's own policies. Doing it twice is doing it once.
   * @param name e.g. `AmazonSSMManagedInstanceCore`
   */
  attachManagedPolicy(name: string): void {
    const id = name.slice(name.lastIndexOf("/") + 1);
    if (this.node.tryFindChild(id)) return;
    const { partition } = contextOf(this);
    new IamRolePolicyAttachment(this, id, { role: this.name, policyArn: `arn:${partition}:iam::aws:policy/${name}` });
  }

  /**
   * Lets the role do something, as an inline policy of its own: granting more touches none of the others.
   * @param id names the grant, and becomes part of its address
   */
  grant(id: string, statement: PolicyStatement): void {
    new IamRolePolicy(this, id, { name: id, role: this.name, policy: policyDocument(statement) });
  }
}
