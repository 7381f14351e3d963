/** The rank of a row's token. */
import { RANK, TOKEN } from "./state";

/** How many of the `n` entries at `from` are greater than `value`, or equal where `orEqual`. */
function countAbove(from: usize, n: i32, value: f32, orEqual: bool): i32 {
  const bar = f32x4.splat(value);
  let count = i32x4.splat(0);
  let i: i32 = 0;
  for (; i + 4 <= n; i += 4) {
    const v = v128.load(from + (<usize> i << 2));
    count = i32x4.sub(count, orEqual ? f32x4.ge(v, bar) : f32x4.gt(v, bar));
  }
  let sum = i32x4.extract_lane(count, 0) + i32x4.extract_lane(count, 1) +
    i32x4.extract_lane(count, 2) + i32x4.extract_lane(count, 3);
  for (; i < n; i++) {
    const v = load<f32>(from + (<usize> i << 2));
    if (v > value || (orEqual && v == value)) sum++;
  }
  return sum;
}

/** Counts the entries of a block that rank before the token: greater ones, and equal ones with a lower id. */
export function rankBlock(block: usize, n: i32, firstId: i32, token: i32, state: usize): void {
  const value = <f32> load<f64>(state, TOKEN);
  const lower = max(min(token - firstId, n), 0);
  const count = countAbove(block, lower, value, true) +
    countAbove(block + (<usize> lower << 2), n - lower, value, false);
  store<f64>(state, load<f64>(state, RANK) + <f64> count, RANK);
}
