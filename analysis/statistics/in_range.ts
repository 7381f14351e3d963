/**
 * Intervals of means whose values have a range.
 *
 * @module
 */
import { CONFIDENCE_NAME, type Estimate, within, Z } from "./estimate.ts";

/**
 * Ends an interval where the values' range ends. One without width at an end of it becomes Wilson's: all values lie
 * there, so that Student's t knows no spread, as if so few samples could rule out any other value. Between the ends
 * values spread less than as many zeros and ones with their mean would, so Wilson's interval holds for them too.
 *
 * @param n Number of samples.
 * @param range Without both ends no interval becomes Wilson's.
 */
export function inRange(
  uncut: Estimate,
  n: number,
  range: { low?: number; high?: number } = {},
): Estimate {
  const estimate = within(uncut, range);
  const { mean } = estimate;
  const { low, high } = range;
  if (low === undefined || high === undefined || mean === null || estimate.low === null) {
    return estimate;
  }
  // Weighted sums are rounded.
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * (high - low);
  if (!near(estimate.low, estimate.high!)) return estimate;
  const [atLow, atHigh] = [near(mean, low), near(mean, high)];
  if (!atLow && !atHigh) return estimate;
  const width = (high - low) * Z * Z / (n + Z * Z);
  return {
    mean,
    low: atLow ? low : high - width,
    high: atHigh ? high : low + width,
    interval: `${CONFIDENCE_NAME} Wilson`,
  };
}
