/**
 * Rounding and means as Python and NumPy do them, which differ from each other and from JavaScript.
 *
 * @module
 */

/**
 * Python's `round(value, digits)`: to the nearest decimal of the exact binary value, ties to even.
 *
 * @param digits Decimals, 0 to 20.
 *
 * @example
 * ```ts
 * import { pythonRound } from "./python_round.ts";
 * pythonRound(0.125, 2); // 0.12
 * pythonRound(2.675, 2); // 2.67, since 2.675 is a little less than it says
 * ```
 */
export function pythonRound(value: number, digits = 0): number {
  if (value === 0 || !Number.isFinite(value) || Math.abs(value) >= 2 ** 52) return value;
  const nearest = Number(value.toFixed(digits)); // ties go away from zero
  return isTie(value, digits) ? tieToEven(value, digits) : nearest;
}

/** Halfway between two decimals lie the binary fractions n / 2^(digits + 1) with n odd. */
function isTie(value: number, digits: number): boolean {
  return Math.abs(value * 2 ** (digits + 1) % 2) === 1;
}

function tieToEven(value: number, digits: number): number {
  const doubled = BigInt(value * 2 ** (digits + 1)) * 5n ** BigInt(digits); // 2 * value * 10^digits
  const below = (doubled - (doubled < 0n ? -1n : 1n)) / 2n;
  const away = below + (doubled < 0n ? -1n : 1n);
  return Number(`${below % 2n === 0n ? below : away}e-${digits}`);
}

/**
 * `numpy.round(value, digits)`: scales, rounds halves to even, and scales back, in floating point.
 */
export function numpyRound(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  const scale = 10 ** digits;
  return roundHalfToEven(value * scale) / scale;
}

/** The nearest integer, halves to even (`rint`). */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** `numpy.mean` of float64 values: pairwise summation; NaN for no values. */
export function numpyMean(values: readonly number[]): number {
  return pairwiseSum(values, 0, values.length) / values.length;
}

const BLOCK = 128;

function pairwiseSum(values: readonly number[], start: number, count: number): number {
  if (count < 8) {
    let sum = count > 0 ? values[start]! : 0;
    for (let i = 1; i < count; i++) sum += values[start + i]!;
    return sum;
  }
  if (count <= BLOCK) return unrolledSum(values, start, count);
  let half = Math.floor(count / 2);
  half -= half % 8;
  return pairwiseSum(values, start, half) + pairwiseSum(values, start + half, count - half);
}

function unrolledSum(values: readonly number[], start: number, count: number): number {
  const r = values.slice(start, start + 8);
  let i = 8;
  for (; i < count - (count % 8); i += 8) {
    for (let k = 0; k < 8; k++) r[k]! += values[start + i + k]!;
  }
  let sum = ((r[0]! + r[1]!) + (r[2]! + r[3]!)) + ((r[4]! + r[5]!) + (r[6]! + r[7]!));
  for (; i < count; i++) sum += values[start + i]!;
  return sum;
}
