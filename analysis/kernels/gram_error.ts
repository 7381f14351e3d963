/**
 * What taking the singular values from a Gram matrix costs an effective rank.
 *
 * @module
 */

/**
 * Error of an eigenvalue of a float64 Gram matrix, in units of `Number.EPSILON` times the largest one. With 4
 * the estimate stood above the true error by a factor of at least 2.5 (see `spectra.md`).
 */
const NOISE = 4;

/**
 * Estimates the relative error of the effective rank (Eq. 4) that comes from squaring: an eigenvalue is
 * off by `noise`, so a singular value s by noise / 2s, or by sqrt(noise) where it lies below that, and
 * d ln ERank = -sum of dp (ln p + H).
 *
 * What stands above the noise errs in either direction, so those errors add up in squares (three times
 * their root is taken); what lies in it only ever adds, so there they add up as they are.
 *
 * @param squared Eigenvalues, largest first, none negative.
 */
export function gramErankError(squared: Float64Array): number {
  const noise = NOISE * Number.EPSILON * (squared[0] ?? 0);
  let sum = 0;
  for (const value of squared) sum += Math.sqrt(value);
  let entropy = 0;
  for (const value of squared) {
    const p = Math.sqrt(value) / sum;
    if (p > 0) entropy -= p * Math.log(p);
  }
  let squares = 0;
  let noisy = 0;
  for (const value of squared) {
    const above = value > 16 * noise;
    const error = above ? noise / (2 * Math.sqrt(value)) : Math.sqrt(Math.max(value, noise));
    const p = Math.sqrt(Math.max(value, noise)) / sum;
    const effect = error / sum * Math.abs(Math.log(p) + entropy);
    if (above) squares += effect * effect;
    else noisy += effect;
  }
  return 3 * Math.sqrt(squares) + noisy;
}
