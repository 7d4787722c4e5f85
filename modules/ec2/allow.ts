import { isLater } from "../core";
import { peerId, type Connectable } from "./peer";
import { portId, type Port } from "./ports";
import type { RuleOptions } from "./security-group-like";

/**
 * Lets `client` reach `server` at `port`, in whatever stacks the two are. The rule on the server's group, and the one on the client's where not
 * everything may go out, are made in the later of the two stacks: references go to earlier stacks only, so no order of calls can form a
 * circle. Asking twice is asking once; the first description holds.
 */
export function allow(client: Connectable, server: Connectable, port: Port, options: RuleOptions = {}): void {
  const from = client.securityGroup;
  const to = server.securityGroup;
  const [scope, name] = isLater(from, to) ? [from, `to_${peerId(from, to)}`] : [to, `from_${peerId(to, from)}`];
  to.addIngressRule(scope, `${name}_${portId(port)}`, from, port, options);
  from.addEgressRule(scope, `${name}_${portId(port)}_egress`, to, port, options);
}
