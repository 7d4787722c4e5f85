import { Construct } from "constructs";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { ImagebuilderDistributionConfiguration } from "@cdktf/provider-aws/lib/imagebuilder-distribution-configuration";
import { ImagebuilderImagePipeline } from "@cdktf/provider-aws/lib/imagebuilder-image-pipeline";
import { ImagebuilderImageRecipe } from "@cdktf/provider-aws/lib/imagebuilder-image-recipe";
import { ImagebuilderInfrastructureConfiguration } from "@cdktf/provider-aws/lib/imagebuilder-infrastructure-configuration";
import { awsName, contextOf, stableHash } from "../core";
import { SecurityGroup } from "../ec2/security-group";
import { Role, type Grantee } from "../iam";
import { withoutReferences } from "./image-component";
import { distributionArguments } from "./image-distribution";
import { checkImagePipeline } from "./image-pipeline-problems";
import type { ComponentByArn, ImagePipelineProps, ManagedComponent } from "./image-pipeline-props";
import { parentArchitecture, parentImageArgument, parentRootDevice } from "./parent-image";

/** Image Builder fills the time of the build in, so that each image has a name of its own. */
const BUILD_DATE = "{{ imagebuilder:buildDate }}";

/**
 * Machine images that are built, tested and distributed by EC2 Image Builder: a recipe, where it is built, where images go, and the pipeline
 * that does it. Applying it builds nothing: its schedule does, or `aws imagebuilder start-image-pipeline-execution`.
 *
 * Machines to build on are in a private subnet, let nothing in, take IMDSv2 only, and act under a role of their own. Images are encrypted.
 *
 * Replaced by: nothing that can be said here; recipes and components are made anew, before the old ones go, and images that were built stay.
 * Costs: the instances while they build and test, and the images' snapshots. https://docs.aws.amazon.com/imagebuilder/latest/userguide/what-is-image-builder.html
 *
 * @example
 * new ImagePipeline(this, "golden", {
 *   vpc,
 *   parentImage: { managed: "amazon-linux-2023-arm64" },
 *   components: [{ managed: "update-linux" }, nginx],
 *   schedule: { cron: "cron(0 4 ? * mon *)" },
 *   distributeTo: { "eu-west-1": { ssmParameter: "/imagebuilder/golden" } },
 * });
 */
