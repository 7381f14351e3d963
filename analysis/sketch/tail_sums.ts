/**
 * Sums over the tail of a row of logits, in float64.
 *
 * @module
 */
import { type LogitSketch, TAIL_EXPONENTS } from "../../data/logs.ts";

/** A row of logits with what is known of it. */
export interface TailRow {
  values: Float32Array;
  /** exp(x - max) of each. */
  masses: Float64Array;
  /** The largest logit; not finite where there is no distribution. */
  max: number;
  /** Ids that are not of the tail. */
  head: Int32Array;
}

/** Below this the masses have lost digits that the sums of exp(-a x) need, and powers of theirs overflow. */
const LARGEST_RANGE = 300;

/**
 * Fills in the tail's numbers of one row: sums over all entries but those at `head`. A row without a finite
 * largest logit gets NaN.
 *
 * The sums of exp(a (min - x)) come from the masses by roots and powers: no further exponential an entry.
 *
 * @param at Row of the sketch.
 */
export function tailSums(row: TailRow, { tail }: LogitSketch, at: number): void {
  const { values, masses, max } = row;
  let [low, high, sum, weighted] = [Infinity, -Infinity, 0, 0];
  let [quarters, halves, wholes, doubles] = [0, 0, 0, 0];
  if (!Number.isFinite(max)) [low, high, sum, weighted] = [NaN, NaN, NaN, NaN];
  for (const [begin, end] of Number.isFinite(max) ? stretches(row) : []) {
    for (let id = begin; id < end; id++) {
      const value = values[id]!;
      const mass = masses[id]!;
      if (value < low) low = value;
      if (value > high) high = value;
      sum += mass;
      if (mass > 0) weighted += mass * (value - max);
      const quarter = 1 / Math.sqrt(Math.sqrt(mass));
      const half = quarter * quarter;
      const whole = half * half;
      quarters += quarter;
      halves += half;
      wholes += whole;
      doubles += whole * whole;
    }
  }
  const inverse = [quarters, halves, wholes, doubles];
  TAIL_EXPONENTS.forEach((a, index) => {
    tail.inverse[index]![at] = max - low > LARGEST_RANGE
      ? inverseSum(row, low, a)
      // Without a tail both are 0 and its minimum infinite.
      : low === Infinity
      ? 0
      : inverse[index]! * Math.exp(a * (low - max));
  });
  tail.sum[at] = sum;
  tail.weighted[at] = weighted;
  tail.min[at] = low;
  tail.max[at] = high;
}

/** The sum of exp(a (low - x)) over the tail; NaN where `low` is not finite. */
function inverseSum(row: TailRow, low: number, a: number): number {
  let sum = 0;
  for (const [begin, end] of stretches(row)) {
    for (let id = begin; id < end; id++) sum += Math.exp(a * (low - row.values[id]!));
  }
  return sum;
}

/** The stretches of ids between those of the head. */
function stretches({ values, head }: TailRow): [begin: number, end: number][] {
  const cuts = [...head.toSorted(), values.length];
  return cuts.map((end, index) => [index === 0 ? 0 : cuts[index - 1]! + 1, end]);
}
