/**
 * A cell of the papers as a cell of a table, and what the rows of their tables share.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import { PAPER_LAYOUTS } from "../../data/paper/layouts.ts";
import type { TableCell } from "../render/table_data.ts";

/** Rows of a table: one model under one compression, its cells in the order of the columns. */
export interface PaperRow {
  model: string;
  compression: string;
  cells: PaperCell[];
  /** What is to be known of the whole row; empty for nothing. */
  note: string;
}

/** Where a cell stands in the repository, e.g. `data/paper/acbench/table8.csv#L12`. */
export function paperCellAddress(cell: PaperCell): string {
  return `data/paper/acbench/table${cell.table}.csv#L${cell.row}`;
}

/** The note that all cells of a row begin with; empty when they have none in common. */
export function sharedNote(cells: PaperCell[]): string {
  const shortest = cells.map(({ note }) => note).sort((a, b) => a.length - b.length)[0] ?? "";
  return cells.every(({ note }) => note.startsWith(shortest)) ? shortest : "";
}

/** Rows of a table in the order of the paper. */
export function paperRows(table: number, cells: PaperCell[]): PaperRow[] {
  const { columns } = PAPER_LAYOUTS[table]!;
  const held = cells.filter((cell) => cell.table === table);
  const groups = Map.groupBy(held, ({ model, compression }) => `${model}\n${compression}`);
  return [...groups.values()].map((row) => {
    const placed = columns.map(({ group, column }) => {
      const found = row.find((cell) => cell.group === group && cell.column === column);
      if (!found) throw new TypeError(`Table ${table}: no cell ${group}/${column} in a row`);
      return found;
    });
    const surplus = row.filter(({ column }) => column === "surplus").map(({ note }) => note);
    return {
      model: row[0]!.model,
      compression: row[0]!.compression,
      cells: placed,
      note: [sharedNote(placed), ...surplus].filter((note) => note !== "").join(" "),
    };
  });
}

/** Values that are the best of their column in their block: more than one row, and not all alike. */
export function bestCells(rows: PaperRow[]): Set<PaperCell> {
  const best = new Set<PaperCell>();
  for (const block of Map.groupBy(rows, ({ model }) => model).values()) {
    block[0]!.cells.forEach((_, column) => {
      const printed = block.map((row) => row.cells[column]!).filter(({ value }) => value !== null);
      const values = printed.map(({ value }) => value!);
      const most = Math.max(...values);
      if (most === Math.min(...values)) return;
      for (const cell of printed) if (cell.value === most) best.add(cell);
    });
  }
  return best;
}

/**
 * A cell of a table; what its row's note says already is not said again.
 *
 * @param best Cells in bold.
 */
export function paperTableCell(cell: PaperCell, rowNote = "", best?: Set<PaperCell>): TableCell {
  const shared = rowNote !== "" && cell.note.startsWith(rowNote);
  const own = shared ? cell.note.slice(rowNote.length).trim() : cell.note;
  if (cell.printed === "") {
    return own === "" ? { kind: "text", text: "–" } : { kind: "missing", why: own };
  }
  return {
    kind: "value",
    lines: [cell.printed],
    cells: [paperCellAddress(cell)],
    bold: best?.has(cell) ?? false,
    ...(own !== "" && cell.flag !== null ? { note: `${cell.flag}: ${own}` } : {}),
  };
}
