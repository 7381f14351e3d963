/** Sums of exponentials at several temperatures. */
import { addLanes, C1, C2, C3, C4, C5, constant, exp4, LOG2E, MAGIC, RUN, total } from "./lanes";
import { fill } from "./single";
import { FLOOR } from "./state";

/** Sum of exp((x - max) / T) over `n` entries, a multiple of 4. `zero` is 0, see `constant`. */
export function sumAt(block: usize, n: i32, max: f32, inverse: f32, zero: f32): f64 {
  const magic = constant(MAGIC, zero);
  const log2e = constant(LOG2E, zero);
  const c1 = constant(C1, zero);
  const c2 = constant(C2, zero);
  const c3 = constant(C3, zero);
  const c4 = constant(C4, zero);
  const c5 = constant(C5, zero);
  const one = constant(1, zero);
  const reference = f32x4.splat(max);
  const factor = f32x4.splat(inverse);
  const floor = constant(FLOOR, zero);
  let whole = f64x2.splat(0);
  const end = block + (<usize> n << 2);
  while (block < end) {
    const stop = min(block + RUN, end);
    let sum = f32x4.splat(0);
    do {
      const d = f32x4.mul(f32x4.sub(v128.load(block), reference), factor);
      sum = f32x4.add(sum, exp4(f32x4.pmax(d, floor), magic, log2e, c1, c2, c3, c4, c5, one));
      block += 16;
    } while (block < stop);
    whole = addLanes(whole, sum);
  }
  return total(whole);
}

/** The same over `n` entries, however many. */
export function sumOfBlockAt(block: usize, n: i32, max: f32, inverse: f32, zero: f32, scratch: usize): f64 {
  const whole = n & ~3;
  const sum = sumAt(block, whole, max, inverse, zero);
  if (whole == n) return sum;
  fill(block, whole, n, scratch);
  return sum + sumAt(scratch, 4, max, inverse, zero);
}
