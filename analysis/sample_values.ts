/**
 * From results to one value a sample. Positions of a sample, and seeds of a sample, are not independent:
 * they are averaged before anything is said about the mean over samples.
 *
 * @module
 */
import { compare, type MeasuredBlock } from "./result_blocks.ts";
import type { Weighted } from "./statistics/pooled_by_tokens.ts";

/** Values of a sample under one seed: the mean over its positions that have a value. */
export interface SeedValue extends Weighted {
  /** Null for a value of the whole run. */
  sampleId: string | null;
  seed: number | null;
}

/** Values of a variant for one metric, subtask and parameter. */
export interface VariantValues {
  /** By sample, then by seed. */
  seeds: SeedValue[];
  /** Samples without any value. */
  missing: number;
  /** Whether every value lies from 0 to 1. */
  isShare: boolean;
}

/** Averages over positions, block by block. */
export class PositionMeans {
  readonly #sums = new Map<string, SeedValue & { count: number }>();
  readonly #samples = new Set<string | null>();
  #isShare = true;

  add({ samples, sample, value, reason, seed, weight }: MeasuredBlock): void {
    const sums = samples.map((sampleId) => ({ sampleId, seed, value: 0, weight: 0, count: 0 }));
    for (let index = 0; index < value.length; index++) {
      const sum = sums[sample[index]!]!;
      this.#samples.add(sum.sampleId);
      if (reason !== null && reason[index] !== 0) continue;
      const found = value[index]!;
      sum.value += found;
      sum.weight += weight ? weight[index]! : 1;
      sum.count++;
      if (!(found >= 0 && found <= 1)) this.#isShare = false;
    }
    for (const sum of sums) {
      if (sum.count === 0) continue;
      const key = JSON.stringify([sum.sampleId, seed]);
      const other = this.#sums.get(key);
      if (!other) this.#sums.set(key, sum);
      else {
        other.value += sum.value;
        other.weight += sum.weight;
        other.count += sum.count;
      }
    }
  }

  values(): VariantValues {
    const seeds = [...this.#sums.values()].map(({ sampleId, seed, value, weight, count }) => ({
      sampleId,
      seed,
      value: value / count,
      weight,
    }));
    seeds.sort((a, b) => compare(a.sampleId, b.sampleId) || compare(a.seed, b.seed));
    const present = new Set(seeds.map(({ sampleId }) => sampleId));
    return { seeds, missing: this.#samples.size - present.size, isShare: this.#isShare };
  }
}

/**
 * Averages over seeds: one value a sample, by the sample's id. Pooled by tokens, the average is the geometric mean
 * weighted by tokens, and the weights add up.
 */
export function sampleValues(
  seeds: SeedValue[],
  pooling: "samples" | "tokens",
): Map<string | null, Weighted> {
  const groups = new Map<string | null, SeedValue[]>();
  for (const value of seeds) {
    const group = groups.get(value.sampleId) ?? [];
    groups.set(value.sampleId, group);
    group.push(value);
  }
  return new Map([...groups].map(([sampleId, values]) => [sampleId, average(values, pooling)]));
}

function average(values: SeedValue[], pooling: "samples" | "tokens"): Weighted {
  if (values.length === 1) return values[0]!;
  const weight = values.reduce((sum, { weight }) => sum + weight, 0);
  if (pooling === "samples") {
    return { value: values.reduce((sum, { value }) => sum + value, 0) / values.length, weight };
  }
  const log = values.reduce((sum, { value, weight }) => sum + weight * Math.log(value), 0);
  return { value: Math.exp(log / weight), weight };
}

/** The values of both under the same samples and seeds, in the same order. */
export function paired(
  variant: SeedValue[],
  baseline: SeedValue[],
): { variant: SeedValue[]; baseline: SeedValue[] } {
  const key = ({ sampleId, seed }: SeedValue) => JSON.stringify([sampleId, seed]);
  const others = new Map(baseline.map((value) => [key(value), value]));
  const common = variant.filter((value) => others.has(key(value)));
  return { variant: common, baseline: common.map((value) => others.get(key(value))!) };
}
