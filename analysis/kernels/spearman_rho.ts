/**
 * Spearman's rank correlation of short lists.
 *
 * @module
 */

/**
 * Spearman's rho between the entries `[begin, begin + k)` of `x` and `y`: Pearson's correlation
 * of the midranks. `NaN` where either ranking is constant. Ranks are counted pair by pair, so it is meant
 * for small k.
 */
export function spearmanRho(
  x: Float32Array,
  y: Float32Array,
  begin: number,
  k: number,
): number {
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < k; i++) {
    const xi = x[begin + i]!;
    const yi = y[begin + i]!;
    // Twice the midrank less its mean: (below - above), a whole number, so the sums are exact.
    let xRank = 0;
    let yRank = 0;
    for (let j = 0; j < k; j++) {
      const xj = x[begin + j]!;
      const yj = y[begin + j]!;
      xRank += xi > xj ? 1 : xi < xj ? -1 : 0;
      yRank += yi > yj ? 1 : yi < yj ? -1 : 0;
    }
    xy += xRank * yRank;
    xx += xRank * xRank;
    yy += yRank * yRank;
  }
  return xy / Math.sqrt(xx * yy);
}
