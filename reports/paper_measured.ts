/**
 * Scores of an experiment as cells of ACBench's tables, so that one code draws print and measurement.
 *
 * @module
 */
import type { PaperCell } from "../data/paper/acbench.ts";
import { PAPER_LAYOUTS } from "../data/paper/layouts.ts";
import type { Variant } from "../data/types.ts";
import { paperColumn, paperCompression, paperModel, tableOf } from "./paper_mapping.ts";
import type { Results, SummaryLine } from "./results.ts";

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
  line: SummaryLine | null,
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
  const rows = new Map<string, { variant: Variant; table: number; lines: SummaryLine[] }>();
  for (const line of results.summary) {
    const variant = results.plan.variants.find(({ id }) => id === line.variant);
    if (!variant || line.parameter !== null) continue;
    const table = tableOf(line.benchmark, paperModel(variant.model, known), variant, printed);
    if (table === null || paperColumn(table, line.subtask, line.metric) === null) continue;
    const key = `${table}\n${variant.id}`;
    const row = rows.get(key) ?? { variant, table, lines: [] };
    row.lines.push(line);
    rows.set(key, row);
  }
  const taken = new Set<string>();
  return [...rows.values()].flatMap(({ variant, table, lines }) => {
    const model = paperModel(variant.model, known);
    const named = paperCompression(variant, table);
    const compression = taken.has(`${table}\n${model}\n${named}`) ? variant.title : named;
    taken.add(`${table}\n${model}\n${compression}`);
    return PAPER_LAYOUTS[table]!.columns.map(({ group, column }) => {
      const line = lines.find((one) => {
        const place = paperColumn(table, one.subtask, one.metric);
        return place?.group === group && place.column === column;
      }) ?? null;
      const sources = line === null
        ? []
        : results.plan.cells.filter((cell) =>
          cell.kind === "evaluate" && cell.variant === variant.id &&
          cell.benchmark === line.benchmark
        ).map(({ id }) => id);
      return measuredCell({ table, model, compression, group, column }, line, variant, sources);
    });
  });
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
