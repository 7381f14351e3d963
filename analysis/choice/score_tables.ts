/**
 * Values that methods are compared by: one table a benchmark and score.
 *
 * @module
 */
import { metricNamed } from "../metrics/registry.ts";
import { compare } from "./compare.ts";

/** Metrics of captures that are compared beside the scores. Those that need a baseline compare already. */
export const COMPARED_METRICS: ReadonlySet<string> = new Set([
  "brier_score",
  "negative_log_likelihood",
]);

/** Scores of which less is better; of all others more is. */
const LOWER_IS_BETTER = new Set(["steps"]);

/** What of a result is read. */
export interface ScoredRow {
  variant: string;
  benchmark: string;
  subtask: string;
  metric: string;
  parameter: string | null;
  sampleId: string | null;
  seed: number | null;
  value: number | null;
}

/** Values by the key of sample and sampling seed. */
type Values = Map<string, number>;

/** One score of one benchmark. */
export interface ScoreTable {
  benchmark: string;
  metric: string;
  parameter: string | null;
  better: "higher" | "lower";
  /** Whether it lies between 0 and 1, so that a margin of so many hundredths means something. */
  unit: boolean;
  /** Whether every value is 0 or 1. */
  binary: boolean;
  /** Values by variant, then by subtask. */
  variants: Map<string, Map<string, Values>>;
}

/** T-Eval's cosine similarity of a text with itself can be 1.0000001. */
const ROUNDING = 1e-6;

/** Gathers scores and the compared metrics; positions of a sample are averaged. Sorted by benchmark and score. */
export function scoreTables(rows: Iterable<ScoredRow>): ScoreTable[] {
  const tables = new Map<string, ScoreTable & { counts: Map<Values, Map<string, number>> }>();
  for (const row of rows) {
    const { variant, benchmark, subtask, metric, parameter, sampleId, seed, value } = row;
    if (value === null || sampleId === null || !isCompared(metric)) continue;
    if (parameter !== null && metricNamed(metric)) continue;
    const name = JSON.stringify([benchmark, metric, parameter]);
    let table = tables.get(name);
    if (table === undefined) {
      const better = betterOf(metric);
      table = {
        ...{ benchmark, metric, parameter, better },
        unit: true,
        binary: true,
        variants: new Map(),
        counts: new Map(),
      };
      tables.set(name, table);
    }
    const subtasks = table.variants.get(variant) ?? new Map<string, Values>();
    table.variants.set(variant, subtasks);
    const values = subtasks.get(subtask) ?? new Map<string, number>();
    subtasks.set(subtask, values);
    const counts = table.counts.get(values) ?? new Map<string, number>();
    table.counts.set(values, counts);
    const key = JSON.stringify([sampleId, seed]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const before = values.get(key) ?? 0;
    values.set(key, count === 1 ? value : before + (value - before) / count);
  }
  return [...tables.values()].map(({ counts: _, ...table }) => ({ ...table, ...rangeOf(table) }))
    .sort((a, b) =>
      compare(a.benchmark, b.benchmark) || compare(a.metric, b.metric) ||
      compare(a.parameter, b.parameter)
    );
}

/** Whether a metric is compared: every score is, and {@link COMPARED_METRICS} are. */
export function isCompared(metric: string): boolean {
  return metricNamed(metric) === undefined || COMPARED_METRICS.has(metric);
}

function betterOf(metric: string): "higher" | "lower" {
  const known = metricNamed(metric)?.better;
  return known === "lower" || LOWER_IS_BETTER.has(metric) ? "lower" : "higher";
}

function rangeOf({ metric, variants }: ScoreTable): { unit: boolean; binary: boolean } {
  const known = metricNamed(metric);
  let within = !LOWER_IS_BETTER.has(metric);
  let binary = known === undefined;
  for (const subtasks of variants.values()) {
    for (const values of subtasks.values()) {
      for (const value of values.values()) {
        if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) within = false;
        if (value !== 0 && value !== 1) binary = false;
      }
    }
  }
  const bounded = known === undefined || known.range?.low === 0 && known.range.high === 1;
  return { unit: within && bounded, binary };
}

/** Values of a method and its baseline on the samples that all of them have. */
export interface PairedScores {
  /** Ids of the samples. */
  samples: string[];
  /** The method's values: of each calibration seed those of the samples, averaged over sampling seeds. */
  values: number[][];
  baseline: number[];
}

/**
 * Pairs values by sample and sampling seed.
 *
 * @param variants Values of each calibration seed.
 */
export function pairedScores(variants: Values[], baseline: Values): PairedScores {
  const keys = new Map<string, string[]>();
  for (const key of baseline.keys()) {
    if (!variants.every((values) => values.has(key))) continue;
    const [sample] = JSON.parse(key) as [string, number | null];
    keys.set(sample, [...keys.get(sample) ?? [], key]);
  }
  const samples = [...keys.keys()].sort(compare);
  const means = (values: Values) =>
    samples.map((sample) => {
      const own = keys.get(sample)!;
      return own.reduce((sum, key) => sum + values.get(key)!, 0) / own.length;
    });
  return { samples, values: variants.map(means), baseline: means(baseline) };
}
