/**
 * The mean over samples of values that were measured several times each.
 *
 * @module
 */
import { mean as meanOf } from "simple-statistics";
import type { Estimate } from "./estimate.ts";
import { tInterval } from "./t_interval.ts";

/** A mean over samples with how many there were. */
export interface SampleMean extends Estimate {
  n: number;
}

/**
 * Mean and t interval over samples, each at the mean of its own values (of several seeds, of several positions);
 * values that are null are left out. Values without a sample are one sample, which has no interval.
 */
export function meanBySample(
  values: Iterable<{ sampleId: string | null; value: number | null }>,
): SampleMean {
  const samples = new Map<string | null, number[]>();
  for (const { sampleId, value } of values) {
    if (value === null) continue;
    const own = samples.get(sampleId);
    if (own) own.push(value);
    else samples.set(sampleId, [value]);
  }
  return { n: samples.size, ...tInterval([...samples.values()].map((own) => meanOf(own))) };
}
