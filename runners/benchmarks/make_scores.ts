import { NoScore } from "../scoring/score_context.ts";
import type { Score } from "./benchmark.ts";

/** Scores where every metric has a value. */
export function valued(values: Record<string, number>): Score[] {
  return Object.entries(values).map(([metric, value]) => ({ metric, value, reason: null }));
}

/**
 * Makes scores; where none can be made, nulls with the reason.
 *
 * @param metrics Names of the scores that are missing then.
 */
export function scoresOrReason(metrics: readonly string[], make: () => Score[]): Score[] {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NoScore)) throw error;
    return metrics.map((metric) => ({ metric, value: null, reason: error.message }));
  }
}
