/**
 * Wilson's score interval of a proportion.
 *
 * @module
 */
import { CONFIDENCE_NAME, type Estimate, withoutInterval, Z } from "./estimate.ts";

/** Mean of scores that are 0 or 1, with Wilson's interval, which stays inside [0, 1] and never has width 0. */
export function wilsonInterval(scores: readonly number[]): Estimate {
  const n = scores.length;
  if (n === 0) return withoutInterval(null);
  const p = scores.reduce((sum, score) => sum + score, 0) / n;
  const centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
  const half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
  return {
    mean: p,
    // Exactly 0 and 1 at the ends, where rounding would leave about 1e-17.
    low: p === 0 ? 0 : Math.max(0, centre - half),
    high: p === 1 ? 1 : Math.min(1, centre + half),
    interval: `${CONFIDENCE_NAME} Wilson`,
  };
}
