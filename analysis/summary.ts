/**
 * Results over samples: means with intervals, and paired differences from the baseline.
 *
 * @module
 */
import type { Row } from "../data/logs.ts";
import type { Metric } from "./metrics/metric.ts";
import { metricNamed } from "./metrics/registry.ts";
import { compare, type MeasuredRow } from "./result_rows.ts";
import { paired, sampleValues, seedValues, type VariantValues } from "./sample_values.ts";
import type { Estimate } from "./statistics/estimate.ts";
import { pairedProportions } from "./statistics/paired_proportions.ts";
import { pooledByTokens, pooledDifference, type Weighted } from "./statistics/pooled_by_tokens.ts";
import { stratifiedMean } from "./statistics/stratified_mean.ts";
import { tInterval } from "./statistics/t_interval.ts";
import { wilsonInterval } from "./statistics/wilson_interval.ts";

/** One row of `summary.parquet`. */
export interface SummaryRow extends Estimate {
  variant: string;
  benchmark: string;
  subtask: string;
  metric: string;
  parameter: string | null;
  /** Samples that entered; a value of a whole run counts as one. */
  n: number;
  missing: number;
  /** Variant minus baseline; null for the baseline and for metrics that compare already. */
  difference: Estimate | null;
}

/** One number under all variants: the rows of one benchmark, metric and parameter. */
type Subtasks = Map<string, VariantValues>;

/**
 * Summarises results.
 *
 * - The mean is over samples, of each sample's mean over positions and seeds; with a t interval, or
 *   Wilson's where every sample's score under every variant is 0 or 1. Perplexity is pooled by tokens
 *   (see `pooled_by_tokens.ts`).
 * - Intervals of means end where the range of values does: a metric's own, and 0 and 1 for a score that is
 *   a share (every value under every variant lies there). A difference has no such end.
 * - The difference is over the samples that both have.
 * - A score with several subtasks also gets the subtask `all`: the unweighted mean of the subtasks' means.
 *
 * @param baselineOf Gives the baseline of a variant.
 */
export function summarise(
  rows: MeasuredRow[],
  baselineOf: (variant: string) => string,
): SummaryRow[] {
  const summary: SummaryRow[] = [];
  for (const group of grouped(rows, (row) => [row.benchmark, row.metric, row.parameter])) {
    const variants = new Map(
      grouped(group, (row) => [row.variant]).map((own) => [own[0]!.variant, bySubtask(own)]),
    );
    const estimate = estimators(group[0]!.metric, [...variants.values()]);
    const range = rangeOf(group);
    const { benchmark, metric, parameter } = group[0]!;
    for (const [variant, subtasks] of variants) {
      const baseline = baselineOf(variant);
      const theirs = baseline === variant || metricNamed(metric)?.needsBaseline
        ? undefined
        : variants.get(baseline);
      for (const names of subtaskNames(subtasks)) {
        const values = names.map((name) => subtasks.get(name)!);
        const subtask = names.length === 1 ? names[0]! : "all";
        const at = { variant, benchmark, subtask, metric, parameter };
        const others = names.map((name) => theirs?.get(name));
        summary.push({
          ...at,
          n: values.reduce((sum, own) => sum + sampleValues(own.seeds, "samples").size, 0),
          missing: values.reduce((sum, own) => sum + own.missing, 0),
          ...withinRange(estimate.mean(values), range),
          difference: others.every((other) => other !== undefined)
            ? estimate.difference(values, others)
            : null,
        });
      }
    }
  }
  return summary.sort(compareSummaries);
}

/** Each subtask by itself, then all of them where there are several and none is called `all`. */
function subtaskNames(subtasks: Subtasks): string[][] {
  const names = [...subtasks.keys()];
  const single = names.map((name) => [name]);
  return names.length > 1 && !subtasks.has("all") ? [...single, names] : single;
}

interface Estimators {
  mean(strata: VariantValues[]): Estimate;
  difference(variant: VariantValues[], baseline: VariantValues[]): Estimate;
}

