import { UnknownValueError, type Block } from "../values/block";
import { INSTANCES } from "./machines";
import type { Estate } from "../estate";
import { oneOf } from "../kinds";
import { TARGETS } from "../elb/types";
import { quota } from "../quotas";
import type { Resource } from "../resource";
import { hasInternetRoute } from "../vpc/routes";
import { fault, rule } from "../rule";

const ALLOCATE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html";
const INTERNET = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html";
const ELASTIC_IPS = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html";

const TYPES = ["aws_eip", "aws_eip_association"];

export const elasticIpRules = [
  quota({
    id: "elastic-ip-quota",
    quota: "elasticIps",
    types: ["aws_eip"],
    // Addresses that somebody brought along do not count.
    when: ({ body }) => ["", "amazon"].includes(body.string("public_ipv4_pool") ?? ""),
    argument: "domain",
    fewer: "Use fewer: one NAT gateway, a load balancer",
  }),

  oneOf({
    id: "elastic-ip-domain",
    types: ["aws_eip"],
    argument: "domain",
    what: "the domain of an Elastic IP",
    values: ["vpc"],
    source: ALLOCATE,
  }),

  rule({
    id: "elastic-ip-internet-route",
    types: TYPES,
    title: "An instance with an Elastic IP is in a subnet with a route to an internet gateway",
    why: "Without the route the address is paid for and nobody can reach it.",
    fix: "Put the instance into a public subnet, or drop the Elastic IP and reach it through a load balancer or Session Manager.",
    source: INTERNET,
    severity: "error",
    check: (address, estate) => {
      const association = associationOf(address, estate);
      const subnet = association && subnetOf(association.target, estate);
      if (!subnet || hasInternetRoute(subnet, estate)) return undefined;
      const { block, name, target } = association;
      return fault(block, name, `${subnet.address}, where ${target.address} is, has no route to an internet gateway`);
    },
  }),

  rule({
    id: "elastic-ip-load-balancer",
    types: TYPES,
    title: "An instance behind a load balancer has no Elastic IP",
    why: "Its clients come through the load balancer: an address of its own is a way around it, and is paid for.",
    fix: "Drop the Elastic IP, and point names at the load balancer.",
    source: ELASTIC_IPS,
    severity: "warning",
    check: (address, estate) => {
      const association = associationOf(address, estate);
      if (!association || !INSTANCES.includes(association.target.type)) return undefined;
      const [balanced] = [
        ...TARGETS.flatMap((type) => estate.attached(association.target, type, "target_id")),
        ...estate.attached(association.target, "aws_elb_attachment", "instance"),
        ...estate.attached(association.target, "aws_elb", "instances"),
      ];
      if (!balanced) return undefined;
      const { block, name, target } = association;
      return fault(block, name, `${target.address} is behind a load balancer (${balanced.address})`);
    },
  }),

  rule({
    id: "elastic-ip-several",
    types: TYPES,
    title: "In production, instances that are alike have a load balancer and not an Elastic IP each",
    why: "Clients must know each address by itself, and go on to call one whose instance has failed.",
    fix: "Put them behind a load balancer, or acknowledge that clients choose among them (mail, name servers, VPN).",
    source: ELASTIC_IPS,
    severity: { sandbox: "off", development: "off", staging: "off", production: "low" },
    check: (address, estate) => {
      const association = associationOf(address, estate);
      if (!association || !INSTANCES.includes(association.target.type)) return undefined;
      const { block, name, target } = association;
      const groups = estate.followAll(target, target.body, "vpc_security_group_ids", "aws_security_group");
      // Whether it is production, only an environment tells.
      if (address.stack.environment === undefined) throw new UnknownValueError("provider");
      const alike = new Set(
        groups.flatMap((group) => estate.attached(group, "aws_instance", "vpc_security_group_ids")),
      );
      const [first] = [...alike].filter((instance) => hasElasticIp(instance, estate));
      if (!first || first === target) return undefined;
      return fault(block, name, `${first.address}, of the same security group, has an Elastic IP too`);
    },
  }),
] as const;

/** Whether an Elastic IP is associated with an instance. */
export function hasElasticIp(instance: Resource, estate: Estate): boolean {
  const found = [
    ...estate.attached(instance, "aws_eip", "instance"),
    ...estate.attached(instance, "aws_eip_association", "instance_id"),
  ];
  return found.length > 0;
}

interface Association {
  readonly block: Block;
  readonly name: string;
  /** An instance or a network interface. */
  readonly target: Resource;
}

/** What an Elastic IP, or its association, names. @throws UnknownValueError */
function associationOf(address: Resource, estate: Estate): Association | undefined {
  const { body: block, type } = address;
  const names = type === "aws_eip" ? ["instance", "network_interface"] : ["instance_id", "network_interface_id"];
  for (const name of names) {
    const target = estate.follow(address, block, name, ...INSTANCES, "aws_network_interface");
    if (target) return { block, name, target };
  }
  return undefined;
}

/** The subnet of an instance, by itself or by its network interface. @throws UnknownValueError */
function subnetOf(target: Resource, estate: Estate): Resource | undefined {
  const subnet = estate.follow(target, target.body, "subnet_id", "aws_subnet");
  if (subnet || target.type === "aws_network_interface") return subnet;
  const [first] = target.body.blocks("network_interface");
  const own = first && estate.follow(target, first, "network_interface_id", "aws_network_interface");
  return own && subnetOf(own, estate);
}
