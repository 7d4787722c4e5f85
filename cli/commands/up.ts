import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, stopEmulator, type RunningEmulator } from "../../engine/emulator/emulator";
import { applyEnvironment, readOutputs, type EnvironmentRun } from "../../engine/environment-run";
import { ExitCode, isAndamioError } from "../../engine/errors";
import { bootstrap } from "../../engine/state/state-bucket";
import { findTerraform, type TerraformBinary } from "../../engine/toolchain/terraform-binary";
import { installTerraform } from "../../engine/toolchain/terraform-install";
import { writeWhole } from "../../engine/whole-file";
import { showOutcomes } from "../outcomes";
import { interruptible } from "../interruptible";
import { countsText } from "../plan-text";
import type { Session } from "../session";
import { bootstrapText } from "./bootstrap";
import { printOutputs, selected } from "./output";

/** What `up` and `down` are for when nothing is named. */
export const DEFAULT_ENVIRONMENT = "dev";

/** `andamio up`: gets what is missing, and brings up an environment on the emulator. */
export async function up(session: Session, [name = DEFAULT_ENVIRONMENT]: readonly [string?]): Promise<ExitCode> {
  const { terminal } = session;
  const binary = await obtainTerraform(session);
  terminal.note(`Terraform ${binary.version}: ${session.shownPath(binary.path)}`);
  const emulator = await terminal.step("Starting the AWS emulator", (update) =>
    interruptible((signal) => startEmulator({ ...session.emulatorOptions, onProgress: update, signal })),
  );
  terminal.note(`AWS emulator: ${emulator.url}`);
  noticeNewEmulator(session, emulator);

  const run = await openRun(session, name, emulator, binary);
  terminal.note(bootstrapText(await bootstrap(name, run.environment)));
  // What the emulator holds is there to be tried out.
  const options = { allowDestroy: "any", confirm: () => Promise.resolve(true) } as const;
  const outcomes = await applyEnvironment(run, events(session), options);
  const failed = outcomes.some(({ status }) => status !== "applied" && status !== "unchanged");
  if (failed) return showOutcomes(session, name, outcomes);

  rememberEmulator(session, emulator);
  const changed = outcomes.filter(({ status }) => status === "applied").map(({ stack }) => stack.id);
  await showResult(session, run, changed);
  return ExitCode.done;
}

/** A name that there is not, or a program that does not synthesize, leaves no emulator behind that was started for it. */
async function openRun(
  session: Session,
  name: string,
  emulator: RunningEmulator & { readonly started: boolean },
  binary: TerraformBinary,
): Promise<EnvironmentRun> {
  try {
    return session.runOn(await session.synthesize(emulator.url), name, [], { binary: binary.path });
  } catch (error) {
    if (emulator.started) await stopEmulator(session);
    throw error;
  }
}

async function obtainTerraform({ terminal, env, projectDir }: Session): Promise<TerraformBinary> {
  try {
    return await findTerraform({ env, projectDir });
  } catch (error) {
    const missing =
      isAndamioError(error) && ["TERRAFORM_MISSING", "TERRAFORM_TOO_OLD", "TERRAFORM_BROKEN"].includes(error.code);
    // One that was named is not replaced behind its owner's back.
    if (!missing || env["ANDAMIO_TERRAFORM"]) throw error;
    terminal.note(`${error.message}: getting one into .andamio/tools.`);
    let shown = -1;
    return terminal.step("Downloading Terraform", (update) =>
      interruptible((signal) =>
        installTerraform({
          env,
          projectDir,
          signal,
          onProgress: ({ receivedBytes, totalBytes }) => {
            const tenth = totalBytes ? Math.floor((10 * receivedBytes) / totalBytes) : 0;
            if (tenth === shown) return;
            shown = tenth;
            update(`${Math.round(receivedBytes / 1e6)} of ${totalBytes ? Math.round(totalBytes / 1e6) : "?"} MB`);
          },
        }),
      ),
    );
  }
}

/** Plans are told in one line each: what is being made is new, and there is a lot of it. */
function events({ terminal }: Session): Parameters<typeof applyEnvironment>[1] {
  return {
    step: (title, work) => terminal.step(title, work),
    planned: (plan) => {
      if ("error" in plan) {
        terminal.note(plan.text);
        terminal.showError(plan.error);
      } else if (plan.status === "changes") {
        terminal.note(`${plan.stack.id}: ${countsText(plan.counts) || "outputs change"}`);
      } else {
        terminal.note(`${plan.stack.id}: no changes`);
      }
    },
  };
}

async function showResult({ terminal }: Session, run: EnvironmentRun, changed: readonly string[]): Promise<void> {
  const { name } = run;
  const outputs = selected(await readOutputs(run), {});
  const result = changed.length === 0 ? `${name} is up: nothing changed.` : `${name} is up.`;
  terminal.print(`\n${terminal.style.green(result)}\n`);
  printOutputs(terminal, outputs);
  terminal.print(`\nWhat to try next:\n${columns(nextSteps(name))}`);
  terminal.document({ environment: name, changed, emulator: run.environment.emulator, outputs });
}

/** Commands, and what they do: in this repository as in any other that has the package. */
function nextSteps(name: string): [string, string][] {
  return [
    [`npx andamio plan ${name} --emulator`, `change something in ${name}, see what it would do`],
    [`npx andamio apply ${name} --emulator`, "and do it"],
    ['eval "$(npx andamio env)"', "point cdktf and the AWS command line at the emulator"],
    ["npx andamio down", "take it all away again"],
  ];
}

function columns(rows: readonly [string, string][]): string {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`).join("\n");
}

interface UpRecord {
  readonly boot_id?: string;
}

/** The emulator keeps everything in memory: a new one knows nothing of what an earlier `up` made. */
function noticeNewEmulator(session: Session, { health }: RunningEmulator): void {
  const last = lastBootId(recordFile(session));
  if (last !== undefined && last !== health.bootId) {
    session.terminal.note(
      "This emulator was started anew: what the last up made went with the old one and is made again.",
    );
  }
}

function lastBootId(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as UpRecord).boot_id;
  } catch {
    // Nothing was up, or nothing is known of it.
    return undefined;
  }
}

function rememberEmulator(session: Session, { health }: RunningEmulator): void {
  writeWhole(recordFile(session), JSON.stringify({ boot_id: health.bootId } satisfies UpRecord));
}

/** Read by `down` as well. */
export function recordFile({ projectDir }: Session): string {
  return join(projectDir, ".andamio", "emulator", "up.json");
}
