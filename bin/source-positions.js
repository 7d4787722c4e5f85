"use strict";
/*
 * The positions of a source map as numbers that are kept beside the bundle and searched as they are: to decode a map is a tenth of a
 * small synth, most of it for collecting the garbage.
 */
/** Generated line and column, index of the source (-1: of none), original line and column: each counted from 0. */
const FIELDS = 5;

/** Of a source map's text, its sources and its positions in their order. */
function flatten(text) {
  // Loaded where a bundle is made: most runs find one that is kept.
  const { decode } = require("@jridgewell/sourcemap-codec");
  const { mappings, sources } = JSON.parse(text);
  const positions = decode(mappings).flatMap((segments, line) =>
    segments.flatMap(([column, source = -1, originalLine = 0, originalColumn = 0]) => [
      line,
      column,
      source,
      originalLine,
      originalColumn,
    ]),
  );
  return { sources, positions: Int32Array.from(positions) };
}

/**
 * Where what stands at a line and a column, both counted from 1, was written: as the last position at or before it on its line says.
 * @returns undefined where no position says it
 */
function originalPosition({ sources, positions }, line, column) {
  let low = 0;
  let high = positions.length / FIELDS;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = middle * FIELDS;
    const isAfter = positions[at] > line - 1 || (positions[at] === line - 1 && positions[at + 1] > column - 1);
    if (isAfter) high = middle;
    else low = middle + 1;
  }
  const [foundLine, , source, originalLine, originalColumn] = positions.subarray((low - 1) * FIELDS, low * FIELDS);
  if (low === 0 || foundLine !== line - 1 || source < 0) return undefined;
  return { file: sources[source], line: originalLine + 1, column: originalColumn + 1 };
}

module.exports = { flatten, originalPosition };
