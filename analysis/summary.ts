/**
 * Results over samples: means with intervals, and paired differences from the baseline.
 *
 * @module
 */
import type { SummaryLine } from "../data/result_schema.ts";
import type { Metric } from "./metrics/metric.ts";
import { metricNamed } from "./metrics/registry.ts";
import { compare, type MeasuredBlock } from "./result_blocks.ts";
import { paired, PositionMeans, sampleValues, type VariantValues } from "./sample_values.ts";
import { differenceColumns, type Estimate } from "./statistics/estimate.ts";
import { inRange } from "./statistics/in_range.ts";
import { pairedProportions } from "./statistics/paired_proportions.ts";
import { pooledByTokens, pooledDifference, type Weighted } from "./statistics/pooled_by_tokens.ts";
import { stratifiedMean } from "./statistics/stratified_mean.ts";
import { tInterval } from "./statistics/t_interval.ts";
import { wilsonInterval } from "./statistics/wilson_interval.ts";

/** One row of `summary.parquet`, its difference as an estimate. */
export type SummaryRow = Omit<SummaryLine, keyof ReturnType<typeof differenceColumns>> & {
  /** Variant minus baseline; null for the baseline and for metrics that compare already. */
  difference: Estimate | null;
};

/** What a variant has for one benchmark, metric and parameter, by subtask. */
type Subtasks = Map<string, VariantValues>;

/**
 * Summarises results.
 *
 * - The mean is over samples, of each sample's mean over positions and seeds; with a t interval, or
 *   Wilson's where every sample's score under every variant is 0 or 1. Perplexity is pooled by tokens
 *   (see `pooled_by_tokens.ts`).
 * - Intervals of means end where the range of values does: a metric's own, and 0 and 1 for a score that is
 *   a share (every value under every variant lies there). A difference has no such end. Where all values
 *   lie on one end, the interval is Wilson's (see `in_range.ts`).
 * - The difference is over the samples that both have.
 * - A score with several subtasks also gets the subtask `all`: the unweighted mean of the subtasks' means.
 */
export class Summary {
  readonly #baselineOf: (variant: string) => string;
  readonly #rows: SummaryRow[] = [];
  #metric: string | null = null;
  /** Of the metric at hand, by benchmark and parameter, variant and subtask. */
  #groups = new Map<string, Group>();

  /** @param baselineOf Gives the baseline of a variant. */
  constructor(baselineOf: (variant: string) => string) {
    this.#baselineOf = baselineOf;
  }

  /** Takes in a block. Those of one metric must follow one another: only what they come to is kept. */
  add(block: MeasuredBlock): void {
    const { benchmark, metric, parameter, variant, subtask } = block;
    if (metric !== this.#metric) this.#endMetric();
    this.#metric = metric;
    const key = JSON.stringify([benchmark, parameter]);
    const group = found(
      this.#groups,
      key,
      () => ({ benchmark, metric, parameter, means: new Map() }),
    );
    const subtasks = found(group.means, variant, () => new Map());
    found(subtasks, subtask, () => new PositionMeans()).add(block);
  }

  /** The rows of all that was taken in, in the order of the log. */
  rows(): SummaryRow[] {
    this.#endMetric();
    return this.#rows.toSorted(compareSummaries);
  }

  #endMetric(): void {
    for (const group of this.#groups.values()) {
      for (const row of summaryOf(group, this.#baselineOf)) this.#rows.push(row);
    }
    this.#groups = new Map();
  }
}

/** One number under all variants. */
interface Group {
  benchmark: string;
  metric: string;
  parameter: string | null;
  means: Map<string, Map<string, PositionMeans>>;
}

function found<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
}

function summaryOf(
  { benchmark, metric, parameter, means }: Group,
  baselineOf: (variant: string) => string,
): SummaryRow[] {
  const variants = new Map(
    [...means].map(([variant, subtasks]) => [
      variant,
      new Map([...subtasks].map(([subtask, means]) => [subtask, means.values()])) as Subtasks,
    ]),
  );
  const estimate = estimators(metric, [...variants.values()]);
  const range = rangeOf(metric, [...variants.values()]);
  return [...variants].flatMap(([variant, subtasks]) => {
    const baseline = baselineOf(variant);
    const theirs = baseline === variant || metricNamed(metric)?.needsBaseline
      ? undefined
      : variants.get(baseline);
    return subtaskNames(subtasks).map((names): SummaryRow => {
      const values = names.map((name) => subtasks.get(name)!);
      const subtask = names.length === 1 ? names[0]! : "all";
      const others = names.map((name) => theirs?.get(name));
      const n = values.reduce((sum, own) => sum + sampleValues(own.seeds, "samples").size, 0);
      return {
        ...{ variant, benchmark, subtask, metric, parameter },
        n,
        missing: values.reduce((sum, own) => sum + own.missing, 0),
        ...inRange(estimate.mean(values), n, range),
        difference: others.every((other) => other !== undefined)
          ? estimate.difference(values, others)
          : null,
      };
    });
  });
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
function rangeOf(name: string, variants: Subtasks[]): Metric["range"] {
  const metric = metricNamed(name);
  if (metric) return metric.range;
  const share = variants.every((subtasks) =>
    [...subtasks.values()].every(({ isShare }) => isShare)
  );
  return share ? { low: 0, high: 1 } : undefined;
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

function compareSummaries(a: SummaryRow, b: SummaryRow): number {
  return compare(a.variant, b.variant) || compare(a.benchmark, b.benchmark) ||
    compare(a.subtask, b.subtask) || compare(a.metric, b.metric) ||
    compare(a.parameter, b.parameter);
}

/** A summary as the columns of the log. */
export function summaryColumns({ difference, ...row }: SummaryRow): SummaryLine {
  return { ...row, ...differenceColumns(difference) };
}
