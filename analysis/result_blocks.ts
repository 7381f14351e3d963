/**
 * Blocks of the results log and their order.
 *
 * @module
 */
import type { ResultBlock } from "../data/logs.ts";
import type { Cell } from "../data/types.ts";
import type { Measured } from "./metrics/metric.ts";

/** A block with the weights of its values, where the summary pools by them. */
export interface MeasuredBlock extends ResultBlock {
  weight?: Float64Array;
}

/** The benchmark under which the metrics of a checkpoint's weights stand. */
export const WEIGHTS = "weights";

/** Results of a metric on a cell. */
export function resultBlocks(
  cell: Cell,
  metric: string,
  values: Measured[],
  subtask = "all",
): MeasuredBlock[] {
  return values.map((columns) => ({
    ...columns,
    cellId: cell.id,
    variant: cell.variant,
    benchmark: cell.benchmark ?? WEIGHTS,
    subtask,
    metric,
    seed: cell.seed,
  }));
}

/**
 * Order of the blocks on disk, which depends on nothing but themselves: metrics apart, so that one of them is read
 * without the others. Within a block values stand by sample and position.
 */
export function compareBlocks(a: BlockPlace, b: BlockPlace): number {
  return compare(a.metric, b.metric) || compare(a.variant, b.variant) ||
    compare(a.benchmark, b.benchmark) || compare(a.subtask, b.subtask) ||
    compare(a.parameter, b.parameter) || compare(a.seed, b.seed) || compare(a.cellId, b.cellId);
}

/** What the order goes by. */
type BlockPlace = Pick<
  ResultBlock,
  "metric" | "variant" | "benchmark" | "subtask" | "parameter" | "seed" | "cellId"
>;

/** Null first; text by code units, whatever the locale. */
export function compare<T extends string | number>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
