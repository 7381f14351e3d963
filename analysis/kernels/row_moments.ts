/**
 * Moments of rows of logits and of their softmax.
 *
 * @module
 */

/** One number a row; NaN where the row holds NaN or `+Infinity`, or nothing but `-Infinity`. */
export interface RowMoments {
  /** Mean logit; `-Infinity` where an entry is. */
  mean: Float64Array;
  /** ln sum exp of the logits less their maximum. */
  rest: Float64Array;
  /** The largest logit. */
  max: Float64Array;
  /** Id of the largest logit, the lowest one of equals; -1 where the numbers are NaN. */
  top: Int32Array;
  /** Sum of the squared probabilities. */
  squares: Float64Array;
  /** Probability of the token that stands at the row. */
  token: Float64Array;
}

/** Room for the moments of so many rows. */
export function emptyMoments(rows: number): RowMoments {
  const doubles = () => new Float64Array(rows).fill(NaN);
  const top = new Int32Array(rows).fill(-1);
  return {
    mean: doubles(),
    rest: doubles(),
    max: doubles(),
    top,
    squares: doubles(),
    token: doubles(),
  };
}

/**
 * Fills in the moments of rows, in float64.
 *
 * @param values `rows * width` logits, row-major.
 * @param tokens The token that stands at each row of `out`.
 * @param first Row of `out` that the first of them is.
 * @param masses Receives exp(x - max) of the last row's logits, if that has moments.
 */
export function rowMoments(
  values: Float32Array,
  width: number,
  rows: number,
  tokens: Int32Array,
  out: RowMoments,
  first: number,
  masses?: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const at = first + row;
    moments(values, row * width, width, out, at, masses);
    const logit = values[row * width + tokens[at]!]!;
    out.token[at] = Math.exp(logit - out.max[at]! - out.rest[at]!);
  }
}

function moments(
  values: Float32Array,
  begin: number,
  width: number,
  out: RowMoments,
  at: number,
  masses?: Float64Array,
): void {
  let max = -Infinity;
  let top = -1;
  let total = 0;
  for (let id = 0; id < width; id++) {
    const value = values[begin + id]!;
    total += value;
    if (value > max) [max, top] = [value, id];
  }
  // The total is NaN where an entry is, or where infinities of both signs meet.
  if (Number.isNaN(total) || !Number.isFinite(max)) return;
  let sum = 0;
  let squares = 0;
  for (let id = begin; id < begin + width; id++) {
    const mass = Math.exp(values[id]! - max);
    if (masses) masses[id - begin] = mass;
    sum += mass;
    squares += mass * mass;
  }
  out.mean[at] = total / width;
  out.rest[at] = Math.log(sum);
  out.max[at] = max;
  out.top[at] = top;
  out.squares[at] = squares / (sum * sum);
}
