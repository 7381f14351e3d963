/**
 * Corpus perplexity, and its difference from the baseline's.
 *
 * @module
 */
import { sampleStandardDeviation, sum } from "simple-statistics";
import { CONFIDENCE, CONFIDENCE_NAME, type Estimate, withoutInterval } from "./estimate.ts";
import { studentTQuantile } from "./student_t.ts";

/** A sample's value with the number of tokens behind it. */
export interface Weighted {
  value: number;
  weight: number;
}

/**
 * Geometric mean of the samples' values weighted by tokens: with perplexities exp(sum of negative
 * log-likelihoods / number of tokens). Samples, not tokens, are the independent units, so the interval is
 * a t interval of the ratio of sums on the logarithmic scale (linearised), taken back by exp.
 */
export function pooledByTokens(samples: readonly Weighted[]): Estimate {
  if (samples.length === 0) return withoutInterval(null);
  const log = pooledLog(samples);
  const mean = Math.exp(log);
  if (samples.length === 1 || !Number.isFinite(log)) return withoutInterval(mean);
  const half = halfWidth(influences(samples, log));
  return {
    mean,
    low: Math.exp(log - half),
    high: Math.exp(log + half),
    interval: `${CONFIDENCE_NAME} t by tokens (log scale)`,
  };
}

/**
 * Difference of two such means over the same samples in the same order, variant minus baseline, with a linearised
 * paired t interval.
 */
export function pooledDifference(
  variant: readonly Weighted[],
  baseline: readonly Weighted[],
): Estimate {
  if (variant.length === 0) return withoutInterval(null);
  const [of, from] = [pooledLog(variant), pooledLog(baseline)];
  const mean = Math.exp(of) - Math.exp(from);
  if (!Number.isFinite(mean)) return withoutInterval(Number.isNaN(mean) ? null : mean);
  if (variant.length === 1) return withoutInterval(mean);
  const theirs = influences(baseline, from);
  const half = halfWidth(
    influences(variant, of).map((influence, index) =>
      Math.exp(of) * influence - Math.exp(from) * theirs[index]!
    ),
  );
  return {
    mean,
    low: mean - half,
    high: mean + half,
    interval: `${CONFIDENCE_NAME} paired t by tokens (linearised)`,
  };
}

function pooledLog(samples: readonly Weighted[]): number {
  let total = 0;
  let weights = 0;
  for (const { value, weight } of samples) {
    total += weight * Math.log(value);
    weights += weight;
  }
  return total / weights;
}

/** How much each sample moves the pooled logarithm, times the number of samples; their sum is 0. */
function influences(samples: readonly Weighted[], log: number): number[] {
  const meanWeight = sum(samples.map(({ weight }) => weight)) / samples.length;
  return samples.map(({ value, weight }) => weight * (Math.log(value) - log) / meanWeight);
}

function halfWidth(influences: number[]): number {
  const n = influences.length;
  return studentTQuantile((1 + CONFIDENCE) / 2, n - 1) * sampleStandardDeviation(influences) /
    Math.sqrt(n);
}
