/**
 * Scores of an experiment as cells of ACBench's tables, so that one code draws print and measurement.
 *
 * @module
 */
import type { PaperCell } from "../data/paper/acbench.ts";
import { PAPER_LAYOUTS, type PaperColumn } from "../data/paper/layouts.ts";
import type { SummaryLine } from "../data/result_schema.ts";
import type { Variant } from "../data/types.ts";
import { LAYOUTS } from "./layouts.ts";
import { paperColumn, paperCompression, paperModel, plain, tableOf } from "./paper_mapping.ts";
import type { Results } from "./results.ts";
import { scoreEstimate } from "./score_estimates.ts";
import { evaluateCells } from "./scores.ts";

/** A cell of a table that was measured, in the unit of the table. */
export interface MeasuredCell extends PaperCell {
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

/** Digits after the point that a table prints. */
function digits(table: number): number {
  return table === 8 ? 1 : 2;
}

/** Scores lie in 0 to 1; percentages are printed in most tables. */
function scaleOf(table: number): number {
  return PAPER_LAYOUTS[table]!.unit === "fraction" ? 1 : 100;
}

function scaled(value: number | null, table: number): number | null {
  return value === null ? null : value * scaleOf(table);
}

function measuredCell(
  place: Pick<MeasuredCell, "table" | "model" | "compression" | "group" | "column">,
  line: Found | null,
  variant: Variant,
  sources: string[],
): MeasuredCell {
  const value = scaled(line?.mean ?? null, place.table);
  return {
    ...place,
    metric: line?.metric ?? "",
    value,
    printed: value === null ? "" : value.toFixed(digits(place.table)),
    reading: null,
    flag: value === null ? "missing" : null,
    note: value === null ? "Not measured." : "",
    modelAsExtracted: variant.model,
    compressionAsExtracted: variant.title,
    line: 0,
    position: null,
    row: 0,
    low: scaled(line?.low ?? null, place.table),
    high: scaled(line?.high ?? null, place.table),
    interval: line?.interval ?? null,
    samples: line?.n ?? 0,
    sources,
  };
}

/** What was measured for one place of a table. */
type Found = Pick<SummaryLine, "metric" | "mean" | "low" | "high" | "interval" | "n">;

/** The score of a place: as the benchmark's layout makes it of the experiment's, or one of the same name. */
function foundFor(
  results: Results,
  variant: Variant,
  benchmark: string,
  table: number,
  { group, column }: PaperColumn,
): Found | null {
  const layout = LAYOUTS.find(({ benchmarks }) => benchmarks.includes(plain(benchmark)));
  const made = layout?.columns(results, benchmark).find((one) =>
    one.group === group && (one.header === "mean11" ? "Overall" : one.header) === column
  );
  if (made) {
    const estimate = scoreEstimate(results, { variants: [variant] }, made.parts);
    return estimate ? { ...estimate, metric: made.parts[0]!.metric } : null;
  }
  return results.summary.find((line) => {
    if (line.variant !== variant.id || line.benchmark !== benchmark || line.parameter !== null) {
      return false;
    }
    const place = paperColumn(table, line.subtask, line.metric);
    return place?.group === group && place.column === column;
  }) ?? null;
}

/**
 * Places the scores of an experiment in the tables of the paper. A row that has one score has all
 * columns of its table, those that were not measured flagged missing. Two variants that the paper would
 * name alike keep their own titles.
 *
 * @param results The experiment.
 * @param printed Cells of the paper.
 * @returns The measured rows; empty when no benchmark is one of the paper's.
 */
export function measuredCells(results: Results, printed: PaperCell[]): MeasuredCell[] {
  const known = new Set(printed.map(({ model }) => model));
  const benchmarks = [...new Set(results.summary.map(({ benchmark }) => benchmark))];
  const taken = new Set<string>();
  return benchmarks.flatMap((benchmark) =>
    results.plan.variants.flatMap((variant) => {
      const model = paperModel(variant.model, known);
      const table = tableOf(benchmark, model, variant, printed);
      if (table === null) return [];
      const columns = PAPER_LAYOUTS[table]!.columns.map((place) => ({
        place,
        found: foundFor(results, variant, benchmark, table, place),
      }));
      if (columns.every(({ found }) => found === null)) return [];
      const named = paperCompression(variant, table);
      const compression = taken.has(`${table}\n${model}\n${named}`) ? variant.title : named;
      taken.add(`${table}\n${model}\n${compression}`);
      const sources = evaluateCells(results, variant.id, benchmark).map(({ id }) => id);
      return columns.map(({ place: { group, column }, found }) =>
        measuredCell(
          { table, model, compression, group, column },
          found,
          variant,
          found === null ? [] : sources,
        )
      );
    })
  );
}

/** A printed cell beside the measured one. */
export interface Comparison {
  printed: PaperCell;
  measured: MeasuredCell;
  /** Measured minus printed, in the unit of the table; null where one has no value. */
  difference: number | null;
  /** True when the printed value lies outside of the measured interval; null where that cannot be said. */
  exceeds: boolean | null;
}

/** Pairs of printed and measured cells of the same place, in the order of the paper. */
export function comparePrint(printed: PaperCell[], measured: MeasuredCell[]): Comparison[] {
  const key = (cell: PaperCell) =>
    [cell.table, cell.model, cell.compression, cell.group, cell.column].join("\n");
  const byPlace = new Map(measured.map((cell) => [key(cell), cell]));
  return printed.flatMap((cell) => {
    const own = byPlace.get(key(cell));
    if (!own || own.value === null) return [];
    const stated = cell.reading ?? cell.value;
    const difference = stated === null ? null : own.value - stated;
    const exceeds = stated === null || own.low === null || own.high === null
      ? null
      : stated < own.low || stated > own.high;
    return [{ printed: cell, measured: own, difference, exceeds }];
  });
}
