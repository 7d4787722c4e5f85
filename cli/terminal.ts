import pc from "picocolors";
import type { AndamioError } from "../engine/errors";

export interface TerminalOptions {
  readonly env: NodeJS.ProcessEnv;
  /** One JSON document on stdout, everything else on stderr. */
  readonly json: boolean;
  readonly argv: readonly string[];
}

const HEARTBEAT_MS = 30_000;
const TICK_MS = 1_000;
const JSON_FORMAT = "1.0";

/**
 * What a person or a pipe sees: results on stdout, all else on stderr. Colours and moving lines only where a terminal is;
 * `NO_COLOR`, `FORCE_COLOR`, `TERM=dumb` and `--no-color` are honoured.
 */
export class Terminal {
  readonly json: boolean;
  /** Colours on stdout. */
  readonly color: boolean;
  private readonly errorColor: boolean;
  private readonly live: boolean;
  private readonly debug: boolean;
  private readonly command: string;

  constructor({ env, json, argv }: TerminalOptions) {
    this.json = json;
    this.command = argv.find((word) => !word.startsWith("-")) ?? "";
    const wanted = colorWish(env, argv);
    this.color = !json && (wanted ?? process.stdout.isTTY === true);
    this.errorColor = wanted ?? process.stderr.isTTY === true;
    this.live = process.stderr.isTTY === true && env["TERM"] !== "dumb" && !env["CI"] && !json;
    this.debug = Boolean(env["ANDAMIO_DEBUG"]);
  }

  /** A line of the result. */
  print(text = ""): void {
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  /** The result as the one JSON document. */
  document(content: object): void {
    if (!this.json) return;
    process.stdout.write(
      `${JSON.stringify({ format_version: JSON_FORMAT, command: this.command, ...content }, undefined, 2)}\n`,
    );
  }

  /** A document that has a published format of its own. */
  documentAsIs(document: object): void {
    if (this.json) process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  }

  /** A line about what is going on. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  get style(): ReturnType<typeof pc.createColors> {
    return pc.createColors(this.color);
  }

  /** What happened, where, why, and the next command. With JSON also the document. */
  fail(error: AndamioError): void {
    this.showError(error);
    this.document({ error: errorDocument(error) });
  }

  /** The same, when the document is made elsewhere. */
  showError(error: AndamioError): void {
    const style = pc.createColors(this.errorColor);
    const lines = [`${style.red(style.bold("Error"))} ${style.dim(`[${error.code}]`)} ${error.message}`];
    if (error.where) lines.push(`  Where: ${error.where}`);
    if (error.why) lines.push(`  Why:   ${error.why}`);
    lines.push(`  Fix:   ${error.fix}`);
    this.note(lines.join("\n"));
    if (this.debug) this.note(String((error.cause instanceof Error ? error.cause : error).stack));
  }

  /** Shows that something is going on: a moving line on a terminal, plain lines and a heartbeat elsewhere. */
  async step<T>(title: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    return this.live ? this.liveStep(title, work) : this.plainStep(title, work);
  }

  private async plainStep<T>(title: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    const started = Date.now();
    this.note(`${title} ...`);
    const heartbeat = setInterval(
      () => this.note(`${title}: still going on after ${seconds(started)} s`),
      HEARTBEAT_MS,
    );
    try {
      return await work((detail) => this.note(`  ${detail}`));
    } finally {
      clearInterval(heartbeat);
    }
  }

  private async liveStep<T>(title: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    const { default: ora } = await import("ora");
    const started = Date.now();
    let detail = "";
    const text = (): string => `${title}${detail && `: ${detail}`} ${this.dim(`${seconds(started)} s`)}`;
    const spinner = ora({ text: text(), stream: process.stderr, discardStdin: false, hideCursor: true }).start();
    const clock = setInterval(() => (spinner.text = text()), TICK_MS);
    try {
      const result = await work((line) => {
        detail = line;
        spinner.text = text();
      });
      spinner.succeed(text());
      return result;
    } catch (error) {
      spinner.fail(text());
      throw error;
    } finally {
      clearInterval(clock);
    }
  }

  private dim(text: string): string {
    return pc.createColors(this.errorColor).dim(text);
  }
}

/** An error as JSON shows it. */
export function errorDocument({ code, message, where, why, fix, exitCode }: AndamioError): object {
  return { code, message, where, why, fix, exit_code: exitCode };
}

function colorWish(env: NodeJS.ProcessEnv, argv: readonly string[]): boolean | undefined {
  if (argv.includes("--no-color") || env["NO_COLOR"] || env["TERM"] === "dumb") return false;
  return env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0" ? true : undefined;
}

function seconds(started: number): number {
  return Math.round((Date.now() - started) / 1000);
}
