/**
 * Rows of the results log: their order and their columns.
 *
 * @module
 */
import type { Row } from "../data/logs.ts";
import type { Cell, ResultRow } from "../data/types.ts";
import type { Measured } from "./metrics/metric.ts";

/** A result with its weight, where the summary pools by one. */
export interface MeasuredRow extends ResultRow {
  weight?: number;
}

/** The benchmark under which the metrics of a checkpoint's weights stand. */
export const WEIGHTS = "weights";

/** Results of a metric on a cell. */
export function resultRows(
  cell: Cell,
  metric: string,
  values: Measured[],
  subtask = "all",
): MeasuredRow[] {
  return values.map((value) => ({
    ...value,
    cellId: cell.id,
    variant: cell.variant,
    benchmark: cell.benchmark ?? WEIGHTS,
    subtask,
    metric,
    seed: cell.seed,
  }));
}

/** Order of the rows on disk: it depends on nothing but the rows. */
export function compareResults(a: ResultRow, b: ResultRow): number {
  return compare(a.variant, b.variant) || compare(a.benchmark, b.benchmark) ||
    compare(a.subtask, b.subtask) || compare(a.metric, b.metric) ||
    compare(a.parameter, b.parameter) || compare(a.sampleId, b.sampleId) ||
    compare(a.position, b.position) || compare(a.seed, b.seed) || compare(a.cellId, b.cellId);
}

/** Null first; text by code units, whatever the locale. */
export function compare<T extends string | number>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/** A result as the columns of the log. */
export function resultColumns(row: ResultRow): Row {
  return {
    cell_id: row.cellId,
    variant: row.variant,
    benchmark: row.benchmark,
    subtask: row.subtask,
    metric: row.metric,
    parameter: row.parameter,
    sample_id: row.sampleId,
    position: row.position,
    seed: row.seed,
    value: row.value,
    reason: row.reason,
  };
}
