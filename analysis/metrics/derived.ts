/**
 * What several metrics derive from a capture's logits; computed once a capture, or once a pair, in one pass over
 * the logs (see `kernels/scan_block.ts` for the precision).
 *
 * @module
 */
import { LogError } from "../../data/logs.ts";
import type { Capture } from "../capture.ts";
import type { PairStatistics, RowStatistics, ScanStatistics } from "../kernels/row_statistics.ts";
import { rangesOf } from "../sample_rows.ts";
import {
  boundsFromSketches,
  type PairBounds,
  statisticsFromSketch,
  variantAtTopFromSketch,
} from "../sketch/from_sketch.ts";
import { type Scan, scanLogs, scanLogsInParallel } from "../scan/scan_logs.ts";

/** How many of the most likely tokens the ranking metrics look at. */
export const TOP_KS = [3, 10, 20] as const;

const MOST_K = Math.max(...TOP_KS);

/** The largest deviation from 0 of the logsumexp of log-probabilities, through their rounding. */
const LOG_PROBABILITY_TOLERANCE = 1e-3;

/** Statistics of a pair, by the variant's capture. */
const pairs = new WeakMap<Capture, { baseline: Capture; pair: PairStatistics }>();

/** Likewise, bounds of divergences. */
const bounds = new WeakMap<Capture, { baseline: Capture; bounds: PairBounds }>();

/**
 * ln sum exp, entropy, the most likely tokens and the token's own logit and rank, of every row that enters.
 * `topIds` has the {@link TOP_KS}' largest number of ids, or as many as the vocabulary.
 */
export function rowStatisticsOf(capture: Capture): RowStatistics {
  return capture.memo("row statistics", () => {
    const scan = scanOf(capture, null);
    return scan ? scanLogs(scan).baseline : statisticsFromSketch(capture.sketch!, MOST_K);
  });
}

/**
 * Divergences, and the variant's logits at the baseline's most likely tokens, of every row that enters. Where there are
 * sketches alone, the divergences are the estimates between their bounds, see {@link boundsOf}.
 */
export function pairStatisticsOf(variant: Capture, baseline: Capture): PairStatistics {
  const known = pairs.get(variant);
  if (known?.baseline === baseline) return known.pair;
  const scan = scanOf(variant, baseline);
  if (scan) return remember(variant, baseline, scanLogs(scan));
  const { forward, reverse, jensenShannon } = boundsOf(variant, baseline)!;
  const pair = {
    forward: forward.point,
    reverse: reverse.point,
    jensenShannon: jensenShannon.point,
    variantAtTop: variantAtTopFromSketch(variant.sketch!, MOST_K),
  };
  pairs.set(variant, { baseline, pair });
  return pair;
}

/** Bounds of the divergences of every row, of captures that have sketches; null of others. */
export function boundsOf(variant: Capture, baseline: Capture): PairBounds | null {
  if (variant.sketch === null || baseline.sketch === null) return null;
  const known = bounds.get(variant);
  if (known?.baseline === baseline) return known.bounds;
  const found = boundsFromSketches(variant.sketch, baseline.sketch);
  bounds.set(variant, { baseline, bounds: found });
  return found;
}

/**
 * Computes what {@link rowStatisticsOf} and {@link pairStatisticsOf} give, on all processors where the logs are
 * large. Those two compute it themselves where it was not prepared.
 */
export async function prepareStatistics(
  variant: Capture,
  baseline: Capture | null,
): Promise<void> {
  const scan = scanOf(variant, baseline);
  if (scan === null) return;
  const statistics = await scanLogsInParallel(scan);
  if (baseline) remember(variant, baseline, statistics);
  else variant.memo("row statistics", () => statistics.baseline);
}

/** Null where not all logits are there. */
function scanOf(variant: Capture, baseline: Capture | null): Scan | null {
  const logits = (baseline ?? variant).logits;
  if (logits === null || variant.logits === null) return null;
  return {
    baseline: logits,
    variant: baseline && variant.logits,
    k: MOST_K,
    ranges: rangesOf(variant.samples),
  };
}

function remember(
  variant: Capture,
  baseline: Capture,
  statistics: ScanStatistics,
): PairStatistics {
  const pair = statistics.pair!;
  pairs.set(variant, { baseline, pair });
  variant.memo("row statistics", () => statistics.variant!);
  baseline.memo("row statistics", () => statistics.baseline);
  return pair;
}

/**
 * Throws where the log holds log-probabilities: their logsumexp is 0 by construction, so they have lost
 * the energy.
 */
export function requireRawLogits(capture: Capture): void {
  const { max, rest } = rowStatisticsOf(capture);
  let rows = 0;
  for (const { begin, end } of rangesOf(capture.samples)) {
    for (let row = begin; row < end; row++) {
      if (!(Math.abs(max[row]! + rest[row]!) <= LOG_PROBABILITY_TOLERANCE)) return;
    }
    rows += end - begin;
  }
  if (rows === 0) return;
  throw new LogError(
    capture.path,
    `every row's ln sum exp is 0 within ${LOG_PROBABILITY_TOLERANCE}: these are log-probabilities, ` +
      "and an energy needs raw logits over the whole vocabulary",
    'Log the logits before the softmax (in vLLM logprobs_mode="raw_logits") and run again',
  );
}
