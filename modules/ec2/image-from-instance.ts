import { Construct } from "constructs";
import { AmiFromInstance } from "@cdktf/provider-aws/lib/ami-from-instance";
import { awsName, Problems, shown } from "../core";
import { checkAccounts, createLaunchPermissions, type SharedWith } from "./launch-permissions";
import { architectureOf, type ImageById } from "./machine-image";

/** One image of the instance, as it is when the version is first applied. */
export interface ImageVersion {
  /**
   * Restart the instance first, so that everything it has in memory is on its disks. Without it there is no interruption, and the image is what a
   * power cut would leave behind: files may be broken, databases need their recovery. It is read once: changing it afterwards replaces the image.
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html
   * @default true
   */
  readonly reboot?: boolean;
  /**
   * At most 255 characters.
   * @default none
   */
  readonly description?: string;
}

export interface ImageFromInstanceProps extends SharedWith {
  /**
   * What is taken: its root volume and every volume that is attached. Of an `Instance`, the images know who logs in and their architecture.
   */
  readonly instance: {
    readonly id: string;
    readonly loginUser?: string | undefined;
    readonly props?: { readonly instanceType: string };
  };
  /**
   * The images, by the name of their version. Each is taken when it is first applied and stays as it was: to roll back, start from an earlier one. Dropping
   * a version deletes its image and the snapshots in it.
   */
  readonly versions: Readonly<Record<string, ImageVersion>>;
}

/**
 * Images of a whole instance, with all its disks, by version. (A `Snapshot` is of one volume.)
 *
 * A version is taken once: when the instance is replaced by another one, the images of the old one stay. Replaced by: a change of a version's
 * `reboot`. Costs: the snapshots in it, by the GiB and month.
 *
 * @example
 * const golden = new ImageFromInstance(this, "golden", { instance: builder, versions: { "v1": {}, "v2": {} } });
 * new Instance(this, "app", { vpc, instanceType: "t4g.small", image: golden.images.v2 });
 */
export class ImageFromInstance extends Construct {
  /** By the names in `versions`: what `image` of an instance takes. */
  readonly images: Readonly<Record<string, ImageById>>;
  /** By the names in `versions`. */
  readonly resources: Readonly<Record<string, AmiFromInstance>>;

  /** @throws InvalidConstructError when there is no version, or an account is none */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImageFromInstanceProps,
  ) {
    super(scope, id);
    this.check();
    this.resources = this.createImages();
    const { loginUser, props: hardware } = props.instance;
    const architecture = hardware && architectureOf(hardware.instanceType);
    this.images = Object.fromEntries(
      Object.entries(this.resources).map(([version, { id }]) => [version, { id, loginUser, architecture }]),
    );
  }

  private check(): void {
    const problems = new Problems(this, "ImageFromInstance");
    const versions = Object.keys(this.props.versions);
    problems.require(versions.length > 0, `versions must name one or more, got ${shown(versions)}`);
    checkAccounts(problems, this.props);
    problems.throwIfAny();
  }

  private createImages(): Record<string, AmiFromInstance> {
    const entries = Object.entries(this.props.versions).map(([version, options]): [string, AmiFromInstance] => [
      version,
      this.createImage(version, options),
    ]);
    return Object.fromEntries(entries);
  }

  private createImage(version: string, { reboot = true, description }: ImageVersion): AmiFromInstance {
    const scope = new Construct(this, version);
    const image = new AmiFromInstance(scope, "Resource", {
      name: awsName(scope, "machineImage"),
      description,
      sourceInstanceId: this.props.instance.id,
      snapshotWithoutReboot: !reboot,
      // Another instance must not take the images of the one before it away.
      lifecycle: { ignoreChanges: ["source_instance_id"] },
    });
    createLaunchPermissions(scope, image.id, this.props);
    return image;
  }
}
