/**
 * Kendall's rank correlation of two rows over chosen entries.
 *
 * @module
 */

/**
 * Kendall's tau-b between `x` and `y` at the entries `ids[idsBegin, idsBegin + k)`. `NaN` where either
 * ranking is constant. Every pair is compared, so it is meant for small k.
 *
 * @param xBegin Where the row begins in `x`; entry `id` is `x[xBegin + id]`.
 */
export function kendallTau(
  x: Float32Array,
  xBegin: number,
  y: Float32Array,
  yBegin: number,
  ids: Int32Array,
  idsBegin: number,
  k: number,
): number {
  let balance = 0; // concordant minus discordant pairs
  let xPairs = 0; // pairs that x does not tie
  let yPairs = 0;
  for (let i = 1; i < k; i++) {
    const xi = x[xBegin + ids[idsBegin + i]!]!;
    const yi = y[yBegin + ids[idsBegin + i]!]!;
    for (let j = 0; j < i; j++) {
      const xj = x[xBegin + ids[idsBegin + j]!]!;
      const yj = y[yBegin + ids[idsBegin + j]!]!;
      const xSign = xi > xj ? 1 : xi < xj ? -1 : 0;
      const ySign = yi > yj ? 1 : yi < yj ? -1 : 0;
      balance += xSign * ySign;
      xPairs += xSign * xSign;
      yPairs += ySign * ySign;
    }
  }
  // The product first: sqrt(n) * sqrt(n) is not n, and a full agreement must be exactly 1.
  return balance / Math.sqrt(xPairs * yPairs);
}
