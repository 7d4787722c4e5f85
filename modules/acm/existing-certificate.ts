/** What others need of a certificate: one that is made here (`Certificate`), or one that exists. */
export interface CertificateLike {
  readonly arn: string;
}

/**
 * A certificate that is not made here: imported by hand, or of another stack or repository.
 * @param arn `arn:aws:acm:eu-west-1:111111111111:certificate/...`, of the region of whatever uses it; CloudFront's of us-east-1
 */
export function existingCertificate(arn: string): CertificateLike {
  return { arn };
}
