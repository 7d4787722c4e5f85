import { Construct } from "constructs";
import { LbTrustStore } from "@cdktf/provider-aws/lib/lb-trust-store";
import { LbTrustStoreRevocation } from "@cdktf/provider-aws/lib/lb-trust-store-revocation";
import { awsName } from "../core";

/** A file in S3, in the region of the load balancer. */
export interface S3File {
  readonly bucket: string;
  readonly key: string;
  /**
   * Version of the object. AWS reads the file when this changes, not when the file does: change it with the file.
   * @default the newest at that time
   */
  readonly version?: string;
}

/** Whose certificates are trusted, and which are not any more. */
export interface TrustStoreProps {
  /** Certificates of the authorities that clients' certificates are signed by, as PEM: roots and intermediates. */
  readonly authorities: S3File;
  /**
   * Lists of certificates that are revoked, by a name of your own. Changing a file replaces its list.
   * @default none
   */
  readonly revocations?: Readonly<Record<string, S3File>>;
}

/** What a listener needs of a trust store: one that is made here (`TrustStore`), or `{ arn }` of one that exists. */
export interface TrustStoreLike {
  readonly arn: string;
}

/**
 * How clients show who they are with a certificate of their own. With `passthrough` the targets get the whole chain in the header
 * `X-Amzn-Mtls-Clientcert` and have to verify it; with a trust store the load balancer does, and closes the connection when it does not fit.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
export type MutualTls =
  | "passthrough"
  | {
      readonly trustStore: TrustStoreLike;
      /**
       * Let certificates in that have expired.
       * @default false
       */
      readonly acceptExpired?: boolean;
      /**
       * Tell clients the names of the authorities, so that they choose the right certificate.
       * @default false
       */
      readonly advertiseAuthorities?: boolean;
    };

/**
 * The authorities whose certificates let a client in, for `mutualTls` of an Application Load Balancer.
 *
 * Replaced by: nothing that can be said here; another file of authorities is read in place. Costs: by the hour while a load balancer uses it.
 * https://aws.amazon.com/elasticloadbalancing/pricing/
 *
 * @example
 * const partners = new TrustStore(this, "partners", { authorities: { bucket: "acme-trust", key: "partners.pem", version } });
 * const alb = new ApplicationLoadBalancer(this, "alb", { vpc, certificate, mutualTls: { trustStore: partners } });
 */
export class TrustStore extends Construct implements TrustStoreLike {
  readonly arn: string;
  /** The lists, by the names in `revocations`. */
  readonly revocations: Readonly<Record<string, LbTrustStoreRevocation>>;
  readonly resource: LbTrustStore;

  constructor(scope: Construct, id: string, { authorities, revocations = {} }: TrustStoreProps) {
    super(scope, id);
    this.resource = new LbTrustStore(this, "Resource", {
      name: awsName(this, "trustStore"),
      caCertificatesBundleS3Bucket: authorities.bucket,
      caCertificatesBundleS3Key: authorities.key,
      caCertificatesBundleS3ObjectVersion: authorities.version,
    });
    this.arn = this.resource.arn;
    this.revocations = Object.fromEntries(
      Object.entries(revocations).map(([name, file]) => [name, this.createRevocation(name, file)]),
    );
  }

  private createRevocation(name: string, file: S3File): LbTrustStoreRevocation {
    return new LbTrustStoreRevocation(this, name, {
      trustStoreArn: this.arn,
      revocationsS3Bucket: file.bucket,
      revocationsS3Key: file.key,
      revocationsS3ObjectVersion: file.version,
    });
  }
}

/** The block of a listener. */
export function mutualAuthentication(mutualTls: MutualTls | undefined):
  | {
      readonly mode: string;
      readonly trustStoreArn?: string;
      readonly ignoreClientCertificateExpiry?: boolean;
      readonly advertiseTrustStoreCaNames?: string;
    }
  | undefined {
  if (mutualTls === undefined) return undefined;
  if (mutualTls === "passthrough") return { mode: "passthrough" };
  const { trustStore, acceptExpired = false, advertiseAuthorities = false } = mutualTls;
  return {
    mode: "verify",
    trustStoreArn: trustStore.arn,
    ignoreClientCertificateExpiry: acceptExpired,
    advertiseTrustStoreCaNames: advertiseAuthorities ? "on" : "off",
  };
}
