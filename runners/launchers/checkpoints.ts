/**
 * Checkpoints come and go: their facts and hashes stay in the records, their weights only as long as they are needed.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cellFolder } from "../../data/logs.ts";
import type { Cell } from "../../data/types.ts";
import { CHECKPOINT } from "../cells/finish_compress.ts";
import { madeBy } from "./waves.ts";

/**
 * Cells to do, in the plan's order: those that are not done, and those done whose deleted checkpoint one of these needs.
 *
 * @param wanted The cells that are asked for.
 * @param done Ids of the cells with a good record.
 */
export function cellsToDo(
  wanted: readonly Cell[],
  done: ReadonlySet<string>,
  runs: string,
): Cell[] {
  const byId = new Map(wanted.map((cell) => [cell.id, cell]));
  const open = new Set(wanted.filter(({ id }) => !done.has(id)).map(({ id }) => id));
  for (const id of [...open]) {
    const checkpoint = madeBy(byId.get(id)!, byId)?.id;
    if (checkpoint === undefined) continue;
    if (!existsSync(join(cellFolder(runs, checkpoint), CHECKPOINT))) open.add(checkpoint);
  }
  return wanted.filter(({ id }) => open.has(id));
}

/**
 * Deletes checkpoints that are made and that no open cell of the plan needs.
 *
 * @param done Ids of the cells with a good record; a failed one is open, since it is tried again.
 */
export async function reclaim(
  checkpoints: Iterable<Cell>,
  cells: readonly Cell[],
  done: ReadonlySet<string>,
  runs: string,
): Promise<void> {
  const needed = new Set(cells.filter(({ id }) => !done.has(id)).flatMap(({ needs }) => needs));
  for (const { id, kind } of checkpoints) {
    if (kind !== "compress" || !done.has(id) || needed.has(id)) continue;
    await Deno.remove(join(cellFolder(runs, id), CHECKPOINT), { recursive: true }).catch(
      (error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      },
    );
  }
}
