/**
 * The main score by its parts (lengths, sets, kinds of goal) of each benchmark that has no table in the
 * paper's layout.
 *
 * @module
 */
import { hasLayout } from "../layouts.ts";
import { orderedVariants, variantTitle } from "../results.ts";
import { subtaskScores } from "../scores.ts";
import { scoreSources, scoreWords } from "./score_columns.ts";
import type { Table } from "./table.ts";

/** Table of main scores by subtask; without columns where no benchmark has parts. */
export const scoresBySubtask: Table = {
  name: "scores_by_subtask",
  title: "Scores by subtask",
  table(results) {
    const columns = subtaskScores(results).filter(({ benchmark }) =>
      !hasLayout(results, benchmark)
    );
    const sources = scoreSources(results, columns);
    return {
      name: "scores_by_subtask",
      caption: `Subtasks of the benchmarks: ${scoreWords(results, columns)}`,
      columns: [
        { header: "Method", group: "", align: "left" },
        ...sources.map(({ column }) => column),
      ],
      rows: orderedVariants(results).map((variant) => [
        { kind: "text", text: variantTitle(results, variant) },
        ...sources.map(({ cell }) => cell(variant)),
      ]),
    };
  },
};