export class ImagePipeline extends Construct implements Grantee {
  readonly arn: string;
  /** What machines act under while they build: grants are given to it. */
  readonly role: Role;
  /** Lets nothing in, and everything out. */
  readonly securityGroup: SecurityGroup;
  readonly recipe: ImagebuilderImageRecipe;
  readonly infrastructure: ImagebuilderInfrastructureConfiguration;
  readonly distribution: ImagebuilderDistributionConfiguration;
  readonly resource: ImagebuilderImagePipeline;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImagePipelineProps,
  ) {
    super(scope, id);
    checkImagePipeline(this, props);
    this.role = this.createRole();
    this.securityGroup = new SecurityGroup(this, "security_group", { vpc: props.vpc });
    this.recipe = this.createRecipe();
    this.infrastructure = this.createInfrastructure();
    this.distribution = this.createDistribution();
    this.resource = this.createPipeline();
    this.arn = this.resource.arn;
  }

  /** https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-setting-up.html */
  private createRole(): Role {
    const role = new Role(this, "role", {
      service: "ec2.amazonaws.com",
      managedPolicies: ["EC2InstanceProfileForImageBuilder", "AmazonSSMManagedInstanceCore"],
    });
    const { logBucket } = this.props;
    if (logBucket) role.grant("write_logs", { actions: ["s3:PutObject"], resources: [`${logBucket.arn}/*`] });
    return role;
  }

  private createRecipe(): ImagebuilderImageRecipe {
    const { parentImage, components, version = "1.0.0", rootVolume: volume = {} } = this.props;
    const rootDevice = this.props.rootDevice ?? parentRootDevice(parentImage);
    const image = parentImageArgument(this, parentImage);
    const ebs = {
      encrypted: "true",
      deleteOnTermination: "true",
      volumeType: volume.type ?? "gp3",
      volumeSize: volume.sizeGib,
      iops: volume.iops,
      throughput: volume.throughputMibps,
      kmsKeyId: volume.kmsKeyArn,
    };
    const what = JSON.stringify([image, version, rootDevice, ebs, components.map((one) => this.componentText(one))]);
    return new ImagebuilderImageRecipe(this, "recipe", {
      // AWS never changes a recipe: the old and the new one live side by side until the pipeline names the new one.
      name: awsName(this, "imageBuilder", stableHash(withoutReferences(what))),
      version,
      parentImage: image,
      component: components.map((component) => ({
        componentArn: this.componentArn(component),
        ...parameterArguments(component),
      })),
      blockDeviceMapping: [{ deviceName: rootDevice, ebs }],
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createInfrastructure(): ImagebuilderInfrastructureConfiguration {
    const { vpc, subnets = "private", availabilityZone = vpc.availabilityZones[0], logBucket, topic } = this.props;
    const profile = new IamInstanceProfile(this, "profile", { name: awsName(this, "iamName"), role: this.role.name });
    return new ImagebuilderInfrastructureConfiguration(this, "infrastructure", {
      name: awsName(this, "imageBuilder"),
      instanceProfileName: profile.name,
      instanceTypes: [...(this.props.instanceTypes ?? [this.usualType()])],
      subnetId: availabilityZone && vpc.subnets[subnets]?.[availabilityZone]?.id,
      securityGroupIds: [this.securityGroup.id],
      instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      terminateInstanceOnFailure: this.props.terminateOnFailure ?? true,
      resourceTags: this.tags(),
      snsTopicArn: topic?.arn,
      ...(logBucket ? { logging: { s3Logs: { s3BucketName: logBucket.bucket, s3KeyPrefix: "imagebuilder" } } } : {}),
    });
  }

  private createDistribution(): ImagebuilderDistributionConfiguration {
    const { distributeTo = { [contextOf(this).region]: {} }, imageTags } = this.props;
    const name = `${awsName(this, "imageBuilder")} ${BUILD_DATE}`;
    const tags = { Name: awsName(this, "imageBuilder"), ...this.tags(), ...imageTags };
    return new ImagebuilderDistributionConfiguration(this, "distribution", {
      name: awsName(this, "imageBuilder"),
      distribution: Object.entries(distributeTo).map(([region, options]) =>
        distributionArguments(region, options, name, tags),
      ),
    });
  }

  private createPipeline(): ImagebuilderImagePipeline {
    const { schedule, runTests = true, testTimeoutMinutes = 720, enabled = true } = this.props;
    const withUpdates = schedule?.onlyWithUpdates ?? true;
    return new ImagebuilderImagePipeline(this, "Resource", {
      name: awsName(this, "imageBuilder"),
      imageRecipeArn: this.recipe.arn,
      infrastructureConfigurationArn: this.infrastructure.arn,
      distributionConfigurationArn: this.distribution.arn,
      imageTestsConfiguration: { imageTestsEnabled: runTests, timeoutMinutes: testTimeoutMinutes },
      status: enabled ? "ENABLED" : "DISABLED",
      schedule: schedule && {
        scheduleExpression: schedule.cron,
        timezone: schedule.timeZone ?? "UTC",
        pipelineExecutionStartCondition: withUpdates
          ? "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE"
          : "EXPRESSION_MATCH_ONLY",
      },
    });
  }

  private componentArn(component: ManagedComponent | ComponentByArn): string {
    if ("arn" in component) return component.arn;
    const { partition, region } = contextOf(this);
    return `arn:${partition}:imagebuilder:${region}:aws:component/${component.managed}/${component.version ?? "x.x.x"}`;
  }

  /** What is known of a component before anything is made. */
  private componentText(component: ManagedComponent | ComponentByArn): unknown {
    const revision = "arn" in component ? component.revision : undefined;
    return [revision ?? this.componentArn(component), component.parameters];
  }

  private usualType(): string {
    return parentArchitecture(this.props.parentImage) === "arm64" ? "t4g.medium" : "t3.medium";
  }

  /** What is started and made by Image Builder does not get the provider's tags. */
  private tags(): Record<string, string> {
    const { project, environment } = contextOf(this);
    return { Project: project, Environment: environment };
  }
}

function parameterArguments({ parameters = {} }: ManagedComponent | ComponentByArn): {
  parameter?: { name: string; value: string }[];
} {
  const entries = Object.entries(parameters);
  return entries.length > 0 ? { parameter: entries.map(([name, value]) => ({ name, value })) } : {};
}
