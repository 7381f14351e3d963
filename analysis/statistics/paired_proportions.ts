/**
 * Difference of two proportions over the same samples.
 *
 * @module
 */
import { CONFIDENCE_NAME, type Estimate, withoutInterval, Z } from "./estimate.ts";

/**
 * Mean of the differences of 0/1 scores (each -1, 0 or 1) with the interval of Agresti and Min (2005): half a sample is
 * added to each of the four outcomes of a pair. Unlike a paired t or a bootstrap it does not shrink
 * to nothing when no sample changed.
 */
export function pairedProportions(differences: readonly number[]): Estimate {
  const n = differences.length;
  if (n === 0) return withoutInterval(null);
  const gained = differences.filter((difference) => difference > 0).length + 0.5;
  const lost = differences.filter((difference) => difference < 0).length + 0.5;
  const total = n + 2;
  const centre = (gained - lost) / total;
  const half = Z * Math.sqrt(gained + lost - (gained - lost) ** 2 / total) / total;
  return {
    mean: (gained - lost) / n,
    low: Math.max(-1, centre - half),
    high: Math.min(1, centre + half),
    interval: `${CONFIDENCE_NAME} paired Agresti-Min`,
  };
}
