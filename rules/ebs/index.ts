import { ebsAttachmentRules } from "./attachments";
import { ebsEncryptionRules } from "./encryption";
import { ebsSizeRules } from "./sizes";

/** Rules of EBS volumes. */
export const ebsRules = [...ebsSizeRules, ...ebsEncryptionRules, ...ebsAttachmentRules] as const;
