/**
 * Jensen-Shannon divergence between the softmaxes of rows of logits.
 *
 * @module
 */
import type { LogitRows } from "./kl_divergence.ts";

/**
 * Jensen-Shannon divergence in nats, from 0 to ln 2, of the softmaxes of row `row` of both: the mean of
 * KL(p || m) and KL(q || m), m = (p + q) / 2. `NaN` where a distribution does not exist.
 */
export function jensenShannon(p: LogitRows, q: LogitRows, width: number, row: number): number {
  const [pMax, pRest] = [p.max[row]!, p.rest[row]!];
  const [qMax, qRest] = [q.max[row]!, q.rest[row]!];
  if (!Number.isFinite(pMax) || !Number.isFinite(qMax)) return NaN;
  let sum = 0;
  for (let i = row * width; i < (row + 1) * width; i++) {
    const logP = p.values[i]! - pMax - pRest;
    const logQ = q.values[i]! - qMax - qRest;
    const [ofP, ofQ] = [Math.exp(logP), Math.exp(logQ)];
    const larger = Math.max(ofP, ofQ);
    if (larger === 0) continue;
    // ln m by the larger of both, so that equal rows give 0.
    const logM = Math.max(logP, logQ) + Math.log((1 + Math.min(ofP, ofQ) / larger) / 2);
    if (ofP !== 0) sum += ofP * (logP - logM);
    if (ofQ !== 0) sum += ofQ * (logQ - logM);
  }
  return Math.max(sum / 2, 0);
}