function estimators(metric: string, variants: Subtasks[]): Estimators {
  if (metricNamed(metric)?.pooling === "tokens") return BY_TOKENS;
  // One kind of interval for the whole column, whichever variant happens to have only zeros and ones.
  const binary = !metricNamed(metric) &&
    variants.every((subtasks) =>
      [...subtasks.values()].every(({ seeds }) =>
        valuesOf(seeds).every((value) => value === 0 || value === 1)
      )
    );
  const one = binary ? wilsonInterval : (values: number[]) => tInterval(values);
  const two = binary ? pairedProportions : (values: number[]) => tInterval(values, "paired t");
  return {
    mean: (strata) => overStrata(strata.map(({ seeds }) => valuesOf(seeds)), one, "stratified t"),
    difference: (variant, baseline) =>
      overStrata(
        variant.map(({ seeds }, index) => {
          const common = paired(seeds, baseline[index]!.seeds);
          const theirs = valuesOf(common.baseline);
          return valuesOf(common.variant).map((value, sample) => value - theirs[sample]!);
        }),
        two,
        "paired stratified t",
      ),
  };
}

/** The range of a metric; a score has none of its own, but one that is a share tells it by its values. */
function rangeOf(group: MeasuredRow[]): Metric["range"] {
  const metric = metricNamed(group[0]!.metric);
  if (metric) return metric.range;
  const share = group.every(({ value }) => value === null || value >= 0 && value <= 1);
  return share ? { low: 0, high: 1 } : undefined;
}

/** An interval of t can reach where no value can be: a divergence below 0, an agreement above 1. */
function withinRange(estimate: Estimate, range: Metric["range"]): Estimate {
  const { low = -Infinity, high = Infinity } = range ?? {};
  const cut = (end: number | null) => end === null ? null : Math.min(Math.max(end, low), high);
  return { ...estimate, low: cut(estimate.low), high: cut(estimate.high) };
}

const BY_TOKENS: Estimators = {
  mean: (strata) => pooledByTokens(strata.flatMap(({ seeds }) => weightedOf(seeds))),
  difference(variant, baseline) {
    const common = paired(
      variant.flatMap(({ seeds }) => seeds),
      baseline.flatMap(({ seeds }) => seeds),
    );
    return pooledDifference(weightedOf(common.variant), weightedOf(common.baseline));
  },
};

/** Subtasks of one size may be thrown together: the mean is the same, and so the better interval holds. */
function overStrata(
  strata: number[][],
  single: (values: number[]) => Estimate,
  name: "stratified t" | "paired stratified t",
): Estimate {
  const sizes = new Set(strata.map(({ length }) => length));
  return sizes.size === 1 ? single(strata.flat()) : stratifiedMean(strata, name);
}

function valuesOf(seeds: VariantValues["seeds"]): number[] {
  return [...sampleValues(seeds, "samples").values()].map(({ value }) => value);
}

function weightedOf(seeds: VariantValues["seeds"]): Weighted[] {
  return [...sampleValues(seeds, "tokens").values()];
}

function bySubtask(rows: MeasuredRow[]): Subtasks {
  return new Map(
    grouped(rows, (row) => [row.subtask]).map((own) => [own[0]!.subtask, seedValues(own)]),
  );
}

function grouped(rows: MeasuredRow[], key: (row: MeasuredRow) => unknown[]): MeasuredRow[][] {
  const groups = new Map<string, MeasuredRow[]>();
  for (const row of rows) {
    const name = JSON.stringify(key(row));
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups.values()];
}

function compareSummaries(a: SummaryRow, b: SummaryRow): number {
  return compare(a.variant, b.variant) || compare(a.benchmark, b.benchmark) ||
    compare(a.subtask, b.subtask) || compare(a.metric, b.metric) ||
    compare(a.parameter, b.parameter);
}

/** A summary as the columns of the log. */
export function summaryColumns({ difference, ...row }: SummaryRow): Row {
  return {
    ...row,
    difference: difference?.mean ?? null,
    difference_low: difference?.low ?? null,
    difference_high: difference?.high ?? null,
    difference_interval: difference?.interval ?? null,
  };
}
