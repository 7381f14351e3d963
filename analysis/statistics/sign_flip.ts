/**
 * Tests of "no difference" over pairs.
 *
 * @module
 */
import { seededRandom } from "./seeded_random.ts";

/** Up to so many values that are not 0, every choice of signs is tried. */
const MOST_EXACT = 14;
/** Choices of signs that are drawn where there are more. */
const DRAWN = 9_999;
/** Sums that differ by rounding count as equal. */
const ROUNDING = 1e-12;

/** A p value and the name of its test. */
export interface TestResult {
  p: number;
  test: "McNemar exact" | "sign flip exact" | "sign flip, 9999 drawn";
}

/**
 * Two-sided sign-flip permutation test: under no difference each paired difference could as well have the other
 * sign (Fisher 1935). The statistic is the absolute weighted sum. Exact up to 14 differences that are not 0; above,
 * (1 + drawn sums as large) / (1 + drawn sums) with a fixed seed (Phipson and Smyth 2010). Of differences that are
 * -1, 0 or 1 with equal weights it is McNemar's exact test, and then computed as the binomial test that this is.
 *
 * @param differences Weighted differences: each times what its sample weighs in the mean.
 * @param binary Whether they are differences of 0/1 scores that all weigh the same.
 */
export function signFlipTest(differences: readonly number[], binary: boolean): TestResult {
  const values = differences.filter((difference) => difference !== 0);
  if (binary) {
    const gained = values.filter((value) => value > 0).length;
    return { p: binomialHalf(gained, values.length), test: "McNemar exact" };
  }
  const observed = Math.abs(values.reduce((sum, value) => sum + value, 0));
  const least = observed - ROUNDING * values.reduce((sum, value) => sum + Math.abs(value), 0);
  return values.length <= MOST_EXACT
    ? { p: exact(values, least), test: "sign flip exact" }
    : { p: drawn(values, least), test: "sign flip, 9999 drawn" };
}

/** Gray code: each choice of signs differs from the one before in one sign. */
function exact(values: number[], least: number): number {
  const signed = [...values];
  const choices = 2 ** values.length;
  let sum = values.reduce((total, value) => total + value, 0);
  let count = 1;
  for (let choice = 1; choice < choices; choice++) {
    const index = 31 - Math.clz32(choice & -choice);
    sum -= 2 * signed[index]!;
    signed[index] = -signed[index]!;
    if (Math.abs(sum) >= least) count++;
  }
  return count / choices;
}

function drawn(values: number[], least: number): number {
  const random = seededRandom(1);
  let count = 1;
  for (let draw = 0; draw < DRAWN; draw++) {
    let sum = 0;
    let bits = 0;
    for (let index = 0; index < values.length; index++) {
      if (index % 32 === 0) bits = random();
      sum += bits & 1 ? values[index]! : -values[index]!;
      bits >>>= 1;
    }
    if (Math.abs(sum) >= least) count++;
  }
  return count / (DRAWN + 1);
}

/** Two-sided exact binomial test of a fair coin. */
function binomialHalf(successes: number, trials: number): number {
  if (trials === 0) return 1;
  const fewer = Math.min(successes, trials - successes);
  let term = -trials * Math.LN2;
  let tail = Math.exp(term);
  for (let k = 1; k <= fewer; k++) {
    term += Math.log((trials - k + 1) / k);
    tail += Math.exp(term);
  }
  return Math.min(1, 2 * tail);
}
