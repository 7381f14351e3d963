/**
 * Which benchmark's captures a figure shows when it was not told.
 *
 * @module
 */
import type { Results } from "./results.ts";

/**
 * The first of the benchmarks whose captured answers are the model's own words alone, or the first of all.
 * Those of an episode hold its observations too, which no model is meant to foretell: a perplexity over them
 * says little.
 */
export function firstInOwnWords({ spans }: Results, benchmarks: Iterable<string>) {
  const episodes = new Set(spans.map(({ benchmark }) => benchmark));
  const all = [...new Set(benchmarks)];
  return all.find((benchmark) => !episodes.has(benchmark)) ?? all[0];
}
