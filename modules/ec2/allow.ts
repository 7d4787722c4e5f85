import { TerraformStack } from "cdktf";
import { peerId, type Connectable } from "./peer";
import { portId, type Port } from "./ports";
import type { SecurityGroup } from "./security-group";

/**
 * Lets `client` reach `server` at `port`, in whatever stacks the two are. The rule on the server's group, and the one on the client's where not
 * everything may go out, are made in the later of the two stacks: references go to earlier stacks only, so no order of calls can form a
 * circle. Asking twice is asking once.
 */
export function allow(client: Connectable, server: Connectable, port: Port): void {
  const from = client.securityGroup;
  const to = server.securityGroup;
  const clientIsLater = stackPosition(from) > stackPosition(to);
  const [scope, name] = clientIsLater ? [from, `to_${peerId(from, to)}`] : [to, `from_${peerId(to, from)}`];
  to.addIngressRule(scope, `${name}_${portId(port)}`, from, port);
  from.addEgressRule(scope, `${name}_${portId(port)}_egress`, to, port);
}

/** Where the group's stack stands among those of its app: stacks are applied in this order. */
function stackPosition(group: SecurityGroup): number {
  const stack = TerraformStack.of(group);
  return stack.node.scope?.node.children.indexOf(stack) ?? 0;
}
