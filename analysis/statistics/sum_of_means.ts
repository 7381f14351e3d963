/**
 * The sum of the means of independent groups of samples.
 *
 * @module
 */
import { mean as meanOf, sampleVariance, sum } from "simple-statistics";
import { type Estimate, withoutInterval } from "./estimate.ts";
import { satterthwaite } from "./satterthwaite.ts";
import { around } from "./t_interval.ts";

/**
 * Sum of the strata's means. Weights are multiplied in before: 1 / k for the mean of k strata, a minus for one
 * that is subtracted. The interval is a t interval with Welch and Satterthwaite's degrees of freedom. Without a
 * sum where a stratum is empty.
 *
 * @param strata Weighted values, one a sample; no sample stands in two strata.
 * @param name How the interval is called, after the confidence.
 */
export function sumOfMeans(
  strata: readonly (readonly number[])[],
  name: "stratified t" | "paired stratified t" = "stratified t",
): Estimate {
  if (strata.length === 0 || strata.some((values) => values.length === 0)) {
    return withoutInterval(null);
  }
  if (!strata.flat().every(Number.isFinite)) {
    const total = strata.flat().reduce((sum, value) => sum + value, 0);
    return withoutInterval(Number.isNaN(total) ? null : total);
  }
  const total = sum(strata.map((values) => meanOf(values as number[])));
  if (strata.some((values) => values.length < 2)) return withoutInterval(total);
  const sources = strata.map((values) => ({
    variance: sampleVariance(values as number[]) / values.length,
    degrees: values.length - 1,
  }));
  const variance = sum(sources.map((source) => source.variance));
  return around(total, Math.sqrt(variance), satterthwaite(sources), name);
}
