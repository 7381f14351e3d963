/**
 * Student's t distribution, which simple-statistics lacks.
 *
 * @module
 */
import { gammaln } from "simple-statistics";

/**
 * The t with P(T <= t) = `probability` for T of Student's t distribution, within a relative error of 1e-8.
 *
 * @param probability Between 0.5 and 1, both exclusive.
 * @param degrees Degrees of freedom, above 0; need not be whole. Infinity gives the normal distribution.
 */
export function studentTQuantile(probability: number, degrees: number): number {
  if (!(probability > 0.5 && probability < 1)) {
    throw new RangeError(`Probability ${probability}, expected one between 0.5 and 1`);
  }
  if (!(degrees > 0)) throw new RangeError(`${degrees} degrees of freedom, expected more than 0`);
  let low = 0;
  let high = 1;
  while (upperTail(high, degrees) > 1 - probability) high *= 2;
  for (let i = 0; i < 100 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2;
    if (upperTail(middle, degrees) > 1 - probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(T > t) for any t; the normal distribution's where `degrees` is infinite.
 *
 * @param degrees Degrees of freedom, above 0; need not be whole.
 */
export function studentTTail(t: number, degrees: number): number {
  return t < 0 ? 1 - upperTail(-t, degrees) : upperTail(t, degrees);
}

/** P(T > t), t >= 0. */
function upperTail(t: number, degrees: number): number {
  if (t === Infinity) return 0;
  if (degrees === Infinity) return normalTail(t);
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
}

/** P(Z > z), z >= 0: the power series near the middle, Mills' ratio as a continued fraction in the tail. */
function normalTail(z: number): number {
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  if (z > 3) {
    let ratio = 0;
    for (let k = 80; k >= 1; k--) ratio = k / (z + ratio);
    return density / (z + ratio);
  }
  let term = z;
  let sum = z;
  for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
    term *= z * z / (2 * k + 1);
    sum += term;
  }
  return 0.5 - density * sum;
}

/** The regularised incomplete beta function I_x(a, b), by its continued fraction on the side that converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x);
  return Math.exp(front) / a / continuedFraction(x, a, b);
}

/** Lentz's evaluation of the fraction's denominator. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 0;
  let value = 1;
  for (let i = 1; i <= 1000; i++) {
    const m = Math.floor(i / 2);
    const numerator = i % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : -((a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + numerator * d || tiny);
    c = 1 + numerator / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}
