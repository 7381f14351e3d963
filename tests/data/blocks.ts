/**
 * Blocks of results for tests.
 *
 * @module
 */
import { reasonAt, type ResultBlock, type Row, valueAt } from "../../data/logs.ts";

/** A block as rows of the log. */
export function rowsIn(block: ResultBlock): Row[] {
  return Array.from(block.value, (_, index) => ({
    cell_id: block.cellId,
    variant: block.variant,
    benchmark: block.benchmark,
    subtask: block.subtask,
    metric: block.metric,
    parameter: block.parameter,
    sample_id: block.samples[block.sample[index]!]!,
    position: block.position && block.position[index]!,
    seed: block.seed,
    value: valueAt(block, index),
    reason: reasonAt(block, index),
  }));
}
