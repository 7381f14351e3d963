/**
 * The exponential of the entropy of a spectrum.
 *
 * @module
 */

/**
 * exp(-sum p ln p) with p = value / sum of values, 0 ln 0 taken as 0: between 1 and the number of values
 * that are not 0. `NaN` where there are none, or the sum is 0 or not finite.
 *
 * @param spectrum Values that are not negative.
 */
export function effectiveRank(spectrum: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < spectrum.length; i++) sum += spectrum[i]!;
  if (!(sum > 0 && sum < Infinity)) return NaN;
  let entropy = 0;
  let rank = 0;
  for (let i = 0; i < spectrum.length; i++) {
    const p = spectrum[i]! / sum;
    if (p === 0) continue;
    entropy -= p * Math.log(p);
    rank++;
  }
  // Rounding can leave it 1e-16 outside.
  return Math.min(Math.max(Math.exp(entropy), 1), rank);
}
