import { Construct } from "constructs";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Instance as AwsInstance, type InstanceRootBlockDevice } from "@cdktf/provider-aws/lib/instance";
import { awsName, contextOf } from "../core";
import { Role, type Grantee } from "../iam";
import type { SubnetTier, Vpc, ZoneLetter } from "../vpc";
import { DataVolume } from "./data-volume";
import { checkInstanceProps } from "./instance-problems";
import type { KeyPair } from "./key-pair";
import { amazonLinux, imageId, type MachineImage } from "./machine-image";
import type { Connectable, Peer } from "./peer";
import type { Port } from "./ports";
import { SecurityGroup } from "./security-group";
import type { DataVolumeOptions, VolumeOptions } from "./volume";

export interface InstanceProps {
  readonly vpc: Vpc;
  /** Type, `t4g.small`. Changing it stops and starts the instance; it is not replaced. */
  readonly instanceType: string;
  /**
   * Tier of the subnet. Changing it replaces the instance.
   * @default "private"
   */
  readonly subnets?: SubnetTier;
  /**
   * Availability zone. Changing it replaces the instance and its data volumes.
   * @default the VPC's first
   */
  readonly availabilityZone?: ZoneLetter;
  /**
   * What it starts from. Changing it replaces the instance, unless `ignoreImageChanges`.
   * @default the newest Amazon Linux 2023 for the type's architecture
   */
  readonly image?: MachineImage;
  /**
   * Keep the instance when its image changes: the newest image of a family is another one every few weeks.
   * @default true when the image comes from an SSM parameter
   */
  readonly ignoreImageChanges?: boolean;
  /** @default gp3 of the image's size, encrypted */
  readonly rootVolume?: VolumeOptions;
  /**
   * Volumes that outlive the instance, by a name of your own.
   * @default none
   */
  readonly dataVolumes?: Readonly<Record<string, DataVolumeOptions>>;
  /**
   * A fixed public address, which survives a replacement of the instance. The instance must be in a public subnet.
   * @default false
   */
  readonly elasticIp?: boolean;
  /**
   * SSH key to start with. Changing it replaces the instance.
   * @default none: Session Manager is the way in
   */
  readonly keyPair?: KeyPair;
  /**
   * Allow shell sessions through AWS Systems Manager: no open port, no key, and a record of who was there.
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
   * @default true
   */
  readonly sessionManager?: boolean;
  /** @default one of its own, which lets nothing in */
  readonly securityGroup?: SecurityGroup;
  /**
   * Script that runs as root at the first start, at most 16,384 bytes. No secrets: it lies in the state in clear text.
   * @default none
   */
  readonly userData?: string;
  /**
   * Replace the instance when the script changes; otherwise a change has no effect before it is replaced.
   * @default false
   */
  readonly replaceOnUserDataChange?: boolean;
  /**
   * Refuse to terminate it through the API.
   * @default true in tier production
   */
  readonly terminationProtection?: boolean;
  /**
   * Metrics each minute instead of every five. Costs by the metric.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
}

/**
 * A server: an EC2 instance with an encrypted root volume, IMDSv2, a role, a security group that lets nothing in, and shell access
 * through Session Manager.
 *
 * Replaced by: a change of subnet tier, zone, key pair or image. Costs: by the second; a public IPv4 address and volumes besides.
 *
 * @example
 * const app = new Instance(this, "app", { vpc, instanceType: "t4g.small", subnets: "public", elasticIp: true });
 * app.allowFrom({ cidr: "203.0.113.0/24" }, "https");
 */
export class Instance extends Construct implements Connectable, Grantee {
  readonly id: string;
  readonly arn: string;
  readonly privateIp: string;
  /** The Elastic IP, or the address that the instance has until it is stopped; empty in subnets that are not public. */
  readonly publicIp: string;
  readonly availabilityZone: ZoneLetter;
  readonly securityGroup: SecurityGroup;
  readonly role: Role;
  /** By the names in `dataVolumes`. */
  readonly dataVolumes: Readonly<Record<string, DataVolume>>;
  readonly resource: AwsInstance;

  private readonly props: InstanceProps;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id);
    checkInstanceProps(this, props);
    this.props = props;
    this.availabilityZone = props.availabilityZone ?? (props.vpc.availabilityZones[0] as ZoneLetter);

    this.securityGroup = props.securityGroup ?? new SecurityGroup(this, "security_group", { vpc: props.vpc });
    this.role = this.createRole();
    this.resource = this.createInstance();
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.privateIp = this.resource.privateIp;
    this.publicIp = props.elasticIp ? this.createElasticIp().publicIp : this.resource.publicIp;
    this.dataVolumes = this.createDataVolumes();
  }

  /** Lets `client` reach the instance at `port`. */
  allowFrom(client: Peer, port: Port): void {
    this.securityGroup.allowFrom(client, port);
  }

  private createRole(): Role {
    const managedPolicies = this.props.sessionManager === false ? [] : ["AmazonSSMManagedInstanceCore"];
    return new Role(this, "role", { service: "ec2.amazonaws.com", managedPolicies });
  }

  private createInstance(): AwsInstance {
    const { props } = this;
    const image = props.image ?? amazonLinux(props.instanceType);
    const ignoreImageChanges = props.ignoreImageChanges ?? "ssmParameter" in image;
    const profile = new IamInstanceProfile(this, "profile", { name: awsName(this, "iamName"), role: this.role.name });
    const subnet = props.vpc.subnets[props.subnets ?? "private"][this.availabilityZone];
    return new AwsInstance(this, "Resource", {
      ami: imageId(this, image),
      instanceType: props.instanceType,
      subnetId: subnet?.id,
      vpcSecurityGroupIds: [this.securityGroup.id],
      iamInstanceProfile: profile.name,
      keyName: props.keyPair?.name,
      // Asked for by the instance: a public subnet hands out none by itself.
      associatePublicIpAddress: props.subnets === "public",
      // Version 1 of the metadata service gives the role's credentials to whoever can make the server fetch a URL.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: this.rootBlockDevice(),
      ebsOptimized: true,
      monitoring: props.detailedMonitoring ?? false,
      disableApiTermination: props.terminationProtection ?? contextOf(this).tier === "production",
      userData: props.userData,
      userDataReplaceOnChange: props.replaceOnUserDataChange,
      // One address, whether changes are ignored or not: the switch replaces nothing.
      ...(ignoreImageChanges ? { lifecycle: { ignoreChanges: ["ami"] } } : {}),
    });
  }

  private rootBlockDevice(): InstanceRootBlockDevice {
    const { sizeGib, type = "gp3", iops, throughputMibps, kmsKeyArn } = this.props.rootVolume ?? {};
    return {
      encrypted: true,
      volumeType: type,
      deleteOnTermination: true,
      volumeSize: sizeGib,
      iops,
      throughput: throughputMibps,
      kmsKeyId: kmsKeyArn,
    };
  }

  /** The association is a resource of its own: a new instance gets the same address. */
  private createElasticIp(): Eip {
    const elasticIp = new Eip(this, "elastic_ip", { domain: "vpc" });
    new EipAssociation(this, "elastic_ip_association", { allocationId: elasticIp.id, instanceId: this.id });
    return elasticIp;
  }

  private createDataVolumes(): Record<string, DataVolume> {
    const availabilityZone = `${contextOf(this).region}${this.availabilityZone}`;
    return Object.fromEntries(
      Object.entries(this.props.dataVolumes ?? {}).map(([name, volume]) => [
        name,
        new DataVolume(this, name, { ...volume, availabilityZone, instanceId: this.id }),
      ]),
    );
  }
}
