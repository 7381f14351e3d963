/**
 * Sums over the tail of a row of logits, in float64.
 *
 * @module
 */
import { type LogitSketch, TAIL_EXPONENTS } from "../../data/logs.ts";

/**
 * Fills in the tail's numbers of one row: sums over all entries but those at `head`. A row without a finite
 * largest logit gets NaN sums.
 *
 * The sums of exp(a (min - x)) all come from one exponential an entry, at the smallest a, by squaring.
 *
 * @param values The row's logits.
 * @param max The row's largest logit.
 * @param head Ids that are not of the tail.
 * @param at Row of the sketch.
 */
export function tailSums(
  values: Float32Array,
  max: number,
  head: Int32Array,
  { tail }: LogitSketch,
  at: number,
): void {
  let [low, high, sum, weighted] = [Infinity, -Infinity, 0, 0];
  let [quarters, halves, wholes, doubles] = [0, 0, 0, 0];
  if (!Number.isFinite(max)) [low, high, sum, weighted] = [NaN, NaN, NaN, NaN];
  const rest = Number.isFinite(max) ? withoutHead(values, head) : new Float32Array();
  for (let i = 0; i < rest.length; i++) {
    const value = rest[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
    const distance = value - max;
    const mass = Math.exp(distance);
    if (mass === 0) continue;
    sum += mass;
    weighted += mass * distance;
  }
  for (let i = 0; i < rest.length; i++) {
    const quarter = Math.exp(TAIL_EXPONENTS[0] * (low - rest[i]!));
    const half = quarter * quarter;
    const whole = half * half;
    quarters += quarter;
    halves += half;
    wholes += whole;
    doubles += whole * whole;
  }
  tail.sum[at] = sum;
  tail.weighted[at] = weighted;
  tail.min[at] = low;
  tail.max[at] = high;
  [quarters, halves, wholes, doubles].forEach((value, index) => tail.inverse[index]![at] = value);
}

/** The entries of a row that are not at `head`. */
function withoutHead(values: Float32Array, head: Int32Array): Float32Array {
  const rest = new Float32Array(Math.max(values.length - head.length, 0));
  let [from, to] = [0, 0];
  for (const id of head.toSorted()) {
    rest.set(values.subarray(from, id), to);
    to += id - from;
    from = id + 1;
  }
  rest.set(values.subarray(from), to);
  return rest;
}
