import { existsSync } from "node:fs";
import { projectCopy } from "../support/project-copy";
import type { CommandResult } from "../support/run-command";

/* A fault is planted in a copy of the repository, at each of the places where people write one. */

const copy = projectCopy();
const ONE_SERVER = "return this.configured(name, new Instance(this, name, common));";

/** `file:line` of the only line of a file that holds a text. */
function lineOf(file: string, text: string): string {
  const lines = copy.read(file).split("\n");
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  expect(found).toHaveLength(1);
  return `${file}:${found[0]}:`;
}

interface Finding {
  readonly rule: string;
  readonly address: string;
  readonly argument: string;
  readonly value: unknown;
  readonly location: { readonly source?: string; readonly configuration?: string };
}

async function check(): Promise<Finding[]> {
  const { stdout, exitCode } = await copy.andamio(["check", "--json"]);
  expect(exitCode).toBe(4);
  return (JSON.parse(stdout) as { findings: Finding[] }).findings;
}

function synth(): Promise<CommandResult> {
  return copy.run(process.execPath, ["bin/app.js"]);
}

const GP3 = { rule: "ebs-gp3-iops-range", value: 100 };

describe("a fault is told at the line that wrote it", () => {
  test("in main.ts, in a raw provider resource", async () => {
    const planted = `import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";\nconst app = new App();`;
    await copy.whileReplaced("main.ts", "const app = new App();", planted, async () => {
      const raw = `new EbsVolume(app.node.findChild("dev-servers"), "raw", { availabilityZone: "eu-west-1a", size: 10, type: "gp3", iops: 100 });\nsynth(app`;
      await copy.whileReplaced("main.ts", "synth(app", raw, async () => {
        const [finding, ...others] = await check();
        expect(others).toEqual([]);
        expect(finding).toMatchObject({ ...GP3, address: "aws_ebs_volume.raw", argument: "iops" });
        expect(finding?.location.source).toContain(lineOf("main.ts", "new EbsVolume"));
      });
    });
  });

  test("in a stack, in what it hands to a module", async () => {
    const faulty = "new Instance(this, name, { ...common, rootVolume: { iops: 100, sizeGib: 30 } })";
    await copy.whileReplaced("stacks/servers.ts", "new Instance(this, name, common)", faulty, async () => {
      const findings = await check();
      // The same line, in each environment.
      expect(findings).toHaveLength(3);
      for (const finding of findings) {
        expect(finding).toMatchObject({ ...GP3, address: "aws_instance.app" });
        expect(finding.location.source).toContain(lineOf("stacks/servers.ts", "iops: 100"));
      }
    });
  });

  test("in an environment's file, with the key", async () => {
    await copy.whileReplaced(
      "environments/dev.ts",
      "rootVolume: { sizeGib: 20 }",
      "rootVolume: {\n        iops: 100,\n      }",
      async () => {
        const [finding] = await check();
        expect(finding).toMatchObject({ ...GP3, address: "aws_instance.app" });
        expect(finding?.location.source).toContain(lineOf("environments/dev.ts", "iops: 100"));
        expect(finding?.location.configuration).toBe("dev: servers.app.rootVolume.iops");
      },
    );
  });

  test("in the base that environments share, once for all of them", async () => {
    const servers = `servers: { app: { rootVolume: { iops: 100 } } },\n  network:`;
    await copy.whileReplaced("environments/base.ts", "network:", servers, async () => {
      const findings = await check();
      expect(new Set(findings.map(({ location }) => location.source)).size).toBe(1);
      expect(findings[0]?.location.source).toContain(lineOf("environments/base.ts", "iops: 100"));
      const { stderr } = await synth();
      expect(stderr.match(/ebs-gp3-iops-range/g)).toHaveLength(1);
      expect(stderr).toContain("dev-servers, prod-servers, staging-servers");
    });
  });

  test("in what a function of an environment's file makes, where the value is written", async () => {
    const volume = "const volume = (iops: number) => ({ iops });\n\n/** Where work";
    await copy.whileReplaced("environments/dev.ts", "/** Where work", volume, async () => {
      await copy.whileReplaced(
        "environments/dev.ts",
        "rootVolume: { sizeGib: 20 }",
        "rootVolume: volume(100)",
        async () => {
          const [finding] = await check();
          expect(finding?.location.source).toContain(lineOf("environments/dev.ts", "volume(100)"));
          expect(finding?.location.configuration).toBe("dev: servers.app.rootVolume.iops");
        },
      );
    });
  });

  test("in an override, though something is assigned after it", async () => {
    const planted = `{
      const server = new Instance(this, name, common);
      server.resource.addOverride("instance_initiated_shutdown_behavior", "hibernate");
      server.resource.instanceInitiatedShutdownBehavior = "stop";
      return this.configured(name, server);
    }`;
    await copy.whileReplaced("stacks/servers.ts", ONE_SERVER, planted, async () => {
      const [finding] = await check();
      expect(finding?.location.source).toContain(lineOf("stacks/servers.ts", `"hibernate"`));
    });
  });

  test.each([
    ["an override", `server.resource.addOverride("root_block_device.iops", 100);`],
    ["an override of the stack", "this.addOverride(`resource.aws_instance.${name}.root_block_device.iops`, 100);"],
    ["an assignment", `server.resource.instanceInitiatedShutdownBehavior = "hibernate";`],
    ["an assignment to a block", `server.resource.rootBlockDevice.iops = 100;`],
  ])("in an escape hatch: %s", async (_what, statement) => {
    const planted = `{\nconst server = new Instance(this, name, common);\n${statement}\nreturn this.configured(name, server);\n}`;
    await copy.whileReplaced("stacks/servers.ts", ONE_SERVER, planted, async () => {
      const [finding] = await check();
      expect(finding?.location.source).toContain(lineOf("stacks/servers.ts", statement));
    });
  });
});

