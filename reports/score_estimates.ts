/**
 * Scores that a benchmark's tables are made of: one subtask's, or a mean or difference of several.
 *
 * @module
 */
import type { Estimate } from "../analysis/statistics/estimate.ts";
import { inRange } from "../analysis/statistics/in_range.ts";
import { sumOfMeans } from "../analysis/statistics/sum_of_means.ts";
import { type Results, rowsOf, summaryOf } from "./results.ts";
import type { VariantGroup } from "./variant_groups.ts";

/** A score of a subtask (`all`: the unweighted mean of them) with its weight in a sum. */
export interface ScorePart {
  benchmark: string;
  subtask: string;
  metric: string;
  weight: number;
}

/** A score with its interval and the samples behind it. */
export interface ScoreEstimate extends Estimate {
  n: number;
}

/** The unweighted mean of parts. */
export function meanOf(parts: ScorePart[]): ScorePart[] {
  return parts.map((part) => ({ ...part, weight: part.weight / parts.length }));
}

/**
 * A sum of scores, each from 0 to 1. A single score of a single variant is the summary's. Everything else is made of
 * the samples: the seeds of a sample (the calibration's too) are averaged first, scores of the same samples are added
 * up sample by sample, and subtasks are independent strata.
 *
 * @returns Undefined where a part has no value.
 */
export function scoreEstimate(
  results: Results,
  { variants }: Pick<VariantGroup, "variants">,
  parts: ScorePart[],
): ScoreEstimate | undefined {
  const [part] = parts;
  if (variants.length === 1 && parts.length === 1 && part!.weight === 1) {
    const { benchmark, subtask, metric } = part!;
    const at = { variant: variants[0]!.id, parameter: null };
    const line = summaryOf(results, { ...at, benchmark, subtask, metric });
    if (!line || line.mean === null) return undefined;
    const { mean, low, high, interval, n } = line;
    return { mean, low, high, interval, n };
  }
  const ids = variants.map(({ id }) => id);
  const strata = [
    ...Map.groupBy(
      expanded(results, ids, parts),
      ({ benchmark, subtask }) => JSON.stringify([benchmark, subtask]),
    ).values(),
  ].map((own) => weightedSamples(results, ids, own));
  const estimate = sumOfMeans(strata);
  if (estimate.mean === null) return undefined;
  const sumOf = (sign: number) =>
    parts.reduce((sum, { weight }) => sum + (sign * weight > 0 ? weight : 0), 0);
  const n = strata.reduce((sum, { length }) => sum + length, 0);
  return { ...inRange(estimate, n, { low: sumOf(-1), high: sumOf(1) }), n };
}

/** `all` as the subtasks that it is the mean of. */
function expanded(results: Results, ids: string[], parts: ScorePart[]): ScorePart[] {
  return parts.flatMap((part) => {
    if (part.subtask !== "all") return [part];
    const found = subtasksOf(results, ids, part);
    // Without any the part stays, and has no value.
    if (found.length === 0) return [part];
    return found.map((subtask) => ({ ...part, subtask, weight: part.weight / found.length }));
  });
}

function subtasksOf(
  results: Results,
  ids: string[],
  { benchmark, metric }: ScorePart,
): string[] {
  const subtasks = [...valuesBy(results, metric).keys()].flatMap((key) => {
    const [variant, where, subtask] = JSON.parse(key) as [string, string, string];
    return ids.includes(variant) && where === benchmark ? [subtask] : [];
  });
  return [...new Set(subtasks)];
}

/** One number a sample: the weighted sum of its scores. Samples that lack one are left out. */
function weightedSamples(
  results: Results,
  ids: string[],
  parts: ScorePart[],
): number[] {
  const columns = parts.map(({ benchmark, subtask, metric, weight }) => {
    const pooled = new Map<string | null, Mean>();
    for (const id of ids) {
      const key = JSON.stringify([id, benchmark, subtask]);
      for (const [sample, mean] of valuesBy(results, metric).get(key) ?? []) {
        add(pooled, sample, mean.sum / mean.count);
      }
    }
    return { weight, pooled };
  });
  return [...columns[0]!.pooled.keys()].flatMap((sample) => {
    const means = columns.map(({ weight, pooled }) => {
      const mean = pooled.get(sample);
      return mean ? weight * mean.sum / mean.count : NaN;
    });
    const sum = means.reduce((total, value) => total + value, 0);
    return Number.isNaN(sum) ? [] : [sum];
  });
}

interface Mean {
  sum: number;
  count: number;
}

type Samples = Map<string | null, Mean>;

/** Made once for each results: means over seeds by variant, benchmark and subtask, then by sample. */
const known = new WeakMap<object, Map<string, Map<string, Samples>>>();

function valuesBy(results: Results, metric: string): Map<string, Samples> {
  const metrics = known.get(results.measured) ?? new Map<string, Map<string, Samples>>();
  known.set(results.measured, metrics);
  const found = metrics.get(metric);
  if (found) return found;
  const groups = new Map<string, Samples>();
  for (
    const { variant, benchmark, subtask, parameter, sample_id, value } of rowsOf(results, metric)
  ) {
    if (value === null || parameter !== null) continue;
    const key = JSON.stringify([variant, benchmark, subtask]);
    const samples = groups.get(key) ?? new Map<string | null, Mean>();
    groups.set(key, samples);
    add(samples, sample_id, value);
  }
  metrics.set(metric, groups);
  return groups;
}

function add(samples: Samples, sample: string | null, value: number): void {
  const mean = samples.get(sample) ?? { sum: 0, count: 0 };
  samples.set(sample, mean);
  mean.sum += value;
  mean.count++;
}
