import type { Role } from "../iam";
import type { KeyPairLike } from "./key-pair";
import type { MachineImage } from "./machine-image";
import type { UserData } from "./user-data";

/** An instance profile: what hands a role to an instance. */
export interface InstanceProfileLike {
  readonly name: string;
}

/** What an instance runs, and how one gets into it. */
export interface InstanceSoftwareOptions {
  /**
   * What it starts from. Changing it replaces the instance, unless `ignoreImageChanges`.
   * @default the newest Amazon Linux 2023 for the type's architecture
   */
  readonly image?: MachineImage;
  /**
   * Keep the instance when its image changes: the newest image of a family is another one every few weeks.
   * @default true when the image is the newest of a family, by SSM parameter or by lookup
   */
  readonly ignoreImageChanges?: boolean;
  /**
   * SSH key to start with. Changing it replaces the instance.
   * @default none: Session Manager is the way in
   */
  readonly keyPair?: KeyPairLike;
  /**
   * What it may do in AWS: a role that is given, or none at all. A role that it once had stays attached after a change to `"none"`: the
   * provider does not take it away.
   * @default one of its own, which may do nothing but what `sessionManager` needs
   */
  readonly role?: Role | "none";
  /**
   * Instance profile that hands `role` over, where instances share one: `role` must be given with it. Changed in place.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
   * @default one of its own, for its role
   */
  readonly instanceProfile?: InstanceProfileLike;
  /**
   * Allow shell sessions through AWS Systems Manager: no open port, no key, and a record of who was there.
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
   * @default true, unless `role` is "none"
   */
  readonly sessionManager?: boolean;
  /**
   * Runs as root at the first start, at most 16,384 bytes: a script, or what `UserData` makes. `${VARIABLE}` is the shell's; attributes of other
   * resources may stand in it. A change stops and starts the instance, and has no effect before it is replaced. No secrets: it lies in the
   * state in clear text.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
   * @default none
   */
  readonly userData?: string | UserData;
  /**
   * Replace the instance when the user data changes; otherwise a change has no effect before it is replaced.
   * @default false
   */
  readonly replaceOnUserDataChange?: boolean;
  /**
   * How many network hops an answer of the metadata service may take, 1 to 64. Containers with a network of their own need 2. Changed in place.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
   * @default 1: the instance itself
   */
  readonly metadataHopLimit?: number;
  /**
   * Let the instance read its own tags from the metadata service. Changed in place; left out, it stays as it is.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
   * @default false
   */
  readonly instanceMetadataTags?: boolean;
}
