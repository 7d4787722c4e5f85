import Table from "cli-table3";

const NO_BORDERS = Object.fromEntries(
  [
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ]
    .flat()
    .map((name) => [name, ""]),
);

/** Rows in columns, two spaces apart, without lines around them. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const columns = new Table({
    head: [...head],
    chars: { ...NO_BORDERS, middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: head.map((_title, column) => (rows.every((row) => typeof row[column] === "number") ? "right" : "left")),
  });
  columns.push(...rows.map((row) => [...row]));
  return columns
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
