/**
 * Cuts a table that is wider than a page into blocks of columns that are set one below the other.
 *
 * @module
 */
import { groupsOf, type ShownTable } from "./table_data.ts";
import { textWidth } from "./text_width.ts";

/** Size of a table's text and space between columns, in pt. */
const SIZE = 7;
const GAP = 6;

/** Width in pt that a column of long texts gets; its texts are broken. */
export const LONG_COLUMN = 150;

/** True when a column's texts are to be broken. */
export function isLong(table: ShownTable, column: number): boolean {
  return table.columns[column]!.align === "left" && widthOf(table, column) > LONG_COLUMN;
}

function widthOf(table: ShownTable, column: number): number {
  return Math.max(
    textWidth(table.columns[column]!.header, SIZE),
    ...table.rows.flatMap((row) => row[column]!.lines.map((line) => textWidth(line, SIZE))),
  );
}

/**
 * Splits between groups of columns, or inside a group that is too wide by itself. Every block begins with
 * the first column, which names the rows.
 *
 * @param width Width of the page in pt; a single column may be wider.
 */
export function tableBlocks(table: ShownTable, width: number): ShownTable[] {
  const widths = table.columns.map((_, index) =>
    GAP + (isLong(table, index) ? LONG_COLUMN : widthOf(table, index))
  );
  const blocks: number[][] = [];
  for (const run of groupRuns(table)) {
    const total = (columns: number[]) =>
      columns.reduce((sum, column) => sum + widths[column]!, widths[0]!);
    const last = blocks.at(-1);
    if (last && total([...last, ...run]) <= width) {
      last.push(...run);
      continue;
    }
    let block: number[] = [];
    for (const column of run) {
      if (block.length > 0 && total([...block, column]) > width) {
        blocks.push(block);
        block = [];
      }
      block.push(column);
    }
    blocks.push(block);
  }
  return blocks.map((columns) => pick(table, [0, ...columns]));
}

/** Indices of all columns but the first, by group. */
function groupRuns({ columns }: ShownTable): number[][] {
  const runs: number[][] = [];
  columns.forEach(({ group }, index) => {
    if (index === 0) return;
    const last = runs.at(-1);
    if (last && group !== "" && columns[last[0]!]!.group === group) last.push(index);
    else runs.push([index]);
  });
  return runs;
}

function pick(table: ShownTable, indices: number[]): ShownTable {
  const columns = indices.map((index) => table.columns[index]!);
  return {
    ...table,
    columns,
    groups: groupsOf(columns),
    rows: table.rows.map((row) => indices.map((index) => row[index]!)),
  };
}
