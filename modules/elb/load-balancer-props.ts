import type { CertificateLike } from "../acm";
import type { Peer, SecurityGroupLike } from "../ec2";
import type { SubnetTier, VpcLike } from "../vpc";
import type { Logs } from "./access-logs";
import type { MutualTls } from "./trust-store";

/** What both kinds of load balancers take. */
export interface LoadBalancerProps {
  /** Changing it replaces the load balancer. */
  readonly vpc: VpcLike;
  /**
   * Reachable from the internet. Changing it replaces the load balancer.
   * @default false
   */
  readonly internetFacing?: boolean;
  /**
   * Tier of its subnets.
   * @default "public" when it faces the internet, else "private"
   */
  readonly subnets?: SubnetTier;
  /**
   * Who may reach its listeners: addresses, prefix lists, whatever has a security group.
   * @default everybody when it faces the internet, else the VPC's IPv4 addresses
   */
  readonly ingress?: readonly Peer[];
  /**
   * Refuse to delete it through the API. Switch it off and apply before it is destroyed.
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
  /**
   * Addresses that clients reach it at. A load balancer for IPv6 still speaks IPv4 to targets of type instance.
   * @default "dualstack" when the VPC has an IPv6 block, else "ipv4"
   */
  readonly ipAddressType?: "ipv4" | "dualstack";
  /** @default one of its own, which lets its listeners' clients in, and out to its targets only */
  readonly securityGroup?: SecurityGroupLike;
  /**
   * TLS versions and ciphers of its listeners, by the name of AWS's policy.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
   * @default "ELBSecurityPolicy-TLS13-1-2-2021-06": TLS 1.2 and 1.3
   */
  readonly tlsPolicy?: string;
  /**
   * Certificate of its HTTPS or TLS listeners: an ACM `Certificate`, or `{ arn }` of one that exists. Changing it changes them in place.
   * @default none
   */
  readonly certificate?: CertificateLike;
  /**
   * Further certificates by a name of your own, which becomes part of their addresses: dropping one touches no other. At most 25.
   * @default none
   */
  readonly certificates?: Readonly<Record<string, CertificateLike>>;
  /**
   * Write each request into S3: to a bucket of the load balancer's own (`true`), or to one made elsewhere. Network Load Balancers write those of TLS
   * listeners only.
   * @default false
   */
  readonly accessLogs?: Logs;
  /**
   * Let AWS's Application Recovery Controller take a zone out of service.
   * @default false
   */
  readonly zonalShift?: boolean;
}

/** The policy that is used where none is named: TLS 1.2 and 1.3. */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** What an Application Load Balancer takes. */
export interface ApplicationLoadBalancerProps extends LoadBalancerProps {
  /**
   * Answer at port 80 with a redirect to HTTPS.
   * @default true when there is a certificate
   */
  readonly redirectHttpToHttps?: boolean;
  /**
   * Seconds until a connection on which nothing happens is closed, 1 to 4,000.
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Seconds until a client's connection is closed, used or not, 60 to 604,800.
   * @default 3600
   */
  readonly clientKeepAliveSeconds?: number;
  /**
   * Speak HTTP/2 with clients that do.
   * @default true
   */
  readonly http2?: boolean;
  /**
   * What is done with the header `X-Forwarded-For` of a request: the client's address is added to it, or it stays as it came, or it is taken
   * out.
   * @default "append"
   */
  readonly forwardedForHeader?: "append" | "preserve" | "remove";
  /**
   * Add the client's port to its address in `X-Forwarded-For`.
   * @default false
   */
  readonly forwardedForClientPort?: boolean;
  /**
   * Give targets the `Host` header as the client sent it.
   * @default false: with the port, when it is not the protocol's own
   */
  readonly preserveHostHeader?: boolean;
  /**
   * Take out headers with names that HTTP does not allow.
   * @default true
   */
  readonly dropInvalidHeaders?: boolean;
  /**
   * How strictly requests are refused that could be read in two ways.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/desync-mitigation-mode.html
   * @default "defensive"
   */
  readonly desyncMitigation?: "monitor" | "defensive" | "strictest";
  /**
   * Tell targets the TLS version and cipher in headers.
   * @default false
   */
  readonly tlsHeaders?: boolean;
  /**
   * Ask clients of HTTPS listeners for a certificate of their own. Switching it on or off changes the listeners in place.
   * @default off
   */
  readonly mutualTls?: MutualTls;
  /**
   * A WAF web ACL (WAFv2, of the same region) that requests pass first.
   * @default none
   */
  readonly webAclArn?: string;
  /**
   * Let requests through when the WAF does not answer.
   * @default false
   */
  readonly wafFailOpen?: boolean;
  /**
   * Write each connection into S3, with its TLS handshake: to a bucket of the load balancer's own (`true`), or to one made elsewhere.
   * @default false
   */
  readonly connectionLogs?: Logs;
}
