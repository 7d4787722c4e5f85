import { architectureOf, type Architecture, type ImageLookup, type PublishedImage } from "./machine-image";

/* Images that are known by name. Each follows its publisher: what is newest is found when Terraform plans. */

/**
 * Amazon Linux 2023, the newest one. https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 * @param instanceType takes the image of its architecture @default that of what starts from the image
 */
export function amazonLinux(instanceType?: string): PublishedImage {
  const parameter = (architecture: Architecture): string =>
    `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
  const ssmParameter =
    instanceType === undefined
      ? { arm64: parameter("arm64"), x86_64: parameter("x86_64") }
      : parameter(architectureOf(instanceType));
  return { ssmParameter, loginUser: "ec2-user" };
}

/**
 * Ubuntu Server by Canonical, the newest build of a version.
 * https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
 * @param version `24.04`
 */
export function ubuntu(version: "22.04" | "24.04"): PublishedImage {
  // Canonical publishes with gp3 disks since 23.10, with gp2 before; an instance decides on its disk itself.
  const disk = version === "22.04" ? "ebs-gp2" : "ebs-gp3";
  const parameter = (architecture: string): string =>
    `/aws/service/canonical/ubuntu/server/${version}/stable/current/${architecture}/hvm/${disk}/ami-id`;
  return { ssmParameter: { arm64: parameter("arm64"), x86_64: parameter("amd64") }, loginUser: "ubuntu" };
}

/**
 * Debian, the newest build of a release. https://wiki.debian.org/Cloud/AmazonEC2Image
 * @param release `12`
 */
export function debian(release: "11" | "12" | "13"): PublishedImage {
  const parameter = (architecture: string): string => `/aws/service/debian/release/${release}/latest/${architecture}`;
  return { ssmParameter: { arm64: parameter("arm64"), x86_64: parameter("amd64") }, loginUser: "admin" };
}

/**
 * Windows Server in English, the newest build of a version; for x86_64 only. The licence is included in the instance's price.
 * https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/windows-amis.html
 * @param version `2025`
 * @param edition `full` has the desktop, `core` does not @default "full"
 */
export function windows(version: "2019" | "2022" | "2025", edition: "full" | "core" = "full"): PublishedImage {
  const variant = edition === "full" ? "Full" : "Core";
  const parameter = `/aws/service/ami-windows-latest/Windows_Server-${version}-English-${variant}-Base`;
  return { ssmParameter: { x86_64: parameter }, loginUser: "Administrator" };
}

/**
 * Amazon Linux 2023 with what a container instance of ECS needs, the newest one AWS recommends.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
 */
export function ecsOptimized(): PublishedImage {
  const path = "/aws/service/ecs/optimized-ami/amazon-linux-2023";
  return {
    ssmParameter: { arm64: `${path}/arm64/recommended/image_id`, x86_64: `${path}/recommended/image_id` },
    loginUser: "ec2-user",
  };
}

/** Account that Red Hat publishes under. https://access.redhat.com/solutions/15356 */
const RED_HAT = "309956199498";

/**
 * Red Hat Enterprise Linux, the newest build of a major version.
 * @param license `included`: paid by the hour with the instance; `byol`: you bring a subscription, and Red Hat has shared its gold images with
 * your account @default "included"
 */
export function rhel(version: "8" | "9" | "10", license: "included" | "byol" = "included"): ImageLookup {
  const billing = license === "included" ? "Hourly2" : "Access2";
  return { owners: [RED_HAT], name: `RHEL-${version}.*_HVM*-${billing}-*`, loginUser: "ec2-user" };
}

/**
 * The newest version of a product of AWS Marketplace. Its terms must have been accepted in the account, once, by a person; whether the licence is
 * in the price or is brought is the product's. https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-ami-products.html
 *
 * @param productCode as the seller's page or `describe-images` gives it
 * @param more what else is known of it: name, architecture, login user @default nothing
 */
export function marketplaceImage(
  productCode: string,
  more: Pick<ImageLookup, "name" | "architecture" | "loginUser"> = {},
): ImageLookup {
  return { ...more, owners: ["aws-marketplace"], filters: { "product-code": [productCode] } };
}
