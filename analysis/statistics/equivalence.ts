/**
 * Whether a method is as good as its baseline: not "no difference was seen", but "a difference as large as the margin
 * is ruled out".
 *
 * @module
 */
import type { PairedDifference } from "./paired_difference.ts";
import { studentTQuantile, studentTTail } from "./student_t.ts";

/** p values of the one-sided tests against the margin. */
export interface Equivalence {
  /** Two one-sided tests (Schuirmann 1987): the larger of the two; below 0.05 the 90 % interval is inside the margin. */
  equivalence: number;
  /** That the method is not worse by the margin or more. */
  nonInferiority: number;
}

/**
 * Tests a difference against -margin and +margin.
 *
 * @param better Whether a higher or a lower score is better.
 */
export function equivalenceTests(
  { centre, standardError, degrees }: PairedDifference,
  margin: number,
  better: "higher" | "lower",
): Equivalence {
  const above = studentTTail((centre + margin) / standardError, degrees);
  const below = studentTTail((margin - centre) / standardError, degrees);
  return {
    equivalence: Math.max(above, below),
    nonInferiority: better === "higher" ? above : below,
  };
}

/** Share of true equivalences that {@link samplesForEquivalence} wants found, and the level of its tests. */
export const POWER = 0.8;
export const LEVEL = 0.05;

/**
 * Samples with which the two one-sided tests would find equivalence with a probability of {@link POWER}, if in truth
 * there is no difference (Chow, Shao and Wang 2008, section 3.1.2, paired): (z(1 - level) + z((1 + power) / 2))² times the
 * variance of one sample, over margin². The variance of the calibration seeds stays, however many samples there are.
 *
 * @returns Infinity where the calibration seeds alone leave more doubt than the margin allows.
 */
export function samplesForEquivalence(
  { n, samplingVariance, calibrationVariance }: PairedDifference,
  margin: number,
): number {
  const z = studentTQuantile(1 - LEVEL, Infinity) + studentTQuantile((1 + POWER) / 2, Infinity);
  const allowed = (margin / z) ** 2 - calibrationVariance;
  return allowed <= 0 ? Infinity : Math.ceil(n * samplingVariance / allowed);
}
