import { Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { laterOf } from "../core";
import type { Connectable, Peer, Port, SecurityGroupLike } from "../ec2";
import { constructId, isConnectable } from "../ec2/peer";
import { portId } from "../ec2/ports";
import { overlaps } from "../vpc";
import type { LoadBalancerTarget, TargetGroupAttachment } from "./target";

/** A target that knows which type of group it joins: tasks are reached by address, a load balancer as a whole. */
export interface TypedTarget extends LoadBalancerTarget {
  /** @default "instance" */
  readonly targetType?: TargetGroupAttachment["targetType"];
}

/** An EC2 instance, known by its shape: `Instance` of modules/ec2 is one. */
export interface InstanceTarget extends IConstruct, Connectable {
  readonly id: string;
  readonly privateIp: string;
}

/** An instance at a port of its own, other than its group's: one machine can be in a group several times. */
export interface InstanceAtPort {
  readonly instance: InstanceTarget;
  readonly port: number;
}

/** Addresses by a name of your own: private IPv4 of the VPC, of a peered one, or on premises. */
export interface AddressTargets {
  readonly addresses: Readonly<Record<string, string>>;
}

/** A Lambda function; the load balancer gets the permission to call it. */
export interface LambdaTarget {
  readonly lambda: { readonly arn: string };
}

/** What can be in a target group. */
export type Target = TypedTarget | InstanceTarget | InstanceAtPort | AddressTargets | LambdaTarget;

/** The type of group that a target joins. */
export function targetTypeOf(target: Target): TargetGroupAttachment["targetType"] {
  if ("attachToTargetGroup" in target) return target.targetType ?? "instance";
  if ("addresses" in target) return "ip";
  return "lambda" in target ? "lambda" : "instance";
}

/** The port that a target listens on, when it knows. */
export function targetPortOf(target: Target): number | undefined {
  return "attachToTargetGroup" in target ? target.targetPort : undefined;
}

/** Puts a target into a group, in the later of their two stacks. */
export function attachTarget(group: TargetGroupAttachment, target: Target, vpcCidr: string): void {
  if ("attachToTargetGroup" in target) target.attachToTargetGroup(group);
  else if ("addresses" in target) attachAddresses(group, target, vpcCidr);
  else if ("lambda" in target) attachLambda(group, target);
  else if ("instance" in target) attachInstance(group, target.instance, target.port);
  else attachInstance(group, target);
}

/**
 * Lets a load balancer reach a target, on both sides: its own group lets nothing out by itself.
 * @param origins where its traffic comes from: itself, or addresses where it has no group
 */
export function openTarget(
  origins: readonly Peer[],
  group: TargetGroupAttachment,
  target: Target,
  portOf: (port: number) => readonly Port[],
): void {
  const { port } = group;
  if (port === undefined || "lambda" in target) return;
  for (const origin of origins) {
    if ("addresses" in target) {
      if (isConnectable(origin)) openAddresses(origin.securityGroup, group, target, portOf(port));
      continue;
    }
    const [server, serverPort] = "instance" in target ? [target.instance, target.port] : [target, port];
    for (const each of portOf(serverPort)) server.securityGroup.allowFrom(origin, each);
  }
}

function attachInstance(group: TargetGroupAttachment, instance: InstanceTarget, port?: number): void {
  const later = laterOf(instance, group.scope);
  const name = later === instance ? `in_${constructId(instance, group.scope)}` : constructId(group.scope, instance);
  const id = port === undefined ? name : `${name}_${port}`;
  if (later.node.tryFindChild(id)) return;
  // `later` is one of two constructs; the types say less of an instance than it is.
  createAttachment(later as Construct, id, group, { targetId: instance.id, port });
}

function attachAddresses(group: TargetGroupAttachment, { addresses }: AddressTargets, vpcCidr: string): void {
  for (const [name, address] of Object.entries(addresses)) {
    // AWS finds the zone of an address in the VPC by itself, and wants to be told of one that is not in it.
    const availabilityZone = isOutside(address, vpcCidr) ? "all" : undefined;
    createAttachment(group.scope, name, group, { targetId: address, availabilityZone });
  }
}

function attachLambda(group: TargetGroupAttachment, { lambda }: LambdaTarget): void {
  const permission = new LambdaPermission(group.scope, "permission", {
    action: "lambda:InvokeFunction",
    functionName: lambda.arn,
    principal: "elasticloadbalancing.amazonaws.com",
    sourceArn: group.arn,
  });
  createAttachment(group.scope, "function", group, { targetId: lambda.arn, dependsOn: [permission] });
}

function createAttachment(
  scope: Construct,
  id: string,
  group: TargetGroupAttachment,
  target: { targetId: string; port?: number; availabilityZone?: string; dependsOn?: LambdaPermission[] },
): void {
  new LbTargetGroupAttachment(scope, id, {
    targetGroupArn: group.arn,
    ...target,
    // A group that is replaced has its targets before the listener turns to it.
    lifecycle: { createBeforeDestroy: true },
  });
}

function openAddresses(
  client: SecurityGroupLike,
  group: TargetGroupAttachment,
  { addresses }: AddressTargets,
  ports: readonly Port[],
): void {
  const scope = laterOf<Construct, Construct>(client, group.scope);
  for (const [name, address] of Object.entries(addresses)) {
    const id = `to_${constructId(scope, group.scope)}_${name}`;
    const peer = { cidr: `${address}/32` };
    for (const port of ports) client.addEgressRule(scope, `${id}_${portId(port)}`, peer, port);
  }
}

function isOutside(address: string, vpcCidr: string): boolean {
  if (Token.isUnresolved(address) || Token.isUnresolved(vpcCidr)) return false;
  return !overlaps(`${address}/32`, vpcCidr);
}
