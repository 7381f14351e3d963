/**
 * Spearman's rank correlation of two rows over chosen entries.
 *
 * @module
 */

/**
 * Spearman's rho between `x` and `y` at the entries `ids[idsBegin, idsBegin + k)`: Pearson's correlation
 * of the midranks. `NaN` where either ranking is constant. Ranks are counted pair by pair, so it is meant
 * for small k.
 *
 * @param xBegin Where the row begins in `x`; entry `id` is `x[xBegin + id]`.
 */
export function spearmanRho(
  x: Float32Array,
  xBegin: number,
  y: Float32Array,
  yBegin: number,
  ids: Int32Array,
  idsBegin: number,
  k: number,
): number {
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < k; i++) {
    const xi = x[xBegin + ids[idsBegin + i]!]!;
    const yi = y[yBegin + ids[idsBegin + i]!]!;
    // Twice the midrank less its mean: (below - above), a whole number, so the sums are exact.
    let xRank = 0;
    let yRank = 0;
    for (let j = 0; j < k; j++) {
      const xj = x[xBegin + ids[idsBegin + j]!]!;
      const yj = y[yBegin + ids[idsBegin + j]!]!;
      xRank += xi > xj ? 1 : xi < xj ? -1 : 0;
      yRank += yi > yj ? 1 : yi < yj ? -1 : 0;
    }
    xy += xRank * yRank;
    xx += xRank * xRank;
    yy += yRank * yRank;
  }
  return xy / Math.sqrt(xx * yy);
}
