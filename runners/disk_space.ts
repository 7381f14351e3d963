/**
 * What a run needs on the disk, and what there is.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "./errors.ts";
import type { Estimate } from "./estimate.ts";
import { formatBytes } from "./format.ts";
import { type Wave, wavesOf } from "./launchers/waves.ts";
import type { Plan } from "../data/logs.ts";
import type { Cell } from "../data/types.ts";

/** Bytes at most. */
export interface DiskNeeds {
  logs: number;
  /** All checkpoints that are still to be made. */
  checkpoints: number;
  /** Free where the runs are. */
  free: number;
  /** Checkpoints that are on the disk together when the others are deleted in time. */
  waves: Wave[];
  /** Logs, and the largest of these waves. */
  reclaimed: number;
  /** Logs and all checkpoints. */
  kept: number;
}

/** Bytes free on the file system of a folder that need not be there yet. */
export async function freeBytes(folder: string): Promise<number> {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  return bavail * bsize;
}

/** What cells to do need, in the plan's order. */
export function diskNeeds(
  todo: readonly Cell[],
  { cells, variants }: Plan,
  estimate: (cell: Cell) => Estimate,
  free: number,
): DiskNeeds {
  const sum = (parts: readonly Cell[]) =>
    parts.reduce((total, cell) => total + estimate(cell).bytes, 0);
  const compress = todo.filter(({ kind }) => kind === "compress");
  const logs = sum(todo.filter(({ kind }) => kind !== "compress"));
  const made = new Set(compress.map(({ id }) => id));
  const models = new Map(variants.map(({ id, model }) => [id, model]));
  const waves = wavesOf(
    todo,
    new Map(cells.map((cell) => [cell.id, cell])),
    (variant) => models.get(variant)!,
    (cell) => made.has(cell.id) ? estimate(cell).bytes : 0,
    free - logs,
  );
  const checkpoints = sum(compress);
  return {
    logs,
    checkpoints,
    free,
    waves,
    reclaimed: logs + Math.max(0, ...waves.map(({ bytes }) => bytes)),
    kept: logs + checkpoints,
  };
}

/** One line for the reader. */
export function describeNeeds({ checkpoints, free, logs, reclaimed, kept }: DiskNeeds): string {
  return `disk: at most ${formatBytes(kept)} (logs ${formatBytes(logs)}, checkpoints ${
    formatBytes(checkpoints)
  }), ${formatBytes(reclaimed)} at a time with --reclaim; ${formatBytes(free)} free`;
}

/**
 * Refuses what would not fit.
 *
 * @throws {UserError} That says what is needed, found, and could be done.
 */
export function checkSpace({ free, kept, reclaimed }: DiskNeeds, reclaims: boolean, runs: string) {
  const needed = reclaims ? reclaimed : kept;
  if (needed <= free) return;
  const other = !reclaims && reclaimed <= free
    ? `add --reclaim (then at most ${formatBytes(reclaimed)} at a time), `
    : "";
  throw new UserError(
    `The disk is too small: up to ${formatBytes(needed)} are needed in ${runs}, ` +
      `${
        formatBytes(free)
      } are free; ${other}ask for fewer captured samples, name another folder ` +
      `with --runs, or go on all the same with --force`,
  );
}
