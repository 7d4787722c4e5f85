import { decode } from "@jridgewell/sourcemap-codec";
import { transformSync } from "esbuild";

interface FlatMap {
  readonly sources: readonly string[];
  readonly positions: Int32Array;
}

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the runner is plain JavaScript
const { flatten, originalPosition } = require("../../bin/source-positions") as {
  flatten: (text: string) => FlatMap;
  originalPosition: (map: FlatMap, line: number, column: number) => Position | undefined;
};

const source = `interface Greeting {
  readonly text: string;
}

export function greet(name: string): Greeting {
  return { text: \`hello \${name}\` };
}

export const first = greet("first"), second = greet("second");
`;

const { code, map } = transformSync(source, { loader: "ts", sourcemap: true, sourcefile: "greet.ts" });
const flat = flatten(map);

/** Line and column of a text, counted from 1. */
function positionOf(text: string, wanted: string): { readonly line: number; readonly column: number } {
  const before = text.slice(0, text.indexOf(wanted)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

test.each(["greet(name", "return {", 'greet("first")', 'greet("second")'])("finds where %s was written", (wanted) => {
  const { line, column } = positionOf(code, wanted);
  expect(originalPosition(flat, line, column)).toEqual({ file: "greet.ts", ...positionOf(source, wanted) });
});

test("finds every position of the map itself, and between two the one before", () => {
  const segments = decode((JSON.parse(map) as { mappings: string }).mappings);
  for (const [line, ofLine] of segments.entries()) {
    for (const [index, [column, , originalLine = 0, originalColumn = 0]] of ofLine.entries()) {
      const expected = { file: "greet.ts", line: originalLine + 1, column: originalColumn + 1 };
      expect(originalPosition(flat, line + 1, column + 1)).toEqual(expected);
      const next = ofLine[index + 1]?.[0] ?? Infinity;
      if (next > column + 1) expect(originalPosition(flat, line + 1, column + 2)).toEqual(expected);
    }
  }
});

test("knows nothing of lines that the map does not have, and of what comes before the first position", () => {
  expect(originalPosition(flat, code.split("\n").length + 1, 1)).toBeUndefined();
  expect(originalPosition(flatten(JSON.stringify({ sources: ["a.ts"], mappings: ";CAAA" })), 2, 1)).toBeUndefined();
  expect(originalPosition(flatten(JSON.stringify({ sources: ["a.ts"], mappings: ";CAAA" })), 2, 2)).toBeDefined();
  expect(originalPosition(flatten(JSON.stringify({ sources: [], mappings: "" })), 1, 1)).toBeUndefined();
});
