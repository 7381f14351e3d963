/**
 * Which checkpoints stand on the disk at the same time.
 *
 * @module
 */
import type { Cell } from "../../data/types.ts";

/** Checkpoints that are made, evaluated and, where told so, deleted together. */
export interface Wave {
  /** Ids of the cells that make them. */
  checkpoints: string[];
  bytes: number;
}

/**
 * The cell that makes the checkpoint of a cell: itself, or the one that it needs.
 *
 * @param cells All cells of the plan by id.
 */
export function checkpointOf(cell: Cell, cells: ReadonlyMap<string, Cell>): Cell {
  return madeBy(cell, cells)!;
}

/** The same; undefined for cells of an endpoint, which have no checkpoint here. */
export function madeBy(cell: Cell, cells: ReadonlyMap<string, Cell>): Cell | undefined {
  if (cell.kind === "compress") return cell;
  return cells.get(cell.needs.find((id) => cells.get(id)?.kind === "compress")!);
}

/**
 * Splits work by checkpoints: a model's together, fewer where they would not fit.
 *
 * A baseline comes before its variants in a plan, so that its text is there in time.
 *
 * @param todo Cells to do, in the plan's order.
 * @param model The model of a variant, by its id.
 * @param bytes Size of a checkpoint.
 * @param space Bytes that the checkpoints of a wave may take; one is taken in any case.
 */
export function wavesOf(
  todo: readonly Cell[],
  cells: ReadonlyMap<string, Cell>,
  model: (variant: string) => string,
  bytes: (checkpoint: Cell) => number,
  space: number,
): Wave[] {
  const needed = new Set(todo.map((cell) => madeBy(cell, cells)?.id));
  const waves: Wave[] = [];
  let current = "";
  for (const cell of cells.values()) {
    if (!needed.has(cell.id)) continue;
    const own = bytes(cell);
    const last = waves.at(-1);
    if (last && model(cell.variant) === current && last.bytes + own <= space) {
      last.checkpoints.push(cell.id);
      last.bytes += own;
    } else waves.push({ checkpoints: [cell.id], bytes: own });
    current = model(cell.variant);
  }
  return waves;
}
