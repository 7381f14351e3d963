/**
 * ln sum exp of rows of logits.
 *
 * @module
 */

/**
 * ln sum exp of every row of a row-major matrix, in float64 and in two parts: `max[row] + rest[row]`. Apart
 * they lose nothing: (x - max) - rest is a log-probability to the last digits, also where the logits have
 * a large constant in common.
 *
 * The maximum is `+Infinity` or `-Infinity` where the row's is, with a rest of 0; both are `NaN` where the row holds NaN.
 *
 * @param values `rows * width` logits.
 * @param max Receives `rows` numbers.
 * @param rest Receives `rows` numbers.
 */
export function logsumexpRows(
  values: Float32Array,
  width: number,
  rows: number,
  max: Float64Array,
  rest: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const begin = row * width;
    const largest = maximum(values, begin, begin + width);
    max[row] = largest;
    rest[row] = largest === Infinity || largest === -Infinity
      ? 0
      : logOfSum(values, begin, begin + width, largest);
  }
}

function maximum(values: Float32Array, begin: number, end: number): number {
  let max = -Infinity;
  for (let i = begin; i < end; i++) {
    const value = values[i]!;
    if (value > max) max = value;
    else if (value !== value) return NaN;
  }
  return max;
}

function logOfSum(values: Float32Array, begin: number, end: number, max: number): number {
  let sum = 0;
  for (let i = begin; i < end; i++) sum += Math.exp(values[i]! - max);
  return Math.log(sum);
}
