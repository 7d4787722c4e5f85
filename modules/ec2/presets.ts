import { ANYWHERE, type CidrPeer, type Connectable, type Peer, type PrefixListPeer } from "./peer";

/**
 * Opens a web server: HTTP (80) and HTTPS (443).
 * @param clients who may come; `[ANYWHERE, ANYWHERE_IPV6]` in a VPC with IPv6 @default everybody, over IPv4
 */
export function allowWeb(server: Connectable, clients: readonly Peer[] = [ANYWHERE]): void {
  for (const client of clients) {
    server.securityGroup.allowFrom(client, "http");
    server.securityGroup.allowFrom(client, "https");
  }
}

/**
 * Opens SSH (22) to a few addresses. There is no default: a rule refuses SSH that is open to the world. Session Manager needs no open port
 * at all; the browser's EC2 Instance Connect needs this one, from AWS's list: `awsPrefixList(this, "ec2-instance-connect")`.
 *
 * @param admins your own addresses, `[{ cidr: "203.0.113.7/32" }]`, or a prefix list
 */
export function allowSsh(server: Connectable, admins: readonly (CidrPeer | PrefixListPeer)[]): void {
  for (const admin of admins) server.securityGroup.allowFrom(admin, "ssh");
}
