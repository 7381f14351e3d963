/**
 * How far rank correlations stray when two rankings have nothing to do with each other.
 *
 * @module
 */

/**
 * Standard deviation of Kendall's tau of `k` ranks without ties under independence: .638, .248, .162 at
 * k = 3, 10, 20 (Kendall 1938). Part of the instability at small k is this arithmetic.
 */
export function kendallTauChance(k: number): number {
  return Math.sqrt(2 * (2 * k + 5) / (9 * k * (k - 1)));
}

/** The same for Spearman's rho: 1 / sqrt(k - 1). */
export function spearmanRhoChance(k: number): number {
  return 1 / Math.sqrt(k - 1);
}
