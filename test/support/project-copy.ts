import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { runCommand, type CommandOptions, type CommandResult } from "./run-command";
import { writeFile } from "./temporary-folder";

export const REPOSITORY = resolve(__dirname, "..", "..");

/** Where tools go that are downloaded: shared with the repository, so that they are downloaded once. */
const SHARED_TOOLS = [join(".andamio", "tools"), join(".andamio", "emulator", "venv")];

type RunOptions = Partial<CommandOptions>;

export interface CopyOptions {
  /** Whether it has what was downloaded before. @default true */
  readonly tools?: boolean;
}

/** What is as in a fresh clone: the repository's own files, its packages, and neither outputs nor states of anybody. */
export class ProjectCopy {
  /** With a space in it, as in many home folders. */
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "andamio e2e-")));
  /** The environment of its commands: that of the tests, without what would change what the commands do. */
  readonly env: NodeJS.ProcessEnv = commandEnvironment();

  constructor({ tools = true }: CopyOptions = {}) {
    const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(REPOSITORY, name)))) {
      mkdirSync(dirname(this.path(file)), { recursive: true });
      copyFileSync(join(REPOSITORY, file), this.path(file));
    }
    linkPackages(this.path("node_modules"));
    for (const tool of SHARED_TOOLS.filter((folder) => tools && existsSync(join(REPOSITORY, folder)))) {
      mkdirSync(dirname(this.path(tool)), { recursive: true });
      symlinkSync(join(REPOSITORY, tool), this.path(tool), "junction");
    }
  }

  path(...names: string[]): string {
    return join(this.directory, ...names);
  }

  exists(...names: string[]): boolean {
    return existsSync(this.path(...names));
  }

  read(...names: string[]): string {
    return readFileSync(this.path(...names), "utf8");
  }

  write(file: string, text: string): void {
    writeFile(this.path(file), text);
  }

  /** Replaces a text that is in the file exactly once. */
  replace(file: string, from: string, to: string): void {
    const before = this.read(file);
    if (before.split(from).length !== 2) throw new Error(`${file} does not hold exactly one ${JSON.stringify(from)}`);
    this.write(
      file,
      before.replace(from, () => to),
    );
  }

  /** Does something while a text is replaced. Afterwards the file is as it was, whatever happened. */
  async whileReplaced<T>(file: string, from: string, to: string, work: () => Promise<T>): Promise<T> {
    const before = this.read(file);
    this.replace(file, from, to);
    try {
      return await work();
    } finally {
      this.write(file, before);
    }
  }

  run(program: string, args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
    return runCommand(program, args, { cwd: this.directory, ...options, env: { ...this.env, ...options.env } });
  }

  /** The command, as `npx andamio` runs it. */
  andamio(args: readonly string[], options?: RunOptions): Promise<CommandResult> {
    return this.run(process.execPath, [this.path("bin", "andamio.js"), ...args], options);
  }

  /** A command of the installed packages, as `npx` runs it. */
  npx(args: readonly string[], options?: RunOptions): Promise<CommandResult> {
    return this.run("npx", ["--no-install", ...args], options);
  }

  async remove(): Promise<void> {
    await this.andamio(["emulator", "stop"]);
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A copy for a test file; afterwards what was started in it is stopped, and it is deleted. */
export function projectCopy(options?: CopyOptions): ProjectCopy {
  // Several run side by side, and a slow machine is not a fault.
  jest.setTimeout(450_000);
  const copy = new ProjectCopy(options);
  afterAll(() => copy.remove());
  return copy;
}

/** Linked one by one: `node_modules/andamio` and the commands of `.bin` then lead to the copy, as after `npm ci` in it. */
function linkPackages(target: string): void {
  const source = join(REPOSITORY, "node_modules");
  mkdirSync(target);
  for (const name of readdirSync(source).filter((entry) => !entry.startsWith(".") && entry !== "andamio")) {
    symlinkSync(join(source, name), join(target, name), "junction");
  }
  symlinkSync(dirname(target), join(target, "andamio"), "junction");
  cpSync(join(source, ".bin"), join(target, ".bin"), { recursive: true, verbatimSymlinks: true });
}

/** Tools that the machine has may be named to the tests; everything else that changes what a command does is left out. */
function commandEnvironment(): NodeJS.ProcessEnv {
  const tools = /^(ANDAMIO_(PYTHON|TERRAFORM|TERRAFORM_MIRROR|PROVIDER_MIRROR)|AWS_CA_BUNDLE|TF_REATTACH_PROVIDERS)$/;
  const other =
    /^(ANDAMIO_|AWS_|TF_|CDKTF_|CI$|FORCE_COLOR|NO_COLOR|NODE_OPTIONS|JEST_|npm_(lifecycle|package|command))/;
  const kept = Object.entries(process.env).filter(([name]) => tools.test(name) || !other.test(name));
  // Less garbage collection in the provider, which is most of what a plan costs.
  return { ...Object.fromEntries(kept), GOGC: "400" };
}
