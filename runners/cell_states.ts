import { cellFolder, readRecord } from "../data/logs.ts";
import type { Cell, RunRecord } from "../data/types.ts";

/** A cell with its record; null when it has not ended. */
export interface CellState {
  cell: Cell;
  record: RunRecord | null;
}

/** Whether the cell asks for what its engine cannot give: no failure, and nothing to try again. */
export function isImpossible(record: RunRecord | null): boolean {
  return record?.error?.kind === "not-possible";
}

/** Reads the records of cells, in their order. */
export async function readStates(runs: string, cells: Cell[]): Promise<CellState[]> {
  return await Promise.all(
    cells.map(async (cell) => ({ cell, record: await readRecord(cellFolder(runs, cell.id)) })),
  );
}
