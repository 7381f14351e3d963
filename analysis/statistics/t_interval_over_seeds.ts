/**
 * Student's t interval of what was measured under several calibration seeds.
 *
 * @module
 */
import { sampleVariance } from "simple-statistics";
import type { Estimate } from "./estimate.ts";
import { satterthwaite, type Source } from "./satterthwaite.ts";
import { overSeeds, varianceOfSeeds } from "./seed_variance.ts";
import { around, tInterval } from "./t_interval.ts";

/**
 * Mean over samples, each at its mean over the calibration seeds, with a t interval. The samples are the units; where
 * the seeds differ by more than the samples' noise explains, their choice counts in the standard error too, as in
 * comparisons of scores. Of one seed it is the plain t interval.
 *
 * @param values Of each calibration seed those of the samples, which are the same under every seed.
 * @param name How the interval is called, after the confidence.
 */
export function tIntervalOverSeeds(
  values: readonly (readonly number[])[],
  name: "t" | "paired t" = "t",
): Estimate {
  const means = values.length === 0 ? [] : overSeeds(values);
  const estimate = tInterval(means, name);
  if (estimate.mean === null || estimate.interval === null) return estimate;
  const calibration = varianceOfSeeds([{ strata: [values], weight: 1 }]);
  if (calibration === 0) return estimate;
  const sources: Source[] = [
    { variance: sampleVariance(means) / means.length, degrees: means.length - 1 },
    { variance: calibration, degrees: values.length - 1 },
  ];
  const error = Math.sqrt(sources.reduce((sum, { variance }) => sum + variance, 0));
  return around(estimate.mean, error, satterthwaite(sources), `${name} with calibration seeds`);
}
