import { readFileSync } from "node:fs";

/** What was asked for cannot be checked. */
export class UncheckableError extends Error {
  /**
   * @param code for programs: API
   * @param message what is wrong, naming the file
   * @param fix the next command, or what to name instead
   */
  constructor(
    readonly code:
      | "NOTHING_TO_CHECK"
      | "UNREADABLE"
      | "NOT_JSON"
      | "NOT_TERRAFORM"
      | "NOT_A_PLAN"
      | "SIDE_FILE_INVALID"
      | "SIDE_FILE_NEWER",
    message: string,
    readonly fix: string,
  ) {
    super(message);
    this.name = "UncheckableError";
  }
}

const FIX = "Let cdktf or terraform show -json write it again.";

/**
 * What a file of JSON holds. It may begin with a byte order mark, and be UTF-16: both are what PowerShell's `>` writes.
 * @throws UncheckableError when it cannot be read, or is not JSON
 */
export function readJson(file: string): unknown {
  const content = readText(file);
  try {
    return JSON.parse(content);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UncheckableError("NOT_JSON", `${file} is not JSON: ${withoutContent(error.message, content)}.`, FIX);
  }
}

/** What a file of text holds. @throws UncheckableError when it cannot be read */
export function readText(file: string): string {
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UncheckableError(
      "UNREADABLE",
      `${file} cannot be read: ${REASONS[code] ?? code}.`,
      "Name a file that can be read, or take it away.",
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "it is a link to itself",
  ENOENT: "it is not there, or a link to nowhere",
};

function decoded(bytes: Buffer): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function encodingOf([first, second]: Buffer): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** The parser quotes what it stumbled over, which may be a secret: only the place is told. */
function withoutContent(message: string, content: string): string {
  if (content.trim() === "") return "it is empty";
  const [, position] = /position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return `a mistake ${placeOf(content, Number(position))}`;
  const [, token] = /^Unexpected token '(.)'/su.exec(message) ?? [];
  return token === undefined ? "it ends too early" : `an unexpected ${JSON.stringify(token)}`;
}

function placeOf(content: string, position: number): string {
  const lines = content.slice(0, position).split("\n");
  return `in line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}
