import type { Construct } from "constructs";
import { SecurityGroupLike } from "./security-group-like";

export interface ExistingSecurityGroupProps {
  /** `sg-0123456789abcdef0`, or a reference. Changing it replaces the rules that were made here. */
  readonly securityGroupId: string;
  /**
   * Whether everything may go out of it already. With `none`, `allow` and `allowTo` add the rule on this side too.
   * @default "all": groups that were not made with Andamio have such a rule, unless somebody took it away
   */
  readonly egress?: "all" | "none";
}

/** A security group that was made elsewhere: rules are added to it, nothing of its own is touched. */
class ExistingSecurityGroup extends SecurityGroupLike {
  readonly id: string;
  readonly egress: "all" | "none";

  constructor(scope: Construct, id: string, props: ExistingSecurityGroupProps) {
    super(scope, id);
    this.id = props.securityGroupId;
    this.egress = props.egress ?? "all";
  }
}

/**
 * A security group that exists already, to connect things with: by hand, by another team, by AWS. Whoever made it must keep its rules as
 * resources of their own too (`aws_vpc_security_group_*_rule`): one with rules written inline takes away what is added here.
 *
 * @param id names it in the addresses of its rules
 * @example
 * const bastion = existingSecurityGroup(this, "bastion", { securityGroupId: "sg-0123456789abcdef0" });
 * app.allowFrom(bastion, "ssh");
 */
export function existingSecurityGroup(
  scope: Construct,
  id: string,
  props: ExistingSecurityGroupProps,
): SecurityGroupLike {
  return new ExistingSecurityGroup(scope, id, props);
}
