/**
 * Kullback-Leibler divergence between the softmaxes of two rows of logits.
 *
 * @module
 */

/**
 * KL(p || q) in nats, p and q the softmaxes of `width` logits each.
 *
 * `Infinity` where q gives no probability to an entry that p allows; `NaN` where a distribution does not
 * exist (a row with NaN, `+Infinity`, or nothing but `-Infinity`).
 *
 * @param pOffset Where p's row begins in `p`.
 * @param pLogsumexp {@link logsumexp} of p's row.
 */
export function klDivergence(
  p: Float32Array,
  pOffset: number,
  pLogsumexp: number,
  q: Float32Array,
  qOffset: number,
  qLogsumexp: number,
  width: number,
): number {
  if (!Number.isFinite(pLogsumexp) || !Number.isFinite(qLogsumexp)) return NaN;
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const logP = p[pOffset + i]! - pLogsumexp;
    const probability = Math.exp(logP);
    // 0 ln 0 is 0, also against a q of 0.
    if (probability === 0) continue;
    sum += probability * (logP - (q[qOffset + i]! - qLogsumexp));
  }
  // Rounding can leave about -1e-17 where the rows agree.
  return sum < 0 ? 0 : sum;
}

/**
 * The same for every row of two aligned row-major matrices.
 *
 * @param out Receives `rows` numbers.
 */
export function klDivergenceRows(
  p: Float32Array,
  pLogsumexp: Float64Array,
  q: Float32Array,
  qLogsumexp: Float64Array,
  width: number,
  rows: number,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const offset = row * width;
    out[row] = klDivergence(p, offset, pLogsumexp[row]!, q, offset, qLogsumexp[row]!, width);
  }
}
