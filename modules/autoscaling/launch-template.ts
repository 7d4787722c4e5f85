import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import {
  LaunchTemplate as AwsLaunchTemplate,
  type LaunchTemplateMetadataOptions,
  type LaunchTemplateNetworkInterfaces,
  type LaunchTemplatePlacement,
} from "@cdktf/provider-aws/lib/launch-template";
import { awsName, Problems, shown } from "../core";
import {
  amazonLinux,
  changesByItself,
  imageId,
  SecurityGroup,
  type Connectable,
  type KeyPairLike,
  type MachineImage,
  type SecurityGroupLike,
  type UserData,
  type VolumeOptions,
} from "../ec2";
import type { PlacementGroupLike } from "../ec2/instance-placement-options";
import { Role, type Grantee } from "../iam";
import { blockDeviceMappings, type BlockDeviceOptions } from "./block-devices";
import { launchTags, type Tags } from "./launch-tags";
import { encodedUserData } from "./user-data";

/** What instances are started with. A change makes a new version of the template; what uses it decides what becomes of its instances. */
export interface LaunchTemplateOptions {
  /**
   * Type, `t4g.small`.
   * @default none: whatever uses the template says it
   */
  readonly instanceType?: string;
  /** @default the newest Amazon Linux 2023 for the architecture of `instanceType`; without that, none: whatever uses the template says it */
  readonly image?: MachineImage;
  /**
   * Keep the image that the template has when a newer one is published: the newest image of a family is another one every few weeks, and a new
   * image replaces every instance.
   * @default true when the image is the newest of a family, by SSM parameter or by lookup
   */
  readonly ignoreImageChanges?: boolean;
  /** @default gp3 of the image's size, encrypted */
  readonly rootVolume?: VolumeOptions;
  /**
   * What the image calls its root volume. With a wrong name, the instance has a second volume and `rootVolume` does not hold.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   * @default "/dev/xvda", Amazon Linux's; Ubuntu's is "/dev/sda1"
   */
  readonly rootDeviceName?: string;
  /**
   * Further volumes that each instance starts with, by what it calls them: `/dev/sdf`.
   * @default none
   */
  readonly blockDevices?: Readonly<Record<string, BlockDeviceOptions>>;
  /**
   * SSH key to start with.
   * @default none: Session Manager is the way in
   */
  readonly keyPair?: KeyPairLike;
  /**
   * Runs as root at the first start, at most 16,384 bytes: a script, or what `UserData` makes. `${VARIABLE}` is the shell's; attributes of other
   * resources may stand in it. No secrets: it lies in the state in clear text.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
   * @default none
   */
  readonly userData?: string | UserData;
  /**
   * What the instances act under.
   * @default one of its own, which may do nothing but what `sessionManager` needs
   */
  readonly role?: Role;
  /**
   * Allow shell sessions through AWS Systems Manager, under a role that is given too.
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
   * @default true
   */
  readonly sessionManager?: boolean;
  /** @default one of its own, which lets nothing in */
  readonly securityGroup?: Connectable;
  /**
   * Metrics each minute instead of every five: scaling reacts sooner. Costs by the metric.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * What a burstable type (`t3`, `t4g`) does when its CPU credits are used up: slow down, or go on and be paid for.
   * @default the type's own: "unlimited" but for t2
   */
  readonly cpuCredits?: "standard" | "unlimited";
  /**
   * How many network hops an answer of the metadata service may take: 2 where containers ask for the instance's credentials.
   * @default 1
   */
  readonly metadataHopLimit?: number;
  /**
   * Let instances read their own tags from the metadata service.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
   * @default false
   */
  readonly instanceMetadataTags?: boolean;
  /**
   * Group that says how close to each other the instances stand.
   * @default none
   */
  readonly placementGroup?: PlacementGroupLike;
  /**
   * Partition of the placement group, from 1.
   * @default those that AWS picks, if the group has partitions
   */
  readonly placementPartitionNumber?: number;
  /**
   * Whose instances share the hardware: everybody's, or only those of the account, which costs more by the hour and a fee for each region.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html
   * @default "shared"
   */
  readonly tenancy?: "shared" | "dedicated";
  /**
   * Tags on the instances, their volumes and network interfaces, beside the environment's and `Name`, which they may override.
   * @default none
   */
  readonly tags?: Tags;
}

/** What instances are started with, and where. */
export interface LaunchTemplateProps extends LaunchTemplateOptions {
  /** VPC of the security group that is made where none is given. */
  readonly vpc: { readonly id: string };
  /**
   * Give each instance a public IPv4 address. Only public subnets have a use for it.
   * @default false
   */
  readonly publicIp?: boolean;
  /**
   * Start instances under `role` by a profile of its own. EKS node groups make theirs, and refuse a template that has one.
   * @default true
   */
  readonly instanceProfile?: boolean;
}

/** What a group needs of a launch template: one that is made here (`LaunchTemplate`), or one that exists already. */
export interface LaunchTemplateLike {
  readonly id: string;
  /** Number of a version. With `$Latest` or `$Default`, a new version replaces no instance, and nothing can be rolled back. */
  readonly version: string;
  /**
   * The instances' security group.
   * @default not known: the group can be no end of a connection
   */
  readonly securityGroup?: SecurityGroupLike;
  /**
   * What the instances act under.
   * @default not known: nothing can be granted to the group
   */
  readonly role?: Role;
}

/**
 * What instances are started with: encrypted volumes, IMDSv2, a role, a security group that lets nothing in, and shell access through Session
 * Manager. Tags go to instances, volumes and network interfaces, the environment's among them.
 *
 * Replaced by: nothing that can be said here; each change makes a new version, which becomes the default. Costs: nothing.
 *
 * @example
 * const template = new LaunchTemplate(this, "worker", { vpc, instanceType: "t4g.small", userData: "#!/bin/sh\ndnf install -y nginx" });
 */
