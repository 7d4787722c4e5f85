import type { Construct } from "constructs";
import { contextOf } from "../core";
import type { Architecture, ImageById } from "../ec2/machine-image";

/** Images that AWS keeps in Image Builder, by name; `list-images --owner Amazon` names all of them. */
export type ManagedImageName =
  | "amazon-linux-2023-arm64"
  | "amazon-linux-2023-x86"
  | "ubuntu-server-22-lts-arm64"
  | "ubuntu-server-22-lts-x86"
  | "ubuntu-server-24-lts-arm64"
  | "ubuntu-server-24-lts-x86"
  | "red-hat-enterprise-linux-9-x86"
  | "windows-server-2022-english-full-base-x86"
  | (string & {});

/** An image that AWS keeps in Image Builder. A pipeline notices by itself when there is a newer one. */
export interface ManagedImage {
  readonly managed: ManagedImageName;
  /**
   * `2025.x.x` is the newest of a year.
   * https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html
   * @default "x.x.x": the newest
   */
  readonly version?: string;
}

/** What an image is made from: one that AWS keeps in Image Builder, or any AMI by its id. */
export type ParentImage = ManagedImage | ImageById;

/** As a recipe names it. */
export function parentImageArgument(scope: Construct, image: ParentImage): string {
  if ("id" in image) return image.id;
  const { partition, region } = contextOf(scope);
  return `arn:${partition}:imagebuilder:${region}:aws:image/${image.managed}/${image.version ?? "x.x.x"}`;
}

/** undefined when it cannot be told. */
export function parentArchitecture(image: ParentImage): Architecture | undefined {
  if ("id" in image) return image.architecture;
  if (image.managed.endsWith("-arm64")) return "arm64";
  return image.managed.endsWith("-x86") ? "x86_64" : undefined;
}

/** The device of the root volume; undefined when it cannot be told. */
export function parentRootDevice(image: ParentImage): string | undefined {
  if ("id" in image) return undefined;
  return image.managed.startsWith("amazon-linux") ? "/dev/xvda" : "/dev/sda1";
}
