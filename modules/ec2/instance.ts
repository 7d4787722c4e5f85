import { DataResource } from "cdktf";
import { Construct } from "constructs";
import { Ec2InstanceState } from "@cdktf/provider-aws/lib/ec2-instance-state";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Instance as AwsInstance } from "@cdktf/provider-aws/lib/instance";
import { awsName, contextOf } from "../core";
import { Role, type Grantee } from "../iam";
import type { ZoneLetter } from "../vpc";
import { DataVolume } from "./data-volume";
import * as instanceArguments from "./instance-arguments";
import type { InstanceAddressOptions, InstanceNetworkOptions } from "./instance-network-options";
import type { InstanceOperationOptions } from "./instance-operation-options";
import type { InstancePlacementOptions } from "./instance-placement-options";
import { checkInstanceProps } from "./instance-problems";
import type { InstanceSoftwareOptions } from "./instance-software-options";
import type { InstanceStorageOptions } from "./instance-storage-options";
import { amazonLinux } from "./image-families";
import { changesByItself, imageId, type MachineImage } from "./machine-image";
import type { Connectable, Peer } from "./peer";
import type { Port } from "./ports";
import { spotOptionsOf } from "./purchasing";
import { SecurityGroup } from "./security-group";
import type { RuleOptions, SecurityGroupLike } from "./security-group-like";

/** What instances may have in common. */
export interface InstanceOptions
  extends
    InstanceNetworkOptions,
    InstancePlacementOptions,
    InstanceSoftwareOptions,
    InstanceStorageOptions,
    InstanceOperationOptions {}

export interface InstanceProps extends InstanceOptions, InstanceAddressOptions {}

/**
 * A server: an EC2 instance with an encrypted root volume, IMDSv2, a role, a security group that lets nothing in, and shell access
 * through Session Manager.
 *
 * Replaced by: a change of subnet tier, zone, addresses, key pair, image or hardware; each option says so. Costs: by the second; a public IPv4
 * address and volumes besides.
 *
 * @example
 * const app = new Instance(this, "app", { vpc, instanceType: "t4g.small", subnets: "public", elasticIp: true });
 * app.allowFrom({ cidr: "203.0.113.0/24" }, "https");
 */
export class Instance extends Construct implements Connectable, Grantee {
  readonly id: string;
  readonly arn: string;
  readonly privateIp: string;
  /** Name within the VPC: `ip-10-0-0-5.eu-west-1.compute.internal`. */
  readonly privateDns: string;
  /** The Elastic IP, or the address that the instance has until it is stopped; empty without either. */
  readonly publicIp: string;
  /** Name of `publicIp`; empty without one. */
  readonly publicDns: string;
  readonly availabilityZone: ZoneLetter;
  /** Who one logs in as over SSH, as its image says: `ec2-user`, `ubuntu`; undefined when the image does not say. */
  readonly loginUser: string | undefined;
  readonly securityGroup: SecurityGroupLike;
  /** By the names in `dataVolumes`. */
  readonly dataVolumes: Readonly<Record<string, DataVolume>>;
  /** Ids of all its volumes: `root`, and those in `dataVolumes` by their names. */
  readonly volumeIds: Readonly<Record<string, string>>;
  /** The Elastic IP that was made for it; of one that was given, its owner knows more. */
  readonly elasticIp: Eip | undefined;
  /** What it was made with. */
  readonly props: InstanceProps;
  readonly resource: AwsInstance;