describe("what a construct refuses is told at the line of its user", () => {
  const BELOW = "synth(app, process.env);";

  test("and at that of the module, however it checks", async () => {
    const refused = `new Vpc(app.node.findChild("dev-network"), "other", { cidr: "10.0.0.0/28", availabilityZones: ["a"] });\n${BELOW}`;
    await copy.whileReplaced("main.ts", "const app", `import { Vpc } from "./modules/vpc";\nconst app`, async () => {
      await copy.whileReplaced("main.ts", BELOW, refused, async () => {
        const { stderr, exitCode } = await synth();
        expect(exitCode).toBe(3);
        expect(stderr).toMatch(/\n {2}at (main\.ts:\d+:1) \(via modules\/vpc\/vpc\.ts:\d+:\d+\)\n$/);
        expect(stderr).toContain(lineOf("main.ts", "new Vpc"));
      });
    });
  });

  test("an acknowledgement too", async () => {
    const refused = `acknowledge(app, { id: "ebs-gp3-iops-range", reason: "todo" });\n${BELOW}`;
    const imported = `import { acknowledge } from "./stacks/acknowledge";\nconst app`;
    await copy.whileReplaced("main.ts", "const app", imported, async () => {
      await copy.whileReplaced("main.ts", BELOW, refused, async () => {
        expect((await synth()).stderr).toContain(`\n  at ${lineOf("main.ts", "acknowledge(app")}1\n`);
      });
    });
  });
});

