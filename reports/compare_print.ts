/**
 * What an experiment measured beside what ACBench prints at the same place of its tables.
 *
 * @module
 */
import type { PaperCell } from "../data/paper/acbench.ts";
import { PAPER_LAYOUTS, type PaperColumn } from "../data/paper/layouts.ts";
import { type Draws, drawsOf } from "./draws.ts";
import { LAYOUTS } from "./layouts.ts";
import { paperColumn, paperCompression, paperModel, plain, tablesOf } from "./paper_mapping.ts";
import type { Results } from "./results.ts";
import { type ScoreEstimate, scoreEstimate, type ScorePart } from "./score_estimates.ts";
import { evaluateCells } from "./scores.ts";

/** What was measured for a cell, in the unit of its table. */
export interface Measured {
  value: number;
  /** Ends of the interval of the value; null where there is none. */
  low: number | null;
  high: number | null;
  /** Name of the interval. */
  interval: string | null;
  /** Samples behind the value. */
  samples: number;
  /** Ids of the plan's cells that it was measured on. */
  sources: string[];
}

/** A printed cell beside what was measured. */
export interface Comparison {
  printed: PaperCell;
  measured: Measured;
  /** Measured minus printed, in the unit of the table; null where nothing is printed. */
  difference: number | null;
  /** True when the printed value lies outside of the measured interval; null where that cannot be said. */
  exceeds: boolean | null;
}

/** A row of a table that the experiment has. */
interface Row {
  draws: Draws;
  benchmark: string;
}

/**
 * Every printed cell that the experiment measured too, in the order of the paper. Of several methods that the paper
 * would name alike the plan's first is meant; calibration seeds of one are averaged sample by sample.
 *
 * @param printed Cells of the paper.
 * @returns Empty when the experiment has no model of the paper on one of the paper's benchmarks.
 */
export function comparePrint(results: Results, printed: readonly PaperCell[]): Comparison[] {
  const rows = rowsOf(results, new Set(printed.map(({ model }) => model)));
  return printed.flatMap((cell) => {
    const row = rows.get(rowKey(cell.table, cell.model, cell.compression));
    const measured = row && measuredAt(results, row, cell);
    if (!measured) return [];
    const stated = cell.reading ?? cell.value;
    const { value, low, high } = measured;
    return [{
      printed: cell,
      measured,
      difference: stated === null ? null : value - stated,
      exceeds: stated === null || low === null || high === null
        ? null
        : stated < low || stated > high,
    }];
  });
}

function rowKey(table: number, model: string, compression: string): string {
  return JSON.stringify([table, model, compression]);
}

/** The experiment's methods by the table, model and compression that the paper has for them. */
function rowsOf(results: Results, models: ReadonlySet<string>): Map<string, Row> {
  const rows = new Map<string, Row>();
  const benchmarks = new Set(results.summary.map(({ benchmark }) => benchmark));
  for (const draws of drawsOf(results)) {
    if (draws.role === "floor") continue;
    const model = paperModel(draws.model, models);
    for (const benchmark of benchmarks) {
      for (const table of tablesOf(benchmark)) {
        const key = rowKey(table, model, paperCompression(draws.variants[0]!, table));
        if (!rows.has(key)) rows.set(key, { draws, benchmark });
      }
    }
  }
  return rows;
}

function measuredAt(results: Results, { draws, benchmark }: Row, cell: PaperCell): Measured | null {
  const parts = partsOf(results, benchmark, cell);
  const estimate = parts && scoreEstimate(results, draws, parts);
  if (!estimate || estimate.mean === null) return null;
  const scale = PAPER_LAYOUTS[cell.table]!.unit === "fraction" ? 1 : 100;
  return {
    ...scaled(estimate, scale),
    interval: estimate.interval,
    samples: estimate.n,
    sources: draws.variants.flatMap(({ id }) =>
      evaluateCells(results, id, benchmark).map((one) => one.id)
    ),
  };
}

function scaled({ mean, low, high }: ScoreEstimate, scale: number) {
  const times = (end: number | null) => end === null ? null : scale * end;
  return { value: scale * mean!, low: times(low), high: times(high) };
}

/** The scores of a place: as the benchmark's layout makes it of the experiment's, or one of the same name. */
function partsOf(
  results: Results,
  benchmark: string,
  { table, group, column }: PaperColumn & { table: number },
): ScorePart[] | null {
  const layout = LAYOUTS.find(({ benchmarks }) => benchmarks.includes(plain(benchmark)));
  const made = layout?.columns(results, benchmark).find((one) =>
    one.group === group && (one.header === "mean11" ? "Overall" : one.header) === column
  );
  if (made) return made.parts;
  const line = results.summary.find((line) => {
    if (line.benchmark !== benchmark || line.parameter !== null) return false;
    const place = paperColumn(table, line.subtask, line.metric);
    return place?.group === group && place.column === column;
  });
  return line ? [{ benchmark, subtask: line.subtask, metric: line.metric, weight: 1 }] : null;
}
