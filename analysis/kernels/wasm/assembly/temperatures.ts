/** Sums of exponentials at several temperatures. */
import { addLanes, exp4, RUN, total } from "./lanes";
import { fill } from "./single";
import { FLOOR } from "./state";

/** Sum of exp((x - max) / T) over `n` entries, a multiple of 4. */
export function sumAt(block: usize, n: i32, max: f32, inverse: f32): f64 {
  let whole = f64x2.splat(0);
  const end = block + (<usize> n << 2);
  while (block < end) {
    const stop = min(block + RUN, end);
    let sum = f32x4.splat(0);
    do {
      const d = f32x4.mul(f32x4.sub(v128.load(block), f32x4.splat(max)), f32x4.splat(inverse));
      sum = f32x4.add(sum, exp4(f32x4.pmax(d, f32x4.splat(FLOOR))));
      block += 16;
    } while (block < stop);
    whole = addLanes(whole, sum);
  }
  return total(whole);
}

/** The same over `n` entries, however many. */
export function sumOfBlockAt(block: usize, n: i32, max: f32, inverse: f32, scratch: usize): f64 {
  const whole = n & ~3;
  const sum = sumAt(block, whole, max, inverse);
  if (whole == n) return sum;
  fill(block, whole, n, scratch);
  return sum + sumAt(scratch, 4, max, inverse);
}
