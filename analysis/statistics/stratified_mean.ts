/**
 * The unweighted mean of the means of subtasks.
 *
 * @module
 */
import type { Estimate } from "./estimate.ts";
import { sumOfMeans } from "./sum_of_means.ts";

/**
 * Mean of the strata's means, every stratum (subtask) weighing the same, as the benchmarks define their
 * averages, with the interval of {@link sumOfMeans}. Without a mean where a stratum is empty.
 *
 * @param name How the interval is called, after the confidence.
 */
export function stratifiedMean(
  strata: readonly (readonly number[])[],
  name: "stratified t" | "paired stratified t" = "stratified t",
): Estimate {
  return sumOfMeans(strata.map((values) => values.map((value) => value / strata.length)), name);
}
