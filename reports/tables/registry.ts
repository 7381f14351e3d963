/**
 * All tables by name, in the order of the report.
 *
 * @module
 */
import { batchedAnswers } from "./batched_answers.ts";
import { calibrationSpread } from "./calibration_spread.ts";
import { checkpoints } from "./checkpoints.ts";
import { damageBySpan } from "./damage_by_span.ts";
import { episodes } from "./episodes.ts";
import { family } from "./family.ts";
import { longContext } from "./long_context.ts";
import { methodsByBenchmark } from "./methods_by_benchmark.ts";
import { otherScoresTable } from "./other_scores.ts";
import { scoresBySubtask } from "./scores_by_subtask.ts";
import { toolUse } from "./tool_use.ts";
import { workflows } from "./workflows.ts";
import type { Table } from "./table.ts";
import { verdicts } from "./verdicts.ts";

/** Tables by name. */
export const TABLES: Record<string, Table> = {
  verdicts,
  methods_by_benchmark: methodsByBenchmark,
  tool_use: toolUse,
  workflows,
  long_context: longContext,
  batched_answers: batchedAnswers,
  episodes,
  scores_by_subtask: scoresBySubtask,
  other_scores: otherScoresTable,
  damage_by_span: damageBySpan,
  family,
  checkpoints,
  calibration_spread: calibrationSpread,
};