export class LaunchTemplate extends Construct implements LaunchTemplateLike, Connectable, Grantee {
  readonly id: string;
  readonly name: string;
  /** Number of the newest version: what takes it is changed with the template. */
  readonly version: string;
  readonly securityGroup: SecurityGroupLike;
  readonly role: Role;
  readonly resource: AwsLaunchTemplate;

  private readonly props: LaunchTemplateProps;

  /** @throws InvalidConstructError when `blockDevices` names the root volume */
  constructor(scope: Construct, id: string, props: LaunchTemplateProps) {
    super(scope, id);
    this.props = props;
    this.checkDeviceNames();
    this.securityGroup = securityGroupOf(this, props);
    this.role = roleOf(this, props);
    this.resource = this.createTemplate();
    this.id = this.resource.id;
    this.name = this.resource.name;
    this.version = this.resource.getStringAttribute("latest_version");
  }

  private get rootDeviceName(): string {
    return this.props.rootDeviceName ?? "/dev/xvda";
  }

  private checkDeviceNames(): void {
    const problems = new Problems(this, "LaunchTemplate");
    problems.require(
      !(this.rootDeviceName in (this.props.blockDevices ?? {})),
      `blockDevices names the root volume ${shown(this.rootDeviceName)}: use rootVolume, or another name`,
    );
    problems.throwIfAny();
  }

  private createTemplate(): AwsLaunchTemplate {
    const { props } = this;
    const image = props.image ?? (props.instanceType === undefined ? undefined : amazonLinux(props.instanceType));
    const ignoreImageChanges = props.ignoreImageChanges ?? (image !== undefined && changesByItself(image));
    return new AwsLaunchTemplate(this, "Resource", {
      name: awsName(this, "launchTemplate"),
      updateDefaultVersion: true,
      instanceType: props.instanceType,
      imageId: image && imageId(this, image, props.instanceType),
      keyName: props.keyPair?.name,
      userData: encodedUserData(this, props.userData),
      iamInstanceProfile: this.createInstanceProfile(),
      ebsOptimized: "true",
      monitoring: { enabled: props.detailedMonitoring ?? false },
      metadataOptions: this.metadataOptions(),
      blockDeviceMappings: blockDeviceMappings(this.rootDeviceName, props.rootVolume ?? {}, props.blockDevices ?? {}),
      creditSpecification: props.cpuCredits && { cpuCredits: props.cpuCredits },
      placement: this.placement(),
      tagSpecifications: this.tagSpecifications(),
      ...this.network(),
      // One address, whether changes are ignored or not.
      ...(ignoreImageChanges ? { lifecycle: { ignoreChanges: ["image_id"] } } : {}),
    });
  }

  private metadataOptions(): LaunchTemplateMetadataOptions {
    const { metadataHopLimit = 1, instanceMetadataTags } = this.props;
    return {
      httpEndpoint: "enabled",
      // Version 1 of the metadata service gives the role's credentials to whoever can make the server fetch a URL.
      httpTokens: "required",
      httpPutResponseHopLimit: metadataHopLimit,
      ...(instanceMetadataTags ? { instanceMetadataTags: "enabled" } : {}),
    };
  }

  private placement(): LaunchTemplatePlacement | undefined {
    const { placementGroup, placementPartitionNumber: partitionNumber, tenancy } = this.props;
    if (!placementGroup && !tenancy) return undefined;
    return {
      groupName: placementGroup?.name,
      partitionNumber,
      tenancy: tenancy === "shared" ? "default" : tenancy,
    };
  }

  /** A public address is asked for on the network interface, and the security group must then be named there. */
  private network(): { vpcSecurityGroupIds?: string[]; networkInterfaces?: LaunchTemplateNetworkInterfaces[] } {
    const groups = [this.securityGroup.id];
    if (!this.props.publicIp) return { vpcSecurityGroupIds: groups };
    const publicInterface = { deviceIndex: 0, associatePublicIpAddress: "true", deleteOnTermination: "true" };
    return { networkInterfaces: [{ ...publicInterface, securityGroups: groups }] };
  }

  private createInstanceProfile(): { arn: string } | undefined {
    if (this.props.instanceProfile === false) return undefined;
    return {
      arn: new IamInstanceProfile(this, "profile", { name: awsName(this, "iamName"), role: this.role.name }).arn,
    };
  }

  private tagSpecifications(): ReturnType<typeof Lazy.anyValue> {
    const own = { Name: awsName(this, "tag"), ...this.props.tags };
    return Lazy.anyValue({
      produce: () => {
        const tags = launchTags(this, own);
        return ["instance", "volume", "network-interface"].map((type) => ({ resource_type: type, tags }));
      },
    });
  }
}

/** The security group that is given, or one for `scope`. */
export function securityGroupOf(
  scope: Construct,
  { securityGroup, vpc }: Pick<LaunchTemplateProps, "securityGroup" | "vpc">,
): SecurityGroupLike {
  return securityGroup?.securityGroup ?? new SecurityGroup(scope, "security_group", { vpc });
}

/** The role that is given, or one for `scope`; with what Session Manager needs unless that is not wanted. */
export function roleOf(
  scope: Construct,
  { role, sessionManager = true }: Pick<LaunchTemplateOptions, "role" | "sessionManager">,
): Role {
  const used = role ?? new Role(scope, "role", { service: "ec2.amazonaws.com" });
  if (sessionManager) used.attachManagedPolicy("AmazonSSMManagedInstanceCore");
  return used;
}
