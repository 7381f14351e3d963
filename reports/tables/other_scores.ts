/**
 * Scores beside the main ones: partial credit, such as the share of right arguments.
 *
 * @module
 */
import { orderedVariants, variantTitle } from "../results.ts";
import { otherScores } from "../scores.ts";
import { scoreSources, scoreWords } from "./score_columns.ts";
import type { Table } from "./table.ts";

/** Table of further scores; without columns where every benchmark has one score. */
export const otherScoresTable: Table = {
  name: "other_scores",
  title: "Further scores",
  table(results) {
    const columns = otherScores(results);
    const sources = scoreSources(results, columns);
    return {
      name: "other_scores",
      caption: `Further scores of ${scoreWords(results, columns)}`,
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
