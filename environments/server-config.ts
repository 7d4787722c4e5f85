import type { InstanceProps, Port } from "../modules/ec2";

/** What an environment says as data; what is made of other constructs (groups, roles, hosts) is wired in a stack. */
type InstanceData = Pick<
  InstanceProps,
  | "instanceType"
  | "subnets"
  | "availabilityZone"
  | "publicIp"
  | "privateIp"
  | "image"
  | "ignoreImageChanges"
  | "rootVolume"
  | "dataVolumes"
  | "purchasing"
  | "cpuCredits"
  | "state"
  | "shutdownBehavior"
  | "hibernation"
  | "detailedMonitoring"
  | "terminationProtection"
>;

export interface ServerConfig extends InstanceData {
  /**
   * A fixed public address. The server must be in a public subnet.
   * @default false
   */
  readonly elasticIp?: boolean;
  /**
   * Public half of an SSH key.
   * @default none: Session Manager is the way in
   */
  readonly publicKey?: string;
  /**
   * Who may reach it, by a name of your own.
   * @default nobody
   */
  readonly ingress?: Readonly<Record<string, IngressConfig>>;
  /**
   * Script that runs as root at the first start.
   * @default none
   */
  readonly userData?: string;
}

export interface IngressConfig {
  /** IPv4 or IPv6 block: `203.0.113.0/24`. */
  readonly cidr: string;
  /** Port, or a service by name: `https`. */
  readonly port: Port;
}
