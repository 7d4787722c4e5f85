import { Construct } from "constructs";
import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { awsName, Problems, shown, stableHash } from "../core";
import { allow } from "./allow";
import { ANYWHERE, isConnectable, peerArguments, peerId, peerText, type Connectable, type Peer } from "./peer";
import { portArguments, portId, portText, type Port } from "./ports";

/** What a group lets out: everything, nothing, or what is listed. */
export type Egress = "all" | "none" | readonly { readonly to: Peer; readonly port: Port }[];

export interface SecurityGroupProps {
  /** VPC that the group belongs to. Changing it replaces the group. */
  readonly vpc: { readonly id: string };
  /**
   * What the group is for, at most 255 of the characters `a-z A-Z 0-9 space ._-:/()#,@[]+=&;{}!$*`. Changing it replaces the group.
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
   * @default "<project>-<environment>-<path>"
   */
  readonly description?: string;
  /**
   * What it lets out. With anything but `all`, `allow` adds the rule on this side too.
   * @default "all", as AWS does
   */
  readonly egress?: Egress;
}

/**
 * A security group that lets nothing in until it is told to. Each rule is a resource of its own, keyed by its other end and its port:
 * adding or dropping one touches no other.
 *
 * Replaced by: a change of `vpc` or `description`; the new group is made before the old one goes. Costs: nothing.
 *
 * @example
 * const web = new SecurityGroup(this, "web", { vpc });
 * web.allowFrom({ cidr: "203.0.113.0/24" }, "https");
 */
export class SecurityGroup extends Construct implements Connectable {
  readonly id: string;
  readonly arn: string;
  readonly egress: Egress;
  /** Itself: a group is whatever has a group. */
  readonly securityGroup: SecurityGroup = this;
  readonly resource: AwsSecurityGroup;

  /** @throws InvalidConstructError when the description has characters that AWS does not take */
  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const description = props.description ?? awsName(this, "securityGroup");
    checkDescription(this, description);
    this.egress = props.egress ?? "all";
    this.resource = new AwsSecurityGroup(this, "Resource", {
      // What replaces the group is in its name: the old and the new one live side by side for a while.
      name: awsName(this, "securityGroup", stableHash(description)),
      description,
      vpcId: props.vpc.id,
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.createEgressRules();
  }

  /**
   * Lets `client` reach this group at `port`. Asking twice is asking once.
   * @param client whatever has a security group, in whatever stack; or addresses, or a prefix list
   */
  allowFrom(client: Peer, port: Port): void {
    if (isConnectable(client)) allow(client, this, port);
    else this.addIngressRule(this, `from_${peerId(this, client)}_${portId(port)}`, client, port);
  }

  /** Lets this group reach `server` at `port`: the same as `server.allowFrom(this, port)`. */
  allowTo(server: Connectable, port: Port): void {
    allow(this, server, port);
  }

  /** Used by `allow`, which decides in which stack the rule is made. */
  addIngressRule(scope: Construct, id: string, peer: Peer, port: Port): void {
    if (scope.node.tryFindChild(id)) return;
    new VpcSecurityGroupIngressRule(scope, id, {
      securityGroupId: this.id,
      description: `${portText(port)} from ${peerText(peer)}`,
      ...portArguments(port),
      ...peerArguments(peer),
    });
  }

  /** Used by `allow`. Where everything may go out, there is nothing to add. */
  addEgressRule(scope: Construct, id: string, peer: Peer, port: Port): void {
    if (this.egress === "all" || scope.node.tryFindChild(id)) return;
    this.createEgressRule(scope, id, peer, port);
  }

  private createEgressRules(): void {
    if (this.egress === "all") {
      this.createEgressRule(this, "egress_all", ANYWHERE, { protocol: "all" });
    } else if (this.egress !== "none") {
      for (const { to, port } of this.egress)
        this.addEgressRule(this, `to_${peerId(this, to)}_${portId(port)}`, to, port);
    }
  }

  private createEgressRule(scope: Construct, id: string, peer: Peer, port: Port): void {
    new VpcSecurityGroupEgressRule(scope, id, {
      securityGroupId: this.id,
      description: `${portText(port)} to ${peerText(peer)}`,
      ...portArguments(port),
      ...peerArguments(peer),
    });
  }
}

const DESCRIPTION = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

function checkDescription(group: Construct, description: string): void {
  const problems = new Problems(group, "SecurityGroup");
  problems.require(
    DESCRIPTION.test(description),
    `description must be 1 to 255 of a-z A-Z 0-9 space ._-:/()#,@[]+=&;{}!$* (no accents), got ${shown(description)}`,
  );
  problems.throwIfAny();
}
