/**
 * Choosing and pairing cells of the papers.
 *
 * @module
 */
import { cellKey, type PaperCell } from "../../data/paper/acbench.ts";
import type { CellPattern, Change, Pairs } from "./claim.ts";

const FIELDS = ["model", "compression", "group", "column", "metric"] as const;

/** A cell beside the one that it is compared with. */
export interface CellPair {
  cell: PaperCell;
  against: PaperCell;
}

/** The number that a claim rests on: the best reading of a flagged cell where it has one, else the print. */
export function numberOf(cell: PaperCell): number | null {
  return cell.reading ?? cell.value;
}

/** Cells by table, kept for as long as the array of cells is: a claim asks for a few rows of one table. */
const byTable = new WeakMap<PaperCell[], Map<number, PaperCell[]>>();

function cellsOfTables(cells: PaperCell[], tables: number[]): PaperCell[] {
  const groups = byTable.get(cells) ?? Map.groupBy(cells, ({ table }) => table);
  byTable.set(cells, groups);
  return tables.flatMap((table) => groups.get(table) ?? []);
}

/** Cells that match a pattern, by table in the order in which the pattern names them. */
export function selectCells(cells: PaperCell[], pattern: CellPattern): PaperCell[] {
  const listed = <T>(value: T | T[]) => Array.isArray(value) ? value : [value];
  const wanted = FIELDS.flatMap((field) => {
    const values = pattern[field];
    return values === undefined ? [] : [{ field, values: listed(values) }];
  });
  const excepted = FIELDS.flatMap((field) => {
    const values = pattern.except?.[field];
    return values ? [{ field, values }] : [];
  });
  return cellsOfTables(cells, listed(pattern.table)).filter((cell) =>
    wanted.every(({ field, values }) => values.includes(cell[field])) &&
    !excepted.some(({ field, values }) => values.includes(cell[field]))
  );
}

/**
 * Pairs cells; a cell without a counterpart in any row makes no pair.
 *
 * @throws RangeError when a cell has two counterparts, or no pair is found at all.
 */
export function pairCells(cells: PaperCell[], { cells: pattern, against, by }: Pairs): CellPair[] {
  const key = (cell: PaperCell) => by.map((field) => cell[field]).join("/");
  const counterparts = Map.groupBy(selectCells(cells, against), key);
  const pairs = selectCells(cells, pattern).flatMap((cell) => {
    const found = counterparts.get(key(cell)) ?? [];
    if (found.length > 1) {
      throw new RangeError(
        `${cellKey(cell)} has ${found.length} counterparts: ${found.map(cellKey).join(", ")}`,
      );
    }
    return found[0] ? [{ cell, against: found[0] }] : [];
  });
  if (pairs.length === 0) {
    throw new RangeError(
      `no pair of cells matches ${JSON.stringify(pattern)} against ${JSON.stringify(against)}`,
    );
  }
  return pairs;
}

/** Change from the counterpart; null where either is not printed, or a percentage of zero is asked. */
export function changeOf({ cell, against }: CellPair, change: Change): number | null {
  const [to, from] = [numberOf(cell), numberOf(against)];
  if (to === null || from === null) return null;
  if (change === "points") return to - from;
  if (from === 0) return to === 0 ? 0 : null;
  return 100 * (to - from) / from;
}
