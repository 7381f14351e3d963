/** Sums over the exponentials of one row. */
import { touch } from "./ahead";
import { addLanes, C1, C2, C3, C4, C5, constant, exp4, LOG2E, MAGIC, RUN, total } from "./lanes";
import { FLOOR, MIN, raise, SUM, WEIGHTED, ZERO } from "./state";

/** Adds the `n` entries at `block`, a multiple of 4, to the sums, and touches `step` bytes a run of what comes next. */
// @ts-ignore: decorator
@inline
function add(
  block: usize,
  n: i32,
  max: f32,
  floor: bool,
  state: usize,
  next: usize,
  step: usize,
  last: usize,
  scratch: usize,
): void {
  const reference = f32x4.splat(max);
  const zero = load<f32>(state, ZERO);
  const magic = constant(MAGIC, zero);
  const log2e = constant(LOG2E, zero);
  const c1 = constant(C1, zero);
  const c2 = constant(C2, zero);
  const c3 = constant(C3, zero);
  const c4 = constant(C4, zero);
  const c5 = constant(C5, zero);
  const one = constant(1, zero);
  const lowest = constant(FLOOR, zero);
  let sum = f64x2.splat(0);
  let weighted = f64x2.splat(0);
  let seen = i32x4.splat(0);
  const end = block + (<usize> n << 2);
  while (block < end) {
    const stop = min(block + RUN, end);
    let sums = f32x4.splat(0);
    let products = f32x4.splat(0);
    if (step != 0) {
      seen = v128.or(seen, touch(next, step, last));
      next += step;
    }
    do {
      let d = f32x4.sub(v128.load(block), reference);
      if (floor) d = f32x4.pmax(d, lowest);
      const e = exp4(d, magic, log2e, c1, c2, c3, c4, c5, one);
      sums = f32x4.add(sums, e);
      products = f32x4.relaxed_madd(e, d, products);
      block += 16;
    } while (block < stop);
    sum = addLanes(sum, sums);
    weighted = addLanes(weighted, products);
  }
  store<f64>(state, load<f64>(state, SUM) + total(sum), SUM);
  store<f64>(state, load<f64>(state, WEIGHTED) + total(weighted), WEIGHTED);
  v128.store(scratch, seen);
}

/**
 * Takes a block into the row's sums.
 *
 * @param max The row's largest entry, this block included.
 * @param scratch Takes the block's last entries, filled up to four with -infinity.
 * @param next What is read next, of which `step` bytes a run are touched, and nothing behind `last`.
 */
export function sumBlock(
  block: usize,
  n: i32,
  max: f32,
  state: usize,
  scratch: usize,
  next: usize,
  step: usize,
  last: usize,
): void {
  raise(state, max);
  const whole = n & ~3;
  const near = load<f64>(state, MIN) - <f64> max > <f64> FLOOR;
  if (near) add(block, whole, max, false, state, next, step, last, scratch);
  else add(block, whole, max, true, state, next, step, last, scratch);
  if (whole == n) return;
  fill(block, whole, n, scratch);
  add(scratch, 4, max, true, state, 0, 0, 0, scratch + 32);
}

/** Copies the entries `[from, to)` of a block, fewer than four, and fills up to four with -infinity. */
export function fill(block: usize, from: i32, to: i32, scratch: usize): void {
  v128.store(scratch, f32x4.splat(-Infinity));
  for (let i = from; i < to; i++) {
    store<f32>(scratch + (<usize> (i - from) << 2), load<f32>(block + (<usize> i << 2)));
  }
}
