/** Ports that have a name. The name stands for the port in code and in descriptions; the rule holds the number. */
const SERVICES = {
  activemq: tcp(61617),
  "cassandra-cql": tcp(9042),
  consul: tcp(8501),
  dns: tcp(53),
  "dns-udp": udp(53),
  "docker-swarm": tcp(2377),
  elasticsearch: tcp(9200),
  etcd: tcp(2379, 2380),
  ftps: tcp(990),
  grafana: tcp(3000),
  http: tcp(80),
  "http-alt": tcp(8080),
  https: tcp(443),
  "https-alt": tcp(8443),
  imaps: tcp(993),
  ipsec: udp(500),
  "ipsec-nat-t": udp(4500),
  kafka: tcp(9092),
  "kafka-tls": tcp(9094),
  kerberos: tcp(88),
  kibana: tcp(5601),
  "kubernetes-api": tcp(6443),
  "kubernetes-kubelet": tcp(10250),
  "kubernetes-node-ports": tcp(30000, 32767),
  ldap: tcp(389),
  ldaps: tcp(636),
  logstash: tcp(5044),
  memcached: tcp(11211),
  minio: tcp(9000),
  mongodb: tcp(27017),
  mssql: tcp(1433),
  mysql: tcp(3306),
  nats: tcp(4222),
  neo4j: tcp(7687),
  nfs: tcp(2049),
  nomad: tcp(4646),
  ntp: udp(123),
  openvpn: udp(1194),
  oracle: tcp(1521),
  pop3s: tcp(995),
  postgres: tcp(5432),
  prometheus: tcp(9090),
  "prometheus-node-exporter": tcp(9100),
  puppet: tcp(8140),
  rabbitmq: tcp(5671),
  rdp: tcp(3389),
  redis: tcp(6379),
  redshift: tcp(5439),
  smb: tcp(445),
  smtps: tcp(465),
  "smtp-submission": tcp(587),
  ssh: tcp(22),
  syslog: udp(514),
  vault: tcp(8200),
  winrm: tcp(5986),
  wireguard: udp(51820),
  zipkin: tcp(9411),
  zookeeper: tcp(2181),
} as const satisfies Record<string, PortRange>;

/** A service by name: `"https"`. A typo does not compile. */
export type ServiceName = keyof typeof SERVICES;

/** Ports of a protocol, both ends included. */
export interface PortRange {
  readonly protocol: "tcp" | "udp";
  readonly from: number;
  readonly to: number;
}

/**
 * One ICMP type, of IPv4 (`icmp`) or IPv6 (`icmpv6`); -1 is every type, and every code of it.
 * https://www.iana.org/assignments/icmp-parameters
 */
export interface IcmpType {
  readonly protocol: "icmp" | "icmpv6";
  readonly type: number;
  /** @default -1: every code of the type */
  readonly code?: number;
}

/** Ports, all ports of all protocols, or an ICMP type. */
export type Traffic = PortRange | IcmpType | { readonly protocol: "all" };

/** What a rule lets through: a TCP port, a service by name, or anything else written out. */
export type Port = number | ServiceName | Traffic;

/** What a port stands for. */
export function trafficOf(port: Port): Traffic {
  if (typeof port === "number") return tcp(port);
  return typeof port === "string" ? SERVICES[port] : port;
}

/**
 * The end of a rule's address: `443`, `udp_53`, `8000_8010`, `all`, `icmp_8`. The same ports have the same one, by whatever name they were
 * asked for, because AWS refuses two rules that say the same.
 */
export function portId(port: Port): string {
  const traffic = trafficOf(port);
  if (traffic.protocol === "all") return "all";
  if (isIcmp(traffic))
    return [traffic.protocol, traffic.type, traffic.code].filter((part) => part !== undefined).join("_");
  const ports = traffic.from === traffic.to ? `${traffic.from}` : `${traffic.from}_${traffic.to}`;
  return traffic.protocol === "tcp" ? ports : `${traffic.protocol}_${ports}`;
}

/** As a description names it: `https`, `port 8080`, `udp ports 5000 to 5010`. */
export function portText(port: Port): string {
  if (typeof port === "string") return port;
  const traffic = trafficOf(port);
  if (traffic.protocol === "all") return "all traffic";
  if (isIcmp(traffic)) return traffic.type === -1 ? traffic.protocol : `${traffic.protocol} type ${traffic.type}`;
  const ports = traffic.from === traffic.to ? `port ${traffic.from}` : `ports ${traffic.from} to ${traffic.to}`;
  return traffic.protocol === "tcp" ? ports : `${traffic.protocol} ${ports}`;
}

/** The arguments of a rule resource. */
export function portArguments(port: Port): { ipProtocol: string; fromPort?: number; toPort?: number } {
  const traffic = trafficOf(port);
  if (traffic.protocol === "all") return { ipProtocol: "-1" };
  if (isIcmp(traffic)) return { ipProtocol: traffic.protocol, fromPort: traffic.type, toPort: traffic.code ?? -1 };
  return { ipProtocol: traffic.protocol, fromPort: traffic.from, toPort: traffic.to };
}

function isIcmp(traffic: Traffic): traffic is IcmpType {
  return traffic.protocol === "icmp" || traffic.protocol === "icmpv6";
}

function tcp(from: number, to: number = from): PortRange {
  return { protocol: "tcp", from, to };
}

function udp(from: number, to: number = from): PortRange {
  return { protocol: "udp", from, to };
}
