/**
 * From results to one value a sample. Positions of a sample, and seeds of a sample, are not independent:
 * they are averaged before anything is said about the mean over samples.
 *
 * @module
 */
import type { MeasuredRow } from "./result_rows.ts";
import type { Weighted } from "./statistics/pooled_by_tokens.ts";

/** Values of a sample under one seed: the mean over its positions that have a value. */
export interface SeedValue extends Weighted {
  /** Null for a value of the whole run. */
  sampleId: string | null;
  seed: number | null;
}

/** Values of a variant for one metric, subtask and parameter. */
export interface VariantValues {
  seeds: SeedValue[];
  /** Samples without any value. */
  missing: number;
}

/** Averages over positions. */
export function seedValues(rows: MeasuredRow[]): VariantValues {
  const groups = new Map<string, SeedValue & { count: number }>();
  const samples = new Set<string | null>();
  const present = new Set<string | null>();
  for (const { sampleId, seed, value, weight } of rows) {
    samples.add(sampleId);
    if (value === null) continue;
    present.add(sampleId);
    const key = JSON.stringify([sampleId, seed]);
    const group = groups.get(key) ?? { sampleId, seed, value: 0, weight: 0, count: 0 };
    groups.set(key, group);
    group.value += value;
    group.weight += weight ?? 1;
    group.count++;
  }
  const seeds = [...groups.values()].map(({ sampleId, seed, value, weight, count }) => ({
    sampleId,
    seed,
    value: value / count,
    weight,
  }));
  return { seeds, missing: samples.size - present.size };
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
