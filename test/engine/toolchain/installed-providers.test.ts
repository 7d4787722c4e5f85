import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { missingProviders } from "../../../engine/toolchain/installed-providers";
import { temporaryFolder, writeFile } from "../../support/temporary-folder";

const stack = temporaryFolder();
const required_providers = {
  aws: { source: "hashicorp/aws" },
  tls: { source: "tls" },
  thing: { source: "example.com/team/thing" },
};
writeFile(join(stack, "cdk.tf.json"), JSON.stringify({ terraform: { required_providers } }));
writeFile(
  join(stack, ".terraform.lock.hcl"),
  'provider "registry.terraform.io/hashicorp/tls" {\n  version = "4.0.6"\n}\n',
);

test("the providers that are missing are named, with the pinned version, until they are installed", () => {
  expect(missingProviders(stack)).toEqual(["hashicorp/aws", "hashicorp/tls 4.0.6", "example.com/team/thing"]);
  for (const installed of ["registry.terraform.io/hashicorp/tls/4.0.6", "example.com/team/thing"])
    mkdirSync(join(stack, ".terraform", "providers", installed), { recursive: true });
  expect(missingProviders(stack)).toEqual(["hashicorp/aws"]);
});
