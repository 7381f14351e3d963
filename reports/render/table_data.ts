/**
 * A table before it has a format: what the renderers take and the tables make.
 *
 * @module
 */
import { plainLine } from "./plain_line.ts";

/** One cell of a table. */
export type TableCell =
  /** A label; a note below the table says what is to be known of it. */
  | { kind: "text"; text: string; note?: string }
  /**
   * A measured value in one or more lines, and the ids of the cells (of the plan) that it was measured on;
   * set in bold where it is the best of its kind, with a note below the table where one is needed.
   */
  | { kind: "value"; lines: string[]; cells: string[]; bold?: boolean; note?: string }
  /** The cell of the plan failed: why. */
  | { kind: "failed"; reason: string; cells: string[] }
  /** There is no value: why. Shown as an en dash with a note. */
  | { kind: "missing"; why: string };

/** One column. */
export interface TableColumn {
  header: string;
  align: "left" | "right";
  /** Header above neighbouring columns of the same group; empty for none. */
  group: string;
}

/** A table with its caption. */
export interface TableData {
  name: string;
  caption: string;
  columns: TableColumn[];
  /** Rows of as many cells as there are columns; the first cell names the row. */
  rows: TableCell[][];
  /** Indices of the rows above which a thin rule parts blocks; none by default. */
  rules?: number[];
}

/** A cell as every format shows it: safe lines, and the letter of its note. */
export interface ShownCell {
  lines: string[];
  /** Letter of the note below the table; empty for none. */
  mark: string;
  kind: TableCell["kind"];
  cells: string[];
  bold: boolean;
}

/** A note below a table. */
export interface TableNote {
  mark: string;
  text: string;
}

/** A table with its notes gathered and every text reduced to visible lines. */
export interface ShownTable {
  caption: string;
  columns: TableColumn[];
  /** Neighbouring columns by their group; null when no column has one. */
  groups: { header: string; span: number }[] | null;
  rows: ShownCell[][];
  /** Indices of the rows above which a thin rule stands. */
  rules: number[];
  notes: TableNote[];
}

/**
 * Gathers notes, so that one reason has one letter, and makes every text a visible line.
 *
 * @throws {TypeError} When a row has not as many cells as there are columns.
 */
export function showTable(table: TableData): ShownTable {
  const marks = new Map<string, string>();
  const markOf = (why: string) => {
    if (!marks.has(why)) marks.set(why, noteLetter(marks.size));
    return marks.get(why)!;
  };
  const rows = table.rows.map((row, index) => {
    if (row.length !== table.columns.length) {
      throw new TypeError(
        `Table ${table.name}: row ${index} has ${row.length} cells, expected ${table.columns.length}`,
      );
    }
    return row.map((cell) => showCell(cell, markOf));
  });
  const columns = table.columns.map((column) => ({
    ...column,
    header: plainLine(column.header),
    group: plainLine(column.group),
  }));
  return {
    caption: plainLine(table.caption),
    columns,
    groups: groupsOf(columns),
    rows,
    rules: table.rules ?? [],
    notes: [...marks].map(([text, mark]) => ({ mark, text })),
  };
}

function showCell(cell: TableCell, markOf: (why: string) => string): ShownCell {
  const noted = (note?: string) => note ? markOf(plainLine(note)) : "";
  switch (cell.kind) {
    case "text":
      return {
        lines: [plainLine(cell.text)],
        mark: noted(cell.note),
        kind: "text",
        cells: [],
        bold: false,
      };
    case "value":
      return {
        lines: cell.lines.map(plainLine),
        mark: noted(cell.note),
        kind: "value",
        cells: cell.cells,
        bold: cell.bold ?? false,
      };
    case "failed":
      return {
        lines: [`failed: ${plainLine(cell.reason)}`],
        mark: "",
        kind: "failed",
        cells: cell.cells,
        bold: false,
      };
    case "missing":
      return {
        lines: ["–"],
        mark: markOf(plainLine(cell.why)),
        kind: "missing",
        cells: [],
        bold: false,
      };
  }
}

/** Neighbouring columns by their group; null when no column has one. */
export function groupsOf(columns: TableColumn[]): ShownTable["groups"] {
  if (columns.every((column) => column.group === "")) return null;
  const groups: { header: string; span: number }[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last && last.header === group && group !== "") last.span++;
    else groups.push({ header: group, span: 1 });
  }
  return groups;
}

/** a, b, …, z, aa, ab, … */
function noteLetter(index: number): string {
  const letter = String.fromCharCode(97 + index % 26);
  return index < 26 ? letter : noteLetter(Math.floor(index / 26) - 1) + letter;
}
