import { Construct } from "constructs";
import { EbsDefaultKmsKey } from "@cdktf/provider-aws/lib/ebs-default-kms-key";
import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";

export interface EbsDefaultsProps {
  /**
   * ARN of the KMS key for volumes that name none.
   * @default AWS's own key for EBS
   */
  readonly kmsKeyArn?: string;
}

/**
 * What holds for every EBS volume that is made in the account and region from now on, by whatever means: it is encrypted. One for each account and
 * region: it belongs into the stack that sets an account up. Destroying it switches the default off again.
 * https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
 *
 * Replaced by: a change of `kmsKeyArn`, in the setting only; volumes that exist keep their key. Costs: nothing; a key of your own does.
 */
export class EbsDefaults extends Construct {
  readonly resource: EbsEncryptionByDefault;

  constructor(scope: Construct, id: string, props: EbsDefaultsProps = {}) {
    super(scope, id);
    this.resource = new EbsEncryptionByDefault(this, "Resource", { enabled: true });
    if (props.kmsKeyArn !== undefined) new EbsDefaultKmsKey(this, "kms_key", { keyArn: props.kmsKeyArn });
  }
}