  private readonly image: MachineImage;
  private readonly actsUnder: Role | undefined;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id);
    checkInstanceProps(this, props);
    this.props = props;
    this.availabilityZone = props.availabilityZone ?? (props.vpc.availabilityZones[0] as ZoneLetter);
    this.image = props.image ?? amazonLinux(props.instanceType);
    this.loginUser = this.image.loginUser;

    this.securityGroup =
      props.securityGroup?.securityGroup ?? new SecurityGroup(this, "security_group", { vpc: props.vpc });
    this.actsUnder = this.createRole();
    this.resource = this.createInstance();
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.privateIp = this.resource.privateIp;
    this.privateDns = this.resource.privateDns;
    this.elasticIp = props.elasticIp === true ? new Eip(this, "elastic_ip", { domain: "vpc" }) : undefined;
    const given = typeof props.elasticIp === "object" ? props.elasticIp : undefined;
    const association = this.associateElasticIp(this.elasticIp?.id ?? given?.allocationId);
    this.publicIp = this.elasticIp?.publicIp ?? association?.publicIp ?? this.resource.publicIp;
    this.publicDns = this.elasticIp?.publicDns ?? given?.publicDns ?? this.resource.publicDns;
    this.dataVolumes = this.createDataVolumes();
    this.volumeIds = this.collectVolumeIds();
    if (props.state) new Ec2InstanceState(this, "state", { instanceId: this.id, state: props.state });
  }

  /**
   * What it acts under in AWS: grants are given to it.
   * @throws Error when it was made with the role "none"
   */
  get role(): Role {
    if (this.actsUnder) return this.actsUnder;
    throw new Error(
      `Instance "${this.node.path}" has no role: it was made with role "none", so nothing can be granted to it`,
    );
  }

  /** Lets `client` reach the instance at `port`. */
  allowFrom(client: Peer, port: Port, options?: RuleOptions): void {
    this.securityGroup.allowFrom(client, port, options);
  }

  private createRole(): Role | undefined {
    const { role, sessionManager = true } = this.props;
    if (role === "none") return undefined;
    const policy = "AmazonSSMManagedInstanceCore";
    if (role && sessionManager) role.attachManagedPolicy(policy);
    const managedPolicies = sessionManager ? [policy] : [];
    return role ?? new Role(this, "role", { service: "ec2.amazonaws.com", managedPolicies });
  }

  private createInstance(): AwsInstance {
    const { image, props } = this;
    const { additionalSecurityGroups = [], subnets = "private" } = props;
    const ignoreImageChanges = props.ignoreImageChanges ?? changesByItself(image);
    const profile = props.instanceProfile ?? this.createProfile();
    const purchasingMark = this.createPurchasingMark();
    const lifecycle = {
      // One address, whether changes are ignored or not: the switch replaces nothing.
      ...(ignoreImageChanges ? { ignoreChanges: ["ami"] } : {}),
      ...(purchasingMark ? { replaceTriggeredBy: [purchasingMark] } : {}),
    };
    return new AwsInstance(this, "Resource", {
      ami: imageId(this, image, props.instanceType),
      subnetId: props.vpc.subnets[subnets]?.[this.availabilityZone]?.id,
      vpcSecurityGroupIds: [this, ...additionalSecurityGroups].map(({ securityGroup }) => securityGroup.id),
      iamInstanceProfile: profile?.name,
      keyName: props.keyPair?.name,
      ...instanceArguments.placementArguments(props),
      ...instanceArguments.networkArguments(props),
      ...instanceArguments.storageArguments(props),
      ...instanceArguments.operationArguments(this, props),
      ...instanceArguments.userDataArguments(this, props),
      ...(Object.keys(lifecycle).length > 0 ? { lifecycle } : {}),
    });
  }

  private createProfile(): IamInstanceProfile | undefined {
    if (!this.actsUnder) return undefined;
    return new IamInstanceProfile(this, "profile", { name: awsName(this, "iamName"), role: this.actsUnder.name });
  }

  /**
   * The provider sees no difference when a spot instance is to be one no longer: it keeps what is no longer said. So what was said last stands
   * in the state, and a change of it replaces the instance.
   */
  private createPurchasingMark(): string | undefined {
    const { purchasing } = this.props;
    if (purchasing === undefined) return undefined;
    const type = spotOptionsOf(purchasing) ? "spot" : "on-demand";
    const mark = new DataResource(this, "market", { input: { type } });
    // Terraform takes a bare address here, and no "${...}".
    return `${mark.terraformResourceType}.${mark.friendlyUniqueId}`;
  }

  /** The association is a resource of its own: a new instance gets the same address. */
  private associateElasticIp(allocationId: string | undefined): EipAssociation | undefined {
    if (allocationId === undefined) return undefined;
    return new EipAssociation(this, "elastic_ip_association", { allocationId, instanceId: this.id });
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

  private collectVolumeIds(): Record<string, string> {
    const data = Object.entries(this.dataVolumes).map(([name, volume]): [string, string] => [name, volume.id]);
    return { root: this.resource.rootBlockDevice.volumeId, ...Object.fromEntries(data) };
  }
}
