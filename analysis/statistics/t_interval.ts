/**
 * Student's t interval.
 *
 * @module
 */
import { mean as meanOf, sampleStandardDeviation } from "simple-statistics";
import { CONFIDENCE, CONFIDENCE_NAME, type Estimate, withoutInterval } from "./estimate.ts";
import { studentTQuantile } from "./student_t.ts";

/**
 * Mean of independent values (one a sample) with Student's t interval. Given the differences of pairs it is the
 * paired t interval.
 *
 * @param name How the interval is called, after the confidence.
 */
export function tInterval(values: readonly number[], name: "t" | "paired t" = "t"): Estimate {
  if (values.length === 0) return withoutInterval(null);
  if (!values.every(Number.isFinite)) {
    const sum = values.reduce((sum, value) => sum + value, 0);
    // Opposite infinities have no mean.
    return withoutInterval(Number.isNaN(sum) ? null : sum);
  }
  const mean = meanOf(values as number[]);
  if (values.length === 1) return withoutInterval(mean);
  const error = sampleStandardDeviation(values as number[]) / Math.sqrt(values.length);
  return around(mean, error, values.length - 1, name);
}

/** The t interval of a mean whose standard error is known. */
export function around(mean: number, error: number, degrees: number, name: string): Estimate {
  const half = error === 0 ? 0 : error * studentTQuantile((1 + CONFIDENCE) / 2, degrees);
  return {
    mean,
    low: mean - half,
    high: mean + half,
    interval: `${CONFIDENCE_NAME} ${name}`,
  };
}
