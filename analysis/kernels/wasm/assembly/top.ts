/** The largest entries of a row, found block by block, together with its largest and smallest. */
import { largest, smallest } from "./lanes";
import { MIN } from "./state";

/** Entries that one comparison rules out. */
const CHUNK: i32 = 64;

/**
 * Puts an entry among the best so far, behind which there are `filled - 1` or more places. Entries come in the order
 * of their ids, so an equal one stays behind those that are there.
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

/** Offers the entries `[from, to)` of a block one by one. */
function offer(block: usize, from: i32, to: i32, firstId: i32, k: i32, top: usize): void {
  if (k == 0) return;
  const values = top + (<usize> k << 2);
  const last = values + (<usize> (k - 1) << 2);
  for (let i = from; i < to; i++) {
    const id = firstId + i;
    const value = load<f32>(block + (<usize> i << 2));
    if (id < k) insert(value, id, top, values, id);
    else if (value > load<f32>(last)) insert(value, id, top, values, k - 1);
  }
}

/** Offers the entries of a chunk that exceed the last of the best so far, of which all places are filled. */
function offerGreater(chunk: usize, firstId: i32, k: i32, top: usize): void {
  const values = top + (<usize> k << 2);
  const last = values + (<usize> (k - 1) << 2);
  let worst = f32x4.splat(load<f32>(last));
  for (let i: i32 = 0; i < CHUNK; i += 4) {
    const four = chunk + (<usize> i << 2);
    let hits = i32x4.bitmask(f32x4.gt(v128.load(four), worst));
    if (hits == 0) continue;
    do {
      const lane = ctz(hits);
      hits &= hits - 1;
      const value = load<f32>(four + (<usize> lane << 2));
      if (value > load<f32>(last)) insert(value, firstId + i + lane, top, values, k - 1);
    } while (hits != 0);
    worst = f32x4.splat(load<f32>(last));
  }
}

/**
 * Fills the places from a row's first block of `n` entries, and leaves out at once what cannot be among the best: the
 * largest entries of `k` parts of the block are `k` entries, so none below the smallest of them counts.
 *
 * @returns False where the places were not filled (NaN, or a block too short); then nothing counts as done.
 */
function fillPlaces(block: usize, n: i32, k: i32, top: usize): bool {
  const part = <usize> (n / k & ~3) << 2;
  if (part < 32) return false;
  let low: f32 = Infinity;
  for (let i: i32 = 0; i < k; i++) {
    let at = block + <usize> i * part;
    const end = at + part;
    let most = v128.load(at);
    do {
      most = f32x4.pmax(most, v128.load(at));
      at += 16;
    } while (at < end);
    low = min(low, largest(most));
  }
  if (low != low) return false;
  const values = top + (<usize> k << 2);
  const last = values + (<usize> (k - 1) << 2);
  let filled: i32 = 0;
  let bar = f32x4.splat(low);
  for (let i: i32 = 0; i + 4 <= n; i += 4) {
    const four = block + (<usize> i << 2);
    const v = v128.load(four);
    let hits = i32x4.bitmask(filled < k ? f32x4.ge(v, bar) : f32x4.gt(v, bar));
    if (hits == 0) continue;
    do {
      const lane = ctz(hits);
      hits &= hits - 1;
      const value = load<f32>(four + (<usize> lane << 2));
      if (filled < k) insert(value, i + lane, top, values, filled++);
      else if (value > load<f32>(last)) insert(value, i + lane, top, values, k - 1);
    } while (hits != 0);
    if (filled == k) bar = f32x4.splat(load<f32>(last));
  }
  if (filled < k) return false;
  offer(block, n & ~3, n, 0, k, top);
  return true;
}

/** A number that no entry exceeds where none is wanted, else the last of the best so far. */
// @ts-ignore: decorator
@inline
function bar(k: i32, top: usize): v128 {
  return f32x4.splat(k == 0 ? Infinity : load<f32>(top + (<usize> (2 * k - 1) << 2)));
}

/**
 * Takes in a block of `n` entries whose first has the id `firstId`.
 *
 * @param k Entries wanted, at most 64; 0 for none.
 * @param top `k` ids, then `k` float32 values, largest first.
 * @param state Receives the smallest entry so far.
 * @returns The larger of `max` and the block's largest entry; NaN may be passed over.
 */
export function takeBlock(block: usize, n: i32, firstId: i32, k: i32, top: usize, state: usize, max: f32): f32 {
  let upper = f32x4.splat(max);
  let lower = f32x4.splat(<f32> load<f64>(state, MIN));
  const filled = firstId == 0 && k > 0 && fillPlaces(block, n, k, top);
  let worst = filled ? f32x4.splat(Infinity) : bar(k, top);
  let i: i32 = 0;
  for (; i + CHUNK <= n; i += CHUNK) {
    let at = block + (<usize> i << 2);
    const end = at + (CHUNK << 2);
    let high = v128.load(at);
    let low = high;
    do {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      high = f32x4.pmax(high, f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)));
      low = f32x4.pmin(low, f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d)));
      at += 64;
    } while (at < end);
    upper = f32x4.pmax(upper, high);
    lower = f32x4.pmin(lower, low);
    if (filled) continue;
    if (firstId + i == 0) {
      // The row's first chunk fills the places where its first block did not.
      offer(block, i, i + CHUNK, firstId, k, top);
      worst = bar(k, top);
    } else if (v128.any_true(f32x4.gt(high, worst))) {
      offerGreater(block + (<usize> i << 2), firstId + i, k, top);
      worst = bar(k, top);
    }
  }
  let most = largest(upper);
  let least = smallest(lower);
  if (!filled) offer(block, i, n, firstId, k, top);
  for (; i < n; i++) {
    const value = load<f32>(block + (<usize> i << 2));
    if (value > most) most = value;
    if (value < least) least = value;
  }
  store<f64>(state, <f64> least, MIN);
  return most;
}
