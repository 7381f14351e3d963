/**
 * What the choice of calibration texts does to a score, apart from the error of the benchmark's samples.
 *
 * @module
 */
import { fixed, significant } from "../../analysis/numbers.ts";
import {
  type CalibrationComponents,
  calibrationComponents,
} from "../../analysis/statistics/calibration_components.ts";
import type { Variant } from "../../data/types.ts";
import type { TableCell, TableColumn } from "../render/table_data.ts";
import { type Results, rowsOf, variantTitle } from "../results.ts";
import { mainScores, type ScoreColumn } from "../scores.ts";
import { drawsOf } from "../draws.ts";
import type { Table } from "./table.ts";

const right = (header: string, group = ""): TableColumn => ({ header, group, align: "right" });

const COLUMNS: TableColumn[] = [
  { header: "Method", group: "", align: "left" },
  { header: "Score", group: "", align: "left" },
  right("Seeds"),
  right("Samples"),
  right("Mean"),
  right("of a calibration seed", "Standard deviation"),
  right("of the samples", "Standard deviation"),
  right("Standard error"),
];

/** Table of the spread over calibration seeds; empty unless a method was calibrated with several. */
export const calibrationSpread: Table = {
  name: "calibration_spread",
  title: "Spread over calibration seeds",
  table(results) {
    const several = drawsOf(results).filter(({ variants }) => variants.length > 1);
    const rows = several.flatMap(({ variants }) =>
      mainScores(results).flatMap((column) => row(results, variants, column))
    );
    return {
      name: "calibration_spread",
      caption:
        "Scores of methods that were calibrated with several seeds, each of which picks other " +
        "texts. The standard deviation of a calibration seed is what another choice of texts does to " +
        "the benchmark's mean; that of the samples, what other samples of the benchmark would (both " +
        "from an analysis of variance over seeds and samples). The standard error is that of the mean " +
        "over all seeds and samples and counts both.",
      columns: rows.length === 0 ? [] : COLUMNS,
      rows,
    };
  },
};

function row(results: Results, group: Variant[], column: ScoreColumn): TableCell[][] {
  const scores = group.map(({ id }) => scoresOf(results, id, column));
  // Only samples that have a score under every seed can be compared.
  const common = [...scores[0]!.keys()].filter((sample) => scores.every((own) => own.has(sample)));
  if (common.length < 2) return [];
  const found = calibrationComponents(
    scores.map((own) => common.map((sample) => own.get(sample)!)),
  );
  const cells = results.plan.cells.filter((cell) =>
    cell.kind === "evaluate" && cell.benchmark === column.benchmark &&
    group.some(({ id }) => id === cell.variant) &&
    results.records.get(cell.id)?.status === "done"
  ).map(({ id }) => id);
  const value = (text: string): TableCell => ({ kind: "value", lines: [text], cells });
  return [[
    { kind: "text", text: variantTitle(results, group[0]!) },
    { kind: "text", text: scoreName(column) },
    ...numbers(found).map(value),
  ]];
}

function numbers(found: CalibrationComponents): string[] {
  return [
    String(found.seeds),
    String(found.samples),
    fixed(found.mean, 3),
    significant(found.calibrationSd, 2),
    significant(found.samplingError, 2),
    significant(found.standardError, 2),
  ];
}

function scoreName({ benchmark, subtask, metric }: ScoreColumn): string {
  return [benchmark, ...(subtask === "all" ? [] : [subtask]), metric].join(" ");
}

/** Scores of a variant by sample and sampling seed. */
function scoresOf(
  results: Results,
  variant: string,
  { benchmark, subtask, metric }: ScoreColumn,
): Map<string, number> {
  const scores = new Map<string, number>();
  for (const line of rowsOf(results, metric)) {
    if (line.variant !== variant || line.benchmark !== benchmark) continue;
    if (subtask !== "all" && line.subtask !== subtask) continue;
    if (line.sample_id === null || line.value === null) continue;
    scores.set(
      JSON.stringify([line.subtask, line.sample_id, line.parameter, line.seed]),
      line.value,
    );
  }
  return scores;
}
