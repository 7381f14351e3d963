/** The largest and the smallest entry of a row, block by block, and the largest of each chunk of it. */
import { largest, smallest } from "./lanes";
import { MIN } from "./state";

/** Entries of a chunk. */
export const CHUNK: i32 = 64;

/**
 * Takes in a block of `n` entries.
 *
 * @param maxima Receives the largest entry of every chunk, the last one of which may be shorter; chunks of NaN alone
 *   get anything.
 * @param state Receives the smallest entry so far.
 * @returns The larger of `max` and the block's largest entry; NaN may be passed over.
 */
export function extremesOfBlock(block: usize, n: i32, maxima: usize, state: usize, max: f32): f32 {
  let upper = f32x4.splat(max);
  let lower = f32x4.splat(<f32> load<f64>(state, MIN));
  const whole = block + (<usize> (n & -CHUNK) << 2);
  let at = block;
  while (at < whole) {
    const end = at + (CHUNK << 2);
    let high = v128.load(at);
    do {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      high = f32x4.pmax(high, f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)));
      lower = f32x4.pmin(lower, f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d)));
      at += 64;
    } while (at < end);
    upper = f32x4.pmax(upper, high);
    store<f32>(maxima, largest(high));
    maxima += 4;
  }
  let most = largest(upper);
  let least = smallest(lower);
  const end = block + (<usize> n << 2);
  if (at < end) {
    let last: f32 = -Infinity;
    for (; at < end; at += 4) {
      const value = load<f32>(at);
      if (value > last) last = value;
      if (value < least) least = value;
    }
    if (last > most) most = last;
    store<f32>(maxima, last);
  }
  store<f64>(state, <f64> least, MIN);
  return most;
}
