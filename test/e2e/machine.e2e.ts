import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { jsonDocument } from "../support/andamio-json";
import { projectCopy } from "../support/project-copy";
import { NOWHERE, refused, type Refusal } from "../support/refused";
import { succeeded, type CommandOptions } from "../support/run-command";
import { writeProgram } from "../support/temporary-folder";

/** On a machine that has Node, and nothing else that andamio needs. */
const copy = projectCopy({ tools: false });

/** A PATH that leads to a Terraform of this version only. */
function pathWithTerraform(version: string): string {
  const answer = JSON.stringify({ terraform_version: version, terraform_outdated: false });
  return dirname(writeProgram(copy.path(`terraform ${version}`, "terraform"), `console.log('${answer}');`));
}

const machine = (PATH: string, more: NodeJS.ProcessEnv = {}): Partial<CommandOptions> => ({
  env: { PATH, ANDAMIO_TERRAFORM: undefined, ANDAMIO_PYTHON: undefined, ANDAMIO_TERRAFORM_MIRROR: NOWHERE, ...more },
});

const bare = (more?: NodeJS.ProcessEnv): Partial<CommandOptions> => {
  mkdirSync(copy.path("bare"), { recursive: true });
  return machine(copy.path("bare"), more);
};

const unreachable: Refusal = {
  code: "EMULATOR_UNREACHABLE",
  exitCode: 3,
  says: /No AWS emulator answers at http:\/\/127\.0\.0\.1:1\./,
  fix: /npx andamio emulator start/,
};

describe("a machine that lacks what a run needs is told so, with what mends it", () => {
  test.each<[string, string[], Refusal, () => Partial<CommandOptions>]>([
    [
      "no emulator where the flag names one",
      ["apply", "dev", "--auto-approve", "--emulator", NOWHERE],
      unreachable,
      bare,
    ],
    [
      "no emulator where ANDAMIO_EMULATOR names one",
      ["apply", "dev", "--auto-approve"],
      unreachable,
      () => bare({ ANDAMIO_EMULATOR: NOWHERE }),
    ],
    [
      "no emulator of the project's own",
      ["apply", "dev", "--auto-approve", "--emulator"],
      {
        code: "EMULATOR_NOT_RUNNING",
        exitCode: 3,
        says: /No AWS emulator is running for this project/,
        fix: /npx andamio emulator start.*npm run up/,
      },
      bare,
    ],
    [
      "no Terraform",
      ["apply", "dev", "--auto-approve"],
      {
        code: "TERRAFORM_MISSING",
        exitCode: 3,
        says: /Terraform 1\.11\.0 or newer is needed, and none was found/,
        fix: /"npm run up" gets one.*ANDAMIO_TERRAFORM=<path> names one/,
      },
      bare,
    ],
    [
      "a Terraform that is too old",
      ["apply", "dev", "--auto-approve"],
      {
        code: "TERRAFORM_TOO_OLD",
        exitCode: 3,
        says: /Terraform 1\.5\.7 is too old: 1\.11\.0 or newer is needed/,
        fix: /"npm run up" gets one.*ANDAMIO_TERRAFORM=<path> names one/,
      },
      () => machine(pathWithTerraform("1.5.7")),
    ],
    [
      "no Terraform, and none to be downloaded",
      ["up"],
      {
        code: "TERRAFORM_DOWNLOAD_FAILED",
        exitCode: 1,
        says: /Terraform cannot be downloaded/,
        fix: /^Install it with ".*", or set ANDAMIO_TERRAFORM_MIRROR/,
      },
      bare,
    ],
    [
      "no Python to run the emulator with",
      ["up"],
      {
        code: "PYTHON_MISSING",
        exitCode: 3,
        says: /The emulator needs Python 3\.10 or newer, and none was found/,
        fix: /ANDAMIO_PYTHON=<path>.*ANDAMIO_EMULATOR=http/,
      },
      () => machine(pathWithTerraform("1.11.4")),
    ],
  ])("%s", async (_what, args, refusal, options) => {
    const { seconds } = await refused(copy, args, refusal, options());
    expect(seconds).toBeLessThan(10);
  });

  test("and is left as it was: nothing runs, and nothing was synthesized", async () => {
    expect(jsonDocument(succeeded(await copy.andamio(["emulator", "status", "--json"])))).toMatchObject({
      running: false,
    });
    expect(copy.exists("cdktf.out")).toBe(false);
    expect(copy.exists(".andamio", "emulator", "out")).toBe(false);
  });
});
