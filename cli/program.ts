import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { ExitCode } from "../engine/errors";
import type { WaitingThread } from "../engine/program";
import { flagsOf, withVariable } from "./flag-variables";
import { Session } from "./session";
import type { Terminal } from "./terminal";

export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly packageDir: string;
  readonly waiting?: WaitingThread;
  readonly terminal: Terminal;
  /** Told what a command came to. */
  readonly done: (exitCode: ExitCode) => void;
  /** Told the help of a command that was called without saying which of its commands is meant. */
  readonly help: (text: string) => void;
}

/** What a command is given: the words that its syntax names, and its flags. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- commander's words and flags have no types
type Action = (session: Session, args: any, flags: any) => Promise<ExitCode>;

/** The words of the command line. What a command does is in `commands/`, loaded when it is called. */
export function createProgram(options: ProgramOptions): Command {
  const { terminal } = options;
  const program = new Command("andamio")
    .description("AWS environments as typed code: check them, plan them, apply them, try them out on an emulator.")
    .version(version(options.packageDir))
    .exitOverride()
    .configureOutput({
      // Errors are thrown as well; what is written here and not thrown is help.
      outputError: () => undefined,
      writeErr: options.help,
      writeOut: (text) => process.stdout.write(text),
    })
    .showSuggestionAfterError()
    .helpCommand("help [command]", "show help");

  const add = (syntax: string, description: string, load: () => Promise<Action>, parent = program): Command => {
    const command = parent.command(syntax).description(description).exitOverride();
    command.addOption(flag("--json", "print one JSON document"));
    command.addOption(new Option("--no-color", "no colours"));
    command.action(async (...words: unknown[]) => {
      const flags = flagsOf(command, options.env);
      const args = words.slice(0, -2);
      const action = await load();
      options.done(await action(new Session({ ...options, terminal }), args, flags));
    });
    return command;
  };

  addSurroundings(add);
  addVerbs(add);
  addEmulator(program, add);
  return program;
}

function version(packageDir: string): string {
  return (JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as { version: string }).version;
}

type Add = (syntax: string, description: string, load: () => Promise<Action>, parent?: Command) => Command;

function addSurroundings(add: Add): void {
  add(
    "up [environment]",
    "bring up a whole environment on the emulator (default: dev)",
    async () => (await import("./commands/up.js")).up,
  );
  add("down [environment]", "take away what up made", async () => (await import("./commands/down.js")).down);
  add(
    "bootstrap <environment>",
    "make the bucket that the environment's state is kept in",
    async () => (await import("./commands/bootstrap.js")).bootstrap,
  ).addOption(emulatorFlag());
  add("lock", "pin the providers for all platforms", async () => (await import("./commands/lock.js")).lock)
    .addOption(flag("--upgrade", "take the newest versions that fit"))
    .addOption(flag("--mirror", "take the providers from the local mirror"))
    .addOption(flag("--platform <platform...>", "for these platforms only, e.g. linux_amd64"));
  add("env", "print the settings that other tools need", async () => (await import("./commands/env.js")).env).addOption(
    flag("--shell <shell>", "for which shell").choices(["sh", "fish", "powershell"]).default("sh"),
  );
  add("doctor", "look at everything that a run depends on", async () => (await import("./commands/doctor.js")).doctor);
}

function addVerbs(add: Add): void {
  add("list", "show environments and their stacks", async () => (await import("./commands/list.js")).list);
  add(
    "synth",
    "write the Terraform JSON of all stacks",
    async () => (await import("./commands/synth.js")).synth,
  ).addOption(emulatorFlag());
  add("check [environment]", "show what the rules find", async () => (await import("./commands/check.js")).check)
    .addOption(flag("--dir <directory>", "in a folder of Terraform JSON instead: any cdktf output, or *.tf.json files"))
    .addOption(flag("--plan <file>", "in a plan instead: what terraform show -json printed"))
    .addOption(flag("--baseline <file>", "leave out what an earlier check --json found"))
    .addOption(flag("--no-suppressions", "show what was acknowledged as if it were not"))
    .addOption(flag("--sarif <file>", "also write it as SARIF 2.1.0, for code scanning"))
    .addOption(flag("--junit <file>", "also write it as JUnit XML, for CI"))
    .addOption(flag("--markdown <file>", "also write it as Markdown, for a comment"));
  withRunFlags(
    add(
      "plan <environment> [stacks...]",
      "show what would change",
      async () => (await import("./commands/plan.js")).plan,
    ),
  ).addOption(flag("--detailed-exitcode", "exit with 2 when there are changes"));
  withRunFlags(
    add(
      "apply <environment> [stacks...]",
      "plan, ask, and apply",
      async () => (await import("./commands/apply.js")).apply,
    ),
  )
    .addOption(flag("--auto-approve", "do not ask"))
    .addOption(
      flag(
        "--allow-destroy <address>",
        "let this data store be replaced or deleted (may be given several times)",
      ).argParser(collected),
    );
  withRunFlags(
    add(
      "destroy <environment> [stacks...]",
      "destroy, the last stack first",
      async () => (await import("./commands/destroy.js")).destroy,
    ),
  )
    .addOption(flag("--auto-approve", "do not ask"))
    .addOption(flag("--confirm <environment>", "the environment's name: production is not destroyed without it"));
  add(
    "output <environment> [stacks...]",
    "print the outputs",
    async () => (await import("./commands/output.js")).output,
  )
    .addOption(emulatorFlag())
    .addOption(flag("--all", "also those that only other stacks read"));
}

function addEmulator(program: Command, add: Add): void {
  const emulator = program.command("emulator").description("run AWS on this machine").exitOverride();
  add("start", "start it, or say that it runs", async () => (await import("./commands/emulator.js")).start, emulator);
  add("stop", "stop it; everything in it is gone", async () => (await import("./commands/emulator.js")).stop, emulator);
  add(
    "status",
    "say whether it runs, and where",
    async () => (await import("./commands/emulator.js")).status,
    emulator,
  );
}

function withRunFlags(command: Command): Command {
  return command
    .addOption(emulatorFlag())
    .addOption(flag("--lock-timeout <duration>", "how long to wait for a state lock, e.g. 5m"))
    .addOption(flag("--parallelism <n>", "how many resources Terraform works on at once").argParser(positive))
    .addOption(flag("--no-refresh", "trust the state instead of asking AWS"));
}

function flag(flags: string, description: string): Option {
  return withVariable(new Option(flags, description));
}

function emulatorFlag(): Option {
  return flag("--emulator [url]", "work on the AWS emulator instead of AWS");
}

function collected(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
