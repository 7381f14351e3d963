/**
 * All tables by name, in the order of the report.
 *
 * @module
 */
import { calibrationSpread } from "./calibration_spread.ts";
import { checkpoints } from "./checkpoints.ts";
import { methodsByBenchmark } from "./methods_by_benchmark.ts";
import { otherScoresTable } from "./other_scores.ts";
import { scoresBySubtask } from "./scores_by_subtask.ts";
import type { Table } from "./table.ts";

/** Tables by name. */
export const TABLES: Record<string, Table> = {
  methods_by_benchmark: methodsByBenchmark,
  scores_by_subtask: scoresBySubtask,
  other_scores: otherScoresTable,
  checkpoints,
  calibration_spread: calibrationSpread,
};
