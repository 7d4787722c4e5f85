import { Construct } from "constructs";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import type { LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { CertificateLike } from "../acm";
import type { Port } from "../ec2";

/** What a Network Load Balancer speaks with clients. */
export type NetworkProtocol = "TCP" | "TLS" | "UDP" | "TCP_UDP";

/** Which of the protocols that a TLS client offers is chosen, for HTTP/2 behind a Network Load Balancer. */
export type AlpnPolicy = "HTTP1Only" | "HTTP2Only" | "HTTP2Optional" | "HTTP2Preferred" | "None";

/** What a listener is told by its Network Load Balancer. */
export interface NetworkListenerProps {
  readonly loadBalancer: { readonly arn: string };
  /** Port that clients come to, 1 to 65535. */
  readonly port: number;
  readonly protocol: NetworkProtocol;
  /** Where connections go. */
  readonly action: LbListenerRuleAction;
  /**
   * What TLS answers with when none of `certificates` fits.
   * @default none
   */
  readonly certificate?: CertificateLike;
  /**
   * Further certificates by a name of your own.
   * @default none
   */
  readonly certificates?: Readonly<Record<string, CertificateLike>>;
  /** TLS versions and ciphers, by the name of AWS's policy. */
  readonly tlsPolicy: string;
  /** @default "None" */
  readonly alpnPolicy?: AlpnPolicy;
  /**
   * Seconds until a TCP connection on which nothing happens is closed, 60 to 6,000.
   * @default 350
   */
  readonly idleTimeoutSeconds?: number;
}

/**
 * A port that a Network Load Balancer listens at. Made by the load balancer.
 *
 * Replaced by: nothing that can be said here. Costs: nothing.
 */
export class NetworkListener extends Construct {
  readonly arn: string;
  readonly port: number;
  readonly protocol: NetworkProtocol;
  readonly resource: LbListener;

  constructor(scope: Construct, id: string, props: NetworkListenerProps) {
    super(scope, id);
    const { port, protocol, certificate, tlsPolicy, alpnPolicy } = props;
    this.port = port;
    this.protocol = protocol;
    this.resource = new LbListener(this, "Resource", {
      loadBalancerArn: props.loadBalancer.arn,
      port,
      protocol,
      ...(protocol === "TLS" ? { certificateArn: certificate?.arn, sslPolicy: tlsPolicy, alpnPolicy } : {}),
      tcpIdleTimeoutSeconds: props.idleTimeoutSeconds,
      defaultAction: [props.action],
    });
    this.arn = this.resource.arn;
    if (protocol !== "TLS") return;
    for (const [name, further] of Object.entries(props.certificates ?? {})) this.addCertificate(name, further);
  }

  /** One more certificate, by a name of your own. */
  addCertificate(name: string, { arn }: CertificateLike): void {
    new LbListenerCertificate(this, `certificate_${name}`, {
      listenerArn: this.arn,
      certificateArn: arn,
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** What must be open for a protocol at a port. */
export function networkPorts(protocol: NetworkProtocol, port: number): Port[] {
  const udp: Port = { protocol: "udp", from: port, to: port };
  return [...(protocol === "UDP" ? [] : [port]), ...(protocol.includes("UDP") ? [udp] : [])];
}