describe("when something blocks", () => {
  test("synth prints the report, no stack trace, ends with 4 and leaves no manifest", async () => {
    await synth();
    await copy.whileReplaced(
      "environments/dev.ts",
      "rootVolume: { sizeGib: 20 }",
      "rootVolume: { iops: 100 }",
      async () => {
        const { exitCode, stderr } = await synth();
        expect(exitCode).toBe(4);
        expect(stderr.replace(/:\d+:\d+/g, ":0:0").replace(/^ {2}\d+:\d+/gm, "  0:0")).toMatchInlineSnapshot(`
         "environments/dev.ts
           0:0  error ebs-gp3-iops-range  dev-servers
             aws_instance.app: root_block_device.0.iops = 100
             the number of IOPS of a gp3 volume is 3,000 to 80,000
             Fix: Set iops to 3,000 to 80,000.
             Configuration: dev: servers.app.rootVolume.iops
             Made at: stacks/servers.ts:0:0, via modules/ec2/instance.ts:0:0

         1 error. 1 must be mended, or acknowledged with a reason.
         "
        `);
        expect(existsSync(copy.path("cdktf.out", "manifest.json"))).toBe(false);
      },
    );
  });

  test("a reason lets it pass, and stays in the report", async () => {
    const acknowledged = `acknowledge(server, { id: "ebs-gp3-iops-range", reason: "a test volume that nobody reads" });\n    return server;`;
    await copy.whileReplaced("stacks/servers.ts", "return server;", acknowledged, async () => {
      await copy.whileReplaced(
        "stacks/servers.ts",
        `import { EnvironmentStack`,
        `import { acknowledge } from "./acknowledge";\nimport { EnvironmentStack`,
        async () => {
          await copy.whileReplaced(
            "environments/dev.ts",
            "rootVolume: { sizeGib: 20 }",
            "rootVolume: { iops: 100 }",
            async () => {
              const { stdout, exitCode } = await copy.andamio(["check", "--json"]);
              const report = JSON.parse(stdout) as {
                findings: Finding[];
                acknowledged: (Finding & { reason: string })[];
              };
              expect(exitCode).toBe(0);
              expect(report.acknowledged).toMatchObject([{ ...GP3, reason: "a test volume that nobody reads" }]);
              // Staging's server, and production's two, have nothing to silence.
              expect(report.findings.map(({ rule }) => rule)).toEqual(Array(3).fill("acknowledgement-unused"));
            },
          );
        },
      );
    });
  });

  test("an acknowledgement without a reason is refused", async () => {
    const acknowledged = `acknowledge(server, { id: "ebs-gp3-iops-range", reason: "todo" });\n    return server;`;
    await copy.whileReplaced("stacks/servers.ts", "return server;", acknowledged, async () => {
      await copy.whileReplaced(
        "stacks/servers.ts",
        `import { EnvironmentStack`,
        `import { acknowledge } from "./acknowledge";\nimport { EnvironmentStack`,
        async () => {
          const { exitCode, stderr } = await synth();
          expect(exitCode).toBe(3);
          expect(stderr).toContain(
            `the reason for ebs-gp3-iops-range must say why in 15 characters or more, without a placeholder, got "todo"`,
          );
        },
      );
    });
  });
});

describe("what an environment's file acknowledges", () => {
  const whileAcknowledged = (path: string, work: () => Promise<void>): Promise<void> => {
    const policy = `policy: {\n    acknowledge: [\n      { id: "ebs-gp3-iops-range", path: "${path}", reason: "a volume that nobody reads" },\n    ],\n  },`;
    return copy.whileReplaced("environments/dev.ts", `name: "dev",`, `name: "dev",\n  ${policy}`, work);
  };
  const whileFaulty = (work: () => Promise<void>): Promise<void> =>
    copy.whileReplaced("environments/dev.ts", "rootVolume: { sizeGib: 20 }", "rootVolume: { iops: 100 }", work);

  test("is silent, and shown again with --no-suppressions", async () => {
    await whileFaulty(async () => {
      await whileAcknowledged("dev-servers/*", async () => {
        const silenced = await copy.andamio(["check", "--json"]);
        expect(silenced.exitCode).toBe(0);
        expect(JSON.parse(silenced.stdout)).toMatchObject({ findings: [], acknowledged: [GP3] });
        const shown = await copy.andamio(["check", "--json", "--no-suppressions"]);
        expect(shown.exitCode).toBe(4);
        expect(JSON.parse(shown.stdout)).toMatchObject({ findings: [GP3], acknowledged: [] });
      });
    });
  });

  test("is told of at its line when it matches nothing", async () => {
    await whileAcknowledged("dev-nowhere/*", async () => {
      const { stdout, exitCode } = await copy.andamio(["check", "--json"]);
      expect(exitCode).toBe(0);
      const { findings } = JSON.parse(stdout) as { findings: Finding[] };
      expect(findings).toMatchObject([
        { rule: "acknowledgement-unused", location: { configuration: "dev: policy.acknowledge.0" } },
      ]);
      expect(findings[0]?.location.source).toContain(lineOf("environments/dev.ts", "dev-nowhere"));
    });
  });
});

/** Compiled by the type check. */
test("an acknowledgement of a rule that there is not does not compile", () => {
  type Options = import("../../stacks").AcknowledgeOptions;
  // @ts-expect-error -- no such rule
  const wrong: Options = { id: "ebs-gp3-iops", reason: "it is only a test here" };
  expect(wrong).toBeDefined();
});
