/** The largest entries of a row, from the largest of each of its chunks. */
import { CHUNK } from "./extremes";
import { widen } from "./half";
import { largest, smallest } from "./lanes";

/**
 * Puts an entry among the best so far, behind which there are `place` or more places. Entries come in the order of
 * their ids, so an equal one stays behind those that are there.
 */
function insert(value: f32, id: i32, ids: usize, values: usize, place: i32): void {
  let slot = <usize> place << 2;
  while (slot > 0) {
    const before = load<f32>(values + slot - 4);
    if (!(value > before)) break;
    store<f32>(values + slot, before);
    store<i32>(ids + slot, load<i32>(ids + slot - 4));
    slot -= 4;
  }
  store<f32>(values + slot, value);
  store<i32>(ids + slot, id);
}

/** How many of the numbers at `from`, a multiple of 4, are `bar` or greater. */
function countFrom(from: usize, to: usize, bar: f32): i32 {
  const level = f32x4.splat(bar);
  let count = i32x4.splat(0);
  for (; from < to; from += 16) count = i32x4.sub(count, f32x4.ge(v128.load(from), level));
  return i32x4.extract_lane(count, 0) + i32x4.extract_lane(count, 1) +
    i32x4.extract_lane(count, 2) + i32x4.extract_lane(count, 3);
}

/**
 * A number that at least `k` entries of the row reach, and not many more where they are spread evenly: so many chunks
 * have an entry that reaches it. -infinity where there are fewer chunks.
 */
function barOf(maxima: usize, end: usize, chunks: i32, k: i32): f32 {
  if (chunks < k) return -Infinity;
  let high = v128.load(maxima);
  let low = high;
  for (let at = maxima + 16; at < end; at += 16) {
    const four = v128.load(at);
    high = f32x4.pmax(high, four);
    // The last four may be filled up with -infinity, from which the search takes a few steps more.
    low = f32x4.pmin(low, four);
  }
  let above = largest(high);
  let bar = max(smallest(low), above - 1000);
  if (countFrom(maxima, end, bar) < k) return -Infinity;
  const enough = k + (k >> 3) + 2;
  for (let step = 0; step < 24; step++) {
    const middle = bar + (above - bar) * 0.5;
    if (!(middle > bar)) break;
    const count = countFrom(maxima, end, middle);
    if (count >= k) {
      bar = middle;
      if (count <= enough) break;
    } else above = middle;
  }
  return bar;
}

/**
 * Finds the best entries of a row.
 *
 * @param maxima The largest entry of each of its chunks; 12 bytes behind them are overwritten.
 * @param k Entries wanted, at most 64 and at most `width`.
 * @param top Receives `k` ids, then `k` float32 values, largest first, equal ones by the lower id. Anything where the
 *   row holds NaN.
 * @param scratch Takes a chunk in float32.
 */
export function pickTop(
  row: usize,
  half: bool,
  width: i32,
  maxima: usize,
  k: i32,
  top: usize,
  scratch: usize,
): void {
  if (k == 0) return;
  const chunks = (width + CHUNK - 1) / CHUNK;
  const end = maxima + (<usize> (chunks + 3 & ~3) << 2);
  for (let at = maxima + (<usize> chunks << 2); at < end; at += 4) store<f32>(at, -Infinity);
  const values = top + (<usize> k << 2);
  const last = values + (<usize> (k - 1) << 2);
  memory.fill(top, 0, <usize> k << 3);
  const least = barOf(maxima, end, chunks, k);
  let bar = f32x4.splat(least);
  let filled: i32 = 0;
  for (let chunk = 0; chunk < chunks; chunk += 4) {
    const four = v128.load(maxima + (<usize> chunk << 2));
    let candidates = i32x4.bitmask(f32x4.ge(four, bar));
    for (; candidates != 0; candidates &= candidates - 1) {
      const first = (chunk + ctz(candidates)) * CHUNK;
      if (first >= width) break;
      const n = min(CHUNK, width - first);
      const block = half
        ? widen(row + (<usize> first << 1), n, scratch)
        : row + (<usize> first << 2);
      for (let i = 0; i < n; i += 4) {
        const v = v128.load(block + (<usize> i << 2));
        let hits = i32x4.bitmask(filled < k ? f32x4.ge(v, bar) : f32x4.gt(v, bar));
        if (n - i < 4) hits &= (1 << (n - i)) - 1;
        for (; hits != 0; hits &= hits - 1) {
          const lane = i + ctz(hits);
          const value = load<f32>(block + (<usize> lane << 2));
          if (filled < k) insert(value, first + lane, top, values, filled++);
          else if (value > load<f32>(last)) insert(value, first + lane, top, values, k - 1);
        }
        if (filled == k) bar = f32x4.splat(load<f32>(last));
      }
    }
  }
}
