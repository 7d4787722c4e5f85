import type { Construct } from "constructs";
import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { awsName, Problems, shown, stableHash } from "../core";
import { ANYWHERE, ANYWHERE_IPV6, peerId } from "./peer";
import { portId } from "./ports";
import { SecurityGroupLike, type Egress } from "./security-group-like";

export interface SecurityGroupProps {
  /**
   * VPC that the group belongs to. Changing it replaces the group. Where it has IPv6 (`ipv6Cidr`), `egress: "all"` is true of IPv6 too.
   */
  readonly vpc: { readonly id: string; readonly ipv6Cidr?: string };
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
 * web.allowFrom({ cidr: "203.0.113.0/24" }, "https", { description: "office" });
 */
export class SecurityGroup extends SecurityGroupLike {
  readonly id: string;
  readonly arn: string;
  readonly egress: Egress;
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
    this.createEgressRules(props.vpc.ipv6Cidr !== undefined);
  }

  private createEgressRules(ipv6: boolean): void {
    if (this.egress === "all") {
      const port = { protocol: "all" } as const;
      this.createEgressRule(this, "egress_all", ANYWHERE, port);
      if (ipv6) this.createEgressRule(this, "egress_all_ipv6", ANYWHERE_IPV6, port);
    } else if (this.egress !== "none") {
      for (const { to, port } of this.egress)
        this.addEgressRule(this, `to_${peerId(this, to)}_${portId(port)}`, to, port);
    }
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
