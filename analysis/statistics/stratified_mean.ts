/**
 * The unweighted mean of the means of subtasks.
 *
 * @module
 */
import { mean as meanOf, sampleVariance, sum } from "simple-statistics";
import { type Estimate, withoutInterval } from "./estimate.ts";
import { around } from "./t_interval.ts";

/**
 * Mean of the strata's means, every stratum (subtask) weighing the same, as the benchmarks define their
 * averages. Its interval is a t interval with Welch and Satterthwaite's degrees of freedom. Without a mean
 * where a stratum is empty.
 *
 * @param name How the interval is called, after the confidence.
 */
export function stratifiedMean(
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
  const mean = meanOf(strata.map((values) => meanOf(values as number[])));
  if (strata.some((values) => values.length < 2)) return withoutInterval(mean);
  const parts = strata.map((values) =>
    sampleVariance(values as number[]) / values.length / strata.length ** 2
  );
  const variance = sum(parts);
  const degrees = variance ** 2 /
    sum(parts.map((part, index) => part ** 2 / (strata[index]!.length - 1)));
  return around(mean, Math.sqrt(variance), degrees, name);
}
