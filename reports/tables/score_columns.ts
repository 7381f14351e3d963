/**
 * Columns of scores: value with interval, and the paired difference from the baseline.
 *
 * @module
 */
import { fixed, listed, signed, withInterval } from "../../analysis/numbers.ts";
import type { Variant } from "../../data/types.ts";
import { absent } from "../failures.ts";
import type { TableCell, TableColumn } from "../render/table_data.ts";
import { isBaseline, type Results, summaryOf } from "../results.ts";
import { intervalNames, modelNames, sampleCounts, unbroken } from "../sampling.ts";
import { evaluateCells, type ScoreColumn } from "../scores.ts";

/** A column and what fills it. */
export interface Source {
  column: TableColumn;
  cell(variant: Variant): TableCell;
}

/** What a caption says of the scores in these columns. */
export function scoreWords(results: Results, columns: ScoreColumn[]): string {
  const lines = results.summary.filter((row) =>
    columns.some((column) =>
      row.benchmark === column.benchmark && row.subtask === column.subtask &&
      row.metric === column.metric
    )
  );
  const differences = [...new Set(lines.flatMap((row) => row.difference_interval ?? []))].sort();
  return `${modelNames(results)} under compression. Scores are means over samples (${
    sampleCounts(lines)
  }) with ${intervalNames(lines)}${
    differences.length === 0
      ? ""
      : `; Δ is the paired difference from the baseline with ${
        unbroken(listed(differences))
      } intervals`
  }.`;
}

/** Sources of score columns. */
export function scoreSources(results: Results, columns: ScoreColumn[]): Source[] {
  return columns.map((column) => ({
    column: {
      header: column.subtask === "all" ? "all" : column.subtask,
      group: `${column.benchmark} (${column.metric})`,
      align: "right",
    },
    cell(variant) {
      const cells = evaluateCells(results, variant.id, column.benchmark);
      const row = summaryOf(results, { ...column, variant: variant.id, parameter: null });
      if (!row || row.mean === null) return absent(results, cells, `${column.benchmark}`);
      const write = (value: number) => fixed(value, 3);
      const lines = [withInterval(row.mean, row.low, row.high, write)];
      if (!isBaseline(results, variant) && row.difference !== null) {
        lines.push(
          "Δ " + withInterval(
            row.difference,
            row.difference_low,
            row.difference_high,
            (value) => signed(value, 3),
          ),
        );
      }
      return { kind: "value", lines, cells: cells.map(({ id }) => id) };
    },
  }));
}
