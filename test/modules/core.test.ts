import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { App, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import * as fc from "fast-check";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { awsName, contextOf, firstUserFrame, partitionOf, provideContext } from "../../modules/core";
import { synthesized } from "../support/synthesized";

const snake = fc.stringMatching(/^[a-z][a-z0-9_]{0,80}$/);

describe("addresses", () => {
  test("are the construct ids joined by an underscore, whatever they are, without a hash", () => {
    fc.assert(
      fc.property(fc.array(snake, { minLength: 1, maxLength: 4 }), (ids) => {
        const { resources } = synthesized((stack) => {
          const scope = ids.reduce((parent: Construct, id) => new Construct(parent, id), stack);
          new AwsVpc(scope, "Resource", { cidrBlock: "10.0.0.0/16" });
        });
        expect(Object.keys(resources)).toEqual([`aws_vpc.${ids.join("_")}`]);
      }),
      { numRuns: 30 },
    );
  });

  test("of two paths that come out the same are refused, naming both", () => {
    const build = (): unknown =>
      synthesized((stack) => {
        new AwsVpc(new Construct(stack, "a"), "b_c", { cidrBlock: "10.0.0.0/16" });
        new AwsVpc(new Construct(stack, "a_b"), "c", { cidrBlock: "10.1.0.0/16" });
      });
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "Two constructs have the address aws_vpc.a_b_c:
       - dev-test/a/b_c
       - dev-test/a_b/c
     An address is the construct ids joined by "_". Give one of the two another id."
    `);
  });
});

describe("AWS names", () => {
  const nameOf = (id: string): string => {
    let name = "";
    synthesized((stack) => (name = awsName(new Construct(stack, id), "tag")));
    return name;
  };

  test("are project, environment and path, with hyphens", () => {
    expect(nameOf("web_server")).toBe("acme-dev-web-server");
  });

  test("fit the limit, and two long ones that begin alike stay apart", () => {
    const long = "x".repeat(300);
    expect(nameOf(`${long}a`)).toHaveLength(256);
    expect(nameOf(`${long}a`)).not.toBe(nameOf(`${long}b`));
    expect(nameOf(`${long}a`)).toBe(nameOf(`${long}a`));
  });
});

describe("the context", () => {
  test("is found from anywhere below the stack", () => {
    synthesized((stack) => {
      expect(contextOf(new Construct(new Construct(stack, "a"), "b"))).toEqual({
        project: "acme",
        environment: "dev",
        tier: "development",
        region: "eu-west-1",
        account: "111111111111",
        partition: "aws",
      });
    });
  });

  test("has stated defaults under a stack that is not Andamio's", () => {
    const outdir = mkdtempSync(join(tmpdir(), "andamio-context-"));
    const stack = new TerraformStack(new App({ outdir }), "shop-prod-eu");
    rmSync(outdir, { recursive: true });
    expect(contextOf(stack)).toEqual({
      project: "shop",
      environment: "prod-eu",
      tier: "production",
      region: "",
      account: "",
      partition: "aws",
    });
  });

  test("is what a stack that is not Andamio's says of itself, and the stated defaults for the rest", () => {
    const stack = new TerraformStack(Testing.app(), "shop-prod");
    provideContext(stack, { region: "cn-north-1", account: undefined });
    expect(contextOf(new Construct(stack, "a"))).toEqual({
      project: "shop",
      environment: "prod",
      tier: "production",
      region: "cn-north-1",
      account: "",
      partition: "aws-cn",
    });
  });

  test.each([
    ["eu-west-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("of region %s is in partition %s", (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});

describe("the line that made something", () => {
  const projectDir = join(tmpdir(), "project");
  const main = join(projectDir, "live", "main.mjs");

  test.each([
    ["a file", main],
    ["an ES module, which Node names by its URL", pathToFileURL(main).href],
  ])("is told relative to the project for %s", (_kind, file) => {
    const stack = `Error\n    at new Vpc (${join(projectDir, "node_modules", "andamio", "vpc.js")}:1:1)\n    at ${file}:3:5`;
    expect(firstUserFrame({ stack }, projectDir)).toEqual({ source: "live/main.mjs:3:5" });
  });
});
