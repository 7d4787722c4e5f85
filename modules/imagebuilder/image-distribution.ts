import type { ImagebuilderDistributionConfigurationDistribution } from "@cdktf/provider-aws/lib/imagebuilder-distribution-configuration";
import { shown, type Problems } from "../core";
import { checkAccounts, type SharedWith } from "../ec2/launch-permissions";

/** What becomes of an image in one region. */
export interface ImageDistribution extends SharedWith {
  /**
   * ARN of a KMS key in the region, which encrypts the image's disks there. Others can start from the image only where this is given.
   * @default the key of the recipe's root volume in the pipeline's region, elsewhere the account's default key for EBS
   */
  readonly kmsKeyArn?: string;
  /**
   * ARNs of organizations, or parts of them, whose accounts may start from the image.
   * @default none
   */
  readonly organizationArns?: readonly string[];
  /**
   * Name of an SSM parameter that is set to the newest image's id: `/imagebuilder/golden`. Instances take it as `image: { ssmParameter }`. Image
   * Builder may write below `/imagebuilder/` only.
   * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-service-linked-role.html
   * @default none
   */
  readonly ssmParameter?: string;
  /**
   * Id of a launch template that gets a new default version with each image.
   * @default none
   */
  readonly launchTemplateId?: string;
}

/**
 * Notes what AWS would refuse, or what nobody could start from.
 * @param own the pipeline's region, and the key that images have there
 */
export function checkDistributions(
  problems: Problems,
  distributions: Readonly<Record<string, ImageDistribution>>,
  own: { readonly region: string; readonly kmsKeyArn: string | undefined },
): void {
  problems.require(Object.keys(distributions).length > 0, "distributeTo must name at least one region, got none");
  for (const [region, distribution] of Object.entries(distributions)) {
    const { sharedWith = [], organizationArns = [], ssmParameter } = distribution;
    const kmsKeyArn = distribution.kmsKeyArn ?? (region === own.region ? own.kmsKeyArn : undefined);
    checkAccounts(problems, distribution);
    problems.require(
      kmsKeyArn !== undefined || sharedWith.length + organizationArns.length === 0,
      `distributeTo.${region} needs a kmsKeyArn to be shared: nobody else may use AWS's own key, which encrypts the image otherwise`,
    );
    problems.require(
      ssmParameter === undefined || ssmParameter.startsWith("/imagebuilder/"),
      `distributeTo.${region}.ssmParameter must begin with "/imagebuilder/", where Image Builder may write, got ${shown(ssmParameter)}`,
    );
  }
}

/**
 * As the provider wants it.
 * @param name of the images
 */
export function distributionArguments(
  region: string,
  distribution: ImageDistribution,
  name: string,
  amiTags: Record<string, string>,
): ImagebuilderDistributionConfigurationDistribution {
  const { sharedWith = [], organizationArns = [], ssmParameter, launchTemplateId, kmsKeyArn } = distribution;
  const launchPermission = {
    userIds: nonEmpty(sharedWith),
    // The provider keeps parts of organizations apart from organizations.
    organizationArns: nonEmpty(organizationArns.filter((arn) => !arn.includes(":ou/"))),
    organizationalUnitArns: nonEmpty(organizationArns.filter((arn) => arn.includes(":ou/"))),
  };
  const isShared = sharedWith.length + organizationArns.length > 0;
  return {
    region,
    amiDistributionConfiguration: { name, amiTags, kmsKeyId: kmsKeyArn, ...(isShared ? { launchPermission } : {}) },
    ...(ssmParameter === undefined
      ? {}
      : { ssmParameterConfiguration: [{ parameterName: ssmParameter, dataType: "aws:ec2:image" }] }),
    ...(launchTemplateId === undefined ? {} : { launchTemplateConfiguration: [{ launchTemplateId, default: true }] }),
  };
}

function nonEmpty(texts: readonly string[]): string[] | undefined {
  return texts.length > 0 ? [...texts] : undefined;
}
