/**
 * What several metrics derive from a capture's logits; computed once a capture.
 *
 * @module
 */
import { LogError } from "../../data/logs.ts";
import type { Capture } from "../capture.ts";
import type { LogitRows } from "../kernels/kl_divergence.ts";
import { logsumexpRows } from "../kernels/logsumexp.ts";
import { topIdsRows } from "../kernels/top_ids.ts";

/** How many of the most likely tokens the ranking metrics look at. */
export const TOP_KS = [3, 10, 20] as const;

/** The largest deviation from 0 of the logsumexp of log-probabilities, through their rounding. */
const LOG_PROBABILITY_TOLERANCE = 1e-3;

/** ln sum exp of every row in two parts, as {@link logsumexpRows} gives it. */
export function logsumexpOf(capture: Capture): LogitRows {
  return capture.memo("logsumexp", () => {
    const { values, width, rows } = capture.logits;
    const parts = { values, max: new Float64Array(rows), rest: new Float64Array(rows) };
    logsumexpRows(values, width, rows, parts.max, parts.rest);
    return parts;
  });
}

/**
 * Ids of the most likely tokens of every row: `count` a row, most likely first, equal logits by the lower
 * id; -1 where the row holds NaN.
 */
export function topIdsOf(capture: Capture): { ids: Int32Array; count: number } {
  return capture.memo("top ids", () => {
    const { values, width, rows } = capture.logits;
    const count = Math.min(Math.max(...TOP_KS), width);
    const ids = new Int32Array(rows * count);
    topIdsRows(values, width, rows, count, ids);
    return { ids, count };
  });
}

/**
 * Throws where the log holds log-probabilities: their logsumexp is 0 by construction, so they have lost
 * the energy.
 */
export function requireRawLogits(capture: Capture): void {
  const { max, rest } = logsumexpOf(capture);
  if (max.length === 0) return;
  for (let row = 0; row < max.length; row++) {
    if (!(Math.abs(max[row]! + rest[row]!) <= LOG_PROBABILITY_TOLERANCE)) return;
  }
  throw new LogError(
    capture.path,
    `every row's ln sum exp is 0 within ${LOG_PROBABILITY_TOLERANCE}: these are log-probabilities, ` +
      "and an energy needs raw logits over the whole vocabulary",
    'Log the logits before the softmax (in vLLM logprobs_mode="raw_logits") and run again',
  );
}
