/**
 * The words of captions on samples, seeds and intervals.
 *
 * @module
 */
import { grouped, listed } from "../analysis/numbers.ts";
import type { SummaryLine } from "../data/result_schema.ts";
import type { Results } from "./results.ts";

/** `n = 64`, or `n = 16 to 64` where it differs. */
export function sampleCounts(lines: readonly Pick<SummaryLine, "n">[]): string {
  return countsText(lines.map(({ n }) => n));
}

/** The same from counts. */
export function countsText(counts: readonly number[]): string {
  if (counts.length === 0) return "n = 0";
  let least = counts[0]!, most = counts[0]!;
  for (const count of counts) {
    if (count < least) least = count;
    if (count > most) most = count;
  }
  return least === most ? `n = ${grouped(most)}` : `n = ${grouped(least)} to ${grouped(most)}`;
}

/** Names of intervals, such as `95 % Wilson intervals`; that calibration seeds count in them is said with the seeds. */
export function intervalNames(lines: readonly Pick<SummaryLine, "interval">[]): string {
  const names = [
    ...new Set(
      lines.flatMap(({ interval }) => interval?.replace(/ with calibration seeds$/, "") ?? []),
    ),
  ].sort();
  return names.length === 0 ? "no interval" : `${unbroken(listed(names))} intervals`;
}

/** Keeps a number and its percent sign on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(" %", "\u00a0%");
}

/** `seed 0`, or `seeds 0, 1 and 2`: the seeds of the plan's cells. */
export function seedText({ plan }: Results): string {
  const seeds = [...new Set(plan.cells.flatMap(({ seed }) => seed ?? []))].sort((a, b) => a - b);
  return `${seeds.length === 1 ? "seed" : "seeds"} ${listed(seeds.map(String))}`;
}

/** Names of the models. */
export function modelNames({ plan }: Results): string {
  return listed([...new Set(plan.variants.map(({ model }) => model))]);
}
