/**
 * All tables by name, in the order of the report.
 *
 * @module
 */
import { calibrationSpread } from "./calibration_spread.ts";
import { checkpoints } from "./checkpoints.ts";
import { damageBySpan } from "./damage_by_span.ts";
import { methodsByBenchmark } from "./methods_by_benchmark.ts";
import { otherScoresTable } from "./other_scores.ts";
import { scoresBySubtask } from "./scores_by_subtask.ts";
import type { Table } from "./table.ts";
import { verdicts } from "./verdicts.ts";

/** Tables by name. */
export const TABLES: Record<string, Table> = {
  verdicts,
  methods_by_benchmark: methodsByBenchmark,
  scores_by_subtask: scoresBySubtask,
  other_scores: otherScoresTable,
  damage_by_span: damageBySpan,
  checkpoints,
  calibration_spread: calibrationSpread,
};
