/**
 * Means over samples at each position of the continuation.
 *
 * @module
 */
import { tInterval } from "./t_interval.ts";
import type { Estimate } from "./estimate.ts";

/** Mean over the samples that reach a position. */
export interface PositionMean extends Estimate {
  position: number;
  /** Samples with a value there: it falls as answers end. */
  n: number;
}

/**
 * Mean and t interval over samples at every position, first to last. Values of the same sample at the
 * same position (several seeds) are averaged first; values that are null are left out.
 */
export function meansByPosition(
  values: Iterable<{ sampleId: string | null; position: number | null; value: number | null }>,
): PositionMean[] {
  const positions = new Map<number, Map<string | null, number[]>>();
  for (const { sampleId, position, value } of values) {
    if (position === null || value === null) continue;
    const samples = positions.get(position) ?? new Map<string | null, number[]>();
    positions.set(position, samples);
    const seeds = samples.get(sampleId) ?? [];
    samples.set(sampleId, seeds);
    seeds.push(value);
  }
  return [...positions].sort(([a], [b]) => a - b).map(([position, samples]) => {
    const means = [...samples.values()].map((seeds) =>
      seeds.reduce((sum, value) => sum + value, 0) / seeds.length
    );
    return { position, n: means.length, ...tInterval(means) };
  });
}
