/**
 * Which benchmark's captures a figure shows when it was not told.
 *
 * @module
 */
import type { Results } from "./results.ts";

/** The first of the experiment's captures that is of one of these benchmarks. */
export function firstCaptured(
  { plan }: Pick<Results, "plan">,
  benchmarks: readonly string[],
): string | undefined {
  const found = plan.cells.find(({ kind, benchmark }) =>
    kind === "capture" && benchmarks.includes(benchmark!)
  );
  return found?.benchmark ?? undefined;
}
