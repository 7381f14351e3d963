/**
 * A metric of one variant, or of several calibration seeds of it as one.
 *
 * @module
 */
import { metricNamed } from "../analysis/metrics/registry.ts";
import { PositionMeans, sampleValues } from "../analysis/sample_values.ts";
import { inRange } from "../analysis/statistics/in_range.ts";
import type { SampleMean } from "../analysis/statistics/mean_by_sample.ts";
import { tIntervalOverSeeds } from "../analysis/statistics/t_interval_over_seeds.ts";
import type { SummaryLine } from "../data/result_schema.ts";
import type { Draws } from "./draws.ts";
import { remember } from "./remember.ts";
import { blocksOf, type Results, summaryOf } from "./results.ts";

/** Which metric, of whole benchmarks. */
export type MetricAt = Pick<SummaryLine, "benchmark" | "metric" | "parameter">;

/**
 * The mean over samples. Of one variant it is the summary's. Of several calibration seeds each sample counts once, at
 * its mean over them (a sample that one of them lacks is left out), and their spread counts in the interval. Metrics
 * that are pooled by tokens cannot be asked for several seeds.
 *
 * @returns Undefined without a value.
 */
export function drawsEstimate(
  results: Results,
  { variants }: Pick<Draws, "variants">,
  at: MetricAt,
): SampleMean | undefined {
  const lines = variants.flatMap(({ id }) =>
    summaryOf(results, { ...at, variant: id, subtask: "all" }) ?? []
  ).filter(({ mean }) => mean !== null);
  if (lines.length < 2) return lines[0];
  const ids = lines.map(({ variant }) => variant);
  return remember(results, JSON.stringify([at, ids]), () => ofSeveral(results, ids, at));
}

function ofSeveral(
  results: Results,
  ids: string[],
  { benchmark, metric, parameter }: MetricAt,
): SampleMean | undefined {
  const own = blocksOf(results, metric).filter((block) =>
    block.benchmark === benchmark && block.parameter === parameter
  );
  const draws = ids.map((id) => {
    const means = new PositionMeans();
    for (const block of own) if (block.variant === id) means.add(block);
    return sampleValues(means.values().seeds, "samples");
  });
  const samples = [...draws[0]!.keys()].filter((sample) => draws.every((of) => of.has(sample)));
  const values = draws.map((of) => samples.map((sample) => of.get(sample)!.value));
  const estimate = inRange(
    tIntervalOverSeeds(values),
    samples.length,
    metricNamed(metric)?.range,
  );
  return estimate.mean === null ? undefined : { n: samples.length, ...estimate };
}
