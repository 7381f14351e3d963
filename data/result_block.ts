/**
 * Measured values in columns: what the results log holds row by row, a block at a time.
 *
 * @module
 */

/** Where the values of a block stand: all that they share. */
export interface BlockKey {
  cellId: string;
  variant: string;
  benchmark: string;
  subtask: string;
  metric: string;
  parameter: string | null;
  /** Null for the weights of a checkpoint. */
  seed: number | null;
}

/** Values by sample and position. */
export interface ValueColumns {
  /** Samples that the values are of; null stands for the whole run. */
  samples: readonly (string | null)[];
  /** Of each value, the index of its sample in `samples`. */
  sample: Int32Array;
  /** Of each value, the index of the predicted token in the continuation; null where the values are of whole samples. */
  position: Int32Array | null;
  /** The values; NaN where one is missing. */
  value: Float64Array;
  /** Of each value, 1 + the index in `reasons` of why it is missing, 0 where it exists; null where all exist. */
  reason: Uint32Array | null;
  reasons: readonly string[];
}

/** Values of one metric, with one parameter, on one cell. */
export interface ResultBlock extends BlockKey, ValueColumns {}

/** The value at an index; null where it is missing. */
export function valueAt({ value, reason }: ValueColumns, index: number): number | null {
  return reason !== null && reason[index] !== 0 ? null : value[index]!;
}

/** Why the value at an index is missing; null where it exists. */
export function reasonAt({ reason, reasons }: ValueColumns, index: number): string | null {
  return reason === null || reason[index] === 0 ? null : reasons[reason[index]! - 1]!;
}
