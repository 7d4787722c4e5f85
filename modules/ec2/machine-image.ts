import type { Construct } from "constructs";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";

/**
 * What an instance starts from: an AMI by its id, or by the SSM parameter in which its owner publishes the newest one.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
 */
export type MachineImage = { readonly id: string } | { readonly ssmParameter: string };

/** Amazon Linux 2023, the newest one, for the architecture of the instance type. */
export function amazonLinux(instanceType: string): MachineImage {
  return {
    ssmParameter: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architectureOf(instanceType)}`,
  };
}

/**
 * The architecture of an instance type: Graviton families have a `g` after their generation (`t4g`, `m7gd`), and `a1` is the first
 * of them. https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): "arm64" | "x86_64" {
  const family = instanceType.split(".")[0] ?? "";
  return /^[a-z]+\d+g/.test(family) || family === "a1" ? "arm64" : "x86_64";
}

/** The id of an image; one that is published in a parameter is looked up when Terraform plans. */
export function imageId(scope: Construct, image: MachineImage): string {
  if ("id" in image) return image.id;
  // The parameter is public: `insecure_value` is the same value, not marked as a secret.
  return new DataAwsSsmParameter(scope, "image", { name: image.ssmParameter }).insecureValue;
}
