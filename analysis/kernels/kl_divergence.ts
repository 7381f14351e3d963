/**
 * Kullback-Leibler divergence between the softmaxes of rows of logits.
 *
 * @module
 */

/** Row-major logits with the two parts of each row's ln sum exp (see `logsumexp.ts`). */
export interface LogitRows {
  values: Float32Array;
  max: Float64Array;
  rest: Float64Array;
}

/**
 * KL(p || q) in nats for every row, p and q the softmaxes of aligned rows.
 *
 * `Infinity` where q gives no probability to an entry that p allows; `NaN` where a distribution does not
 * exist (a row with NaN, `+Infinity`, or nothing but `-Infinity`).
 *
 * @param out Receives `rows` numbers.
 */
export function klDivergenceRows(
  p: LogitRows,
  q: LogitRows,
  width: number,
  rows: number,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) out[row] = klDivergence(p, q, width, row);
}

function klDivergence(p: LogitRows, q: LogitRows, width: number, row: number): number {
  const [pMax, pRest] = [p.max[row]!, p.rest[row]!];
  const [qMax, qRest] = [q.max[row]!, q.rest[row]!];
  if (!Number.isFinite(pMax) || !Number.isFinite(qMax)) return NaN;
  const begin = row * width;
  let sum = 0;
  for (let i = begin; i < begin + width; i++) {
    const logP = p.values[i]! - pMax - pRest;
    const probability = Math.exp(logP);
    // 0 ln 0 is 0, also against a q of 0.
    if (probability === 0) continue;
    sum += probability * (logP - (q.values[i]! - qMax - qRest));
  }
  // Rounding can leave about -1e-17 where the rows agree.
  return sum < 0 ? 0 : sum;
}
