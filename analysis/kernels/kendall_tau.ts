/**
 * Kendall's rank correlation of short lists.
 *
 * @module
 */

/**
 * Kendall's tau-b between the entries `[begin, begin + k)` of `x` and `y`. `NaN` where either
 * ranking is constant. Every pair is compared, so it is meant for small k.
 */
export function kendallTau(
  x: Float32Array,
  y: Float32Array,
  begin: number,
  k: number,
): number {
  let balance = 0; // concordant minus discordant pairs
  let xPairs = 0; // pairs that x does not tie
  let yPairs = 0;
  for (let i = 1; i < k; i++) {
    const xi = x[begin + i]!;
    const yi = y[begin + i]!;
    for (let j = 0; j < i; j++) {
      const xj = x[begin + j]!;
      const yj = y[begin + j]!;
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
