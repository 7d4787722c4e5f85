import { join, resolve } from "node:path";
import { isAndamioError } from "../../engine/errors";
import { findMoto, installMoto } from "../../engine/toolchain/python";
import { findTerraform } from "../../engine/toolchain/terraform-binary";
import { installTerraform } from "../../engine/toolchain/terraform-install";
import type { RandomProvider } from "./random-provider";
import { randomProviderWhenNeeded } from "./random-provider/when-needed";

const RANDOM_PROVIDER = Symbol.for("andamio/test/random-provider");
const shared = globalThis as { [RANDOM_PROVIDER]?: RandomProvider | undefined };

/** The stand-in for hashicorp/random that all end-to-end tests use, if there is one. */
export const randomProviderOfTheTests = (): RandomProvider | undefined => shared[RANDOM_PROVIDER];

/**
 * Before the end-to-end tests: Terraform and the emulator, got the way `npm run up` gets them, into this repository's
 * `.andamio`, from where every copy takes them. Without them no end-to-end test says anything, so it fails, with the fix. And the
 * provider hashicorp/random, which has a stand-in.
 */
export default async function obtainTools(): Promise<void> {
  const projectDir = resolve(__dirname, "..", "..");
  const where = { env: process.env, projectDir };
  const onProgress = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    await findTerraform(where).catch((error: unknown) => {
      if (process.env["ANDAMIO_TERRAFORM"]) throw error;
      return installTerraform(where);
    });
    const requirementsFile = join(projectDir, "emulator", "requirements.txt");
    if (!(await findMoto(where))) await installMoto({ ...where, requirementsFile, onProgress });
    shared[RANDOM_PROVIDER] = await randomProviderWhenNeeded(projectDir);
    if (!shared[RANDOM_PROVIDER]) return;
    onProgress(
      "hashicorp/random is in no mirror, and its registry does not answer: a stand-in serves it to the tests.",
    );
    Object.assign(process.env, shared[RANDOM_PROVIDER].env);
  } catch (error) {
    if (!isAndamioError(error)) throw error;
    const lines = [`[${error.code}] ${error.message}`, error.why, `Fix: ${error.fix}`];
    throw new Error(lines.filter(Boolean).join("\n"), { cause: error });
  }
}
