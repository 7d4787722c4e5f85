import { join } from "node:path";
import type { RunResult } from "../../engine/process";
import type { StackInfo } from "../../engine/project";
import { protectedResources } from "../../engine/protection";
import type { Terraform } from "../../engine/terraform";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const root = temporaryFolder();
const lifecycle = { prevent_destroy: true };

/** A stack with a protected volume, several protected buckets, and a VPC that is not. */
const stack: StackInfo = { id: "prod-data", directory: root, dependencies: [], remoteStates: {}, resources: {} };
writeFile(
  join(root, "cdk.tf.json"),
  JSON.stringify({
    resource: {
      aws_ebs_volume: { uploads: { lifecycle } },
      aws_s3_bucket: { logs: { for_each: ["a", "b"], lifecycle } },
      aws_vpc: { vpc: {} },
    },
  }),
);

function stateWith(addresses: readonly string[], result: Partial<RunResult> = {}): Terraform {
  const done = { exitCode: 0, stdout: "", stderr: "", interrupted: false, ...result };
  return {
    init: () => Promise.resolve(undefined),
    stateAddresses: () => Promise.resolve({ result: done, addresses }),
  } as unknown as Terraform;
}

test("what is protected is found in the state, each of several too", async () => {
  const there = ["aws_vpc.vpc", 'aws_s3_bucket.logs["a"]', 'aws_s3_bucket.logs["b"]', "aws_s3_bucket.other"];
  expect(await protectedResources([stack], stateWith(there))).toEqual({
    kept: [
      { stack, address: 'aws_s3_bucket.logs["a"]' },
      { stack, address: 'aws_s3_bucket.logs["b"]' },
    ],
  });
});

test("nothing is in the way where the state holds none of it", async () => {
  expect(await protectedResources([stack], stateWith(["aws_vpc.vpc"]))).toEqual({ kept: [] });
});

test("a state that could not be read, or not to its end, is told and not taken for an empty one", async () => {
  for (const result of [{ exitCode: 1 }, { interrupted: true }])
    expect(await protectedResources([stack], stateWith([], result))).toMatchObject({
      failed: stack,
      step: "plan",
      result,
    });
});
