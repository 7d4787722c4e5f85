import type { Construct } from "constructs";
import type { TerraformProvider } from "cdktf";
import { AmiLaunchPermission } from "@cdktf/provider-aws/lib/ami-launch-permission";
import type { Problems } from "../core";
import { shown } from "../core";

/** Who may start instances from an image, besides the account that has it. */
export interface SharedWith {
  /**
   * Accounts, by their twelve digits: each is a resource of its own. An image whose disks are encrypted with AWS's own key cannot be started by
   * others: encrypt with a key of yours (`kmsKeyArn`), and let them use it.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
   * @default none
   */
  readonly sharedWith?: readonly string[];
}

/** Notes accounts that are none. */
export function checkAccounts(problems: Problems, { sharedWith = [] }: SharedWith): void {
  for (const account of sharedWith)
    problems.require(/^\d{12}$/.test(account), `sharedWith must name accounts by twelve digits, got ${shown(account)}`);
}

/** Lets accounts start instances from an image. */
export function createLaunchPermissions(
  scope: Construct,
  imageId: string,
  { sharedWith = [] }: SharedWith,
  { provider }: { readonly provider?: TerraformProvider } = {},
): void {
  for (const accountId of new Set(sharedWith)) {
    new AmiLaunchPermission(scope, `shared_with_${accountId}`, { imageId, accountId, provider });
  }
}
