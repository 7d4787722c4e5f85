export {
  Certificate,
  type CertificateOptions,
  type CertificateProps,
  type PrivateCertificateProps,
  type PublicCertificateProps,
} from "./certificate";
export { existingCertificate, type CertificateLike } from "./existing-certificate";
