/**
 * ln sum exp(x / T) of rows of logits.
 *
 * @module
 */

/**
 * `ln sum exp(x / T)` over `values[begin, end)`, in float64, shifted by the maximum so that it neither
 * overflows nor underflows. `+Infinity` where an entry is, `-Infinity` where all entries are, `NaN`
 * where any entry is.
 */
export function logsumexp(
  values: Float32Array,
  begin: number,
  end: number,
  temperature = 1,
): number {
  let max = -Infinity;
  for (let i = begin; i < end; i++) {
    const value = values[i]!;
    if (value > max) max = value;
    else if (value !== value) return NaN;
  }
  if (max === Infinity || max === -Infinity) return max;
  let sum = 0;
  if (temperature === 1) {
    for (let i = begin; i < end; i++) sum += Math.exp(values[i]! - max);
    return max + Math.log(sum);
  }
  for (let i = begin; i < end; i++) sum += Math.exp((values[i]! - max) / temperature);
  return max / temperature + Math.log(sum);
}

/**
 * The same for every row of a row-major matrix.
 *
 * @param values `rows * width` logits.
 * @param out Receives `rows` numbers.
 */
export function logsumexpRows(
  values: Float32Array,
  width: number,
  rows: number,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    out[row] = logsumexp(values, row * width, (row + 1) * width);
  }
}
