/**
 * Counts of entries in bins of equal width.
 *
 * Entries are counted two by two, in a table with a place for each pair of bins: half as many counters are raised, and
 * the next one is seldom the same, for which the processor would have to wait.
 */
import { touch } from "./ahead";
import { RUN } from "./lanes";

/** How far ahead the entries are touched, in bytes. */
const AHEAD: usize = 4096;

/** Entries after which it is looked whether one was not finite. */
const STRETCH: usize = 2048;

/**
 * Counts `n` float32 entries at `from`. An entry x up to `high` belongs to place floor(x scale + first), rounded to float32
 * before it is cut, and not above `bins`.
 *
 * @param first 1 - low scale.
 * @param bins At most 126. With L = `bins` + 2, place 0 stands for entries below `low`, 1 to `bins` for the bins and L - 1
 *   for entries above `high`; -infinity and NaN count as below, infinity as above.
 * @param counts L x L int32 for pairs of places, then L for the last entries, which were counted one by one, then two: how
 *   many entries that are not finite are counted at place 0, and at L - 1. The kernel adds to all of them.
 * @param last Nothing behind it is touched.
 */
export function countBlock(
  from: usize,
  n: i32,
  first: f32,
  high: f32,
  scale: f32,
  bins: i32,
  counts: usize,
  last: usize,
): void {
  const places = bins + 2;
  const singles = counts + (<usize> (places * places) << 2);
  const apart = singles + (<usize> places << 2);
  const offset = f32x4.splat(first);
  const upper = f32x4.splat(high);
  const factor = f32x4.splat(scale);
  const most = f32x4.splat(<f32> bins + 0.5);
  const zero = f32x4.splat(0);
  const base = i32x4.splat(<i32> counts);
  // Twice the bytes of a counter times the first's place and once times the second's, as dot products of int16.
  const weights = i32x4.splat(places << 2 | 4 << 16);
  const end = from + (<usize> n << 2);
  const whole = from + (<usize> (n & ~7) << 2);
  let seen = i32x4.splat(0);
  while (from < whole) {
    const begin = from;
    const stop = min(from + (STRETCH << 2), whole);
    let odd = zero;
    while (from < stop) {
      const pause = min(from + RUN, stop);
      seen = v128.or(seen, touch(from + AHEAD, RUN, last));
      do {
        const v = v128.load(from);
        const w = v128.load(from, 16);
        // 0, or NaN where an entry is not finite.
        odd = f32x4.relaxed_madd(v, zero, f32x4.relaxed_madd(w, zero, odd));
        const a = placeOf(v, offset, upper, factor, most);
        const b = placeOf(w, offset, upper, factor, most);
        const eight = i16x8.max_s(i16x8.narrow_i32x4_s(a, b), zero);
        const at = i32x4.add(i32x4.dot_i16x8_s(eight, weights), base);
        const two = i64x2.extract_lane(at, 0);
        const others = i64x2.extract_lane(at, 1);
        increment(<usize> <u32> two);
        increment(<usize> (two >>> 32));
        increment(<usize> <u32> others);
        increment(<usize> (others >>> 32));
        from += 32;
      } while (from < pause);
    }
    if (v128.any_true(f32x4.ne(odd, odd))) countApart(begin, from, apart);
  }
  if (from < end) countApart(from, end, apart);
  for (; from < end; from += 4) {
    const place = i32x4.max_s(placeOf(v128.load32_splat(from), offset, upper, factor, most), zero);
    increment(singles + (<usize> i32x4.extract_lane(place, 0) << 2));
  }
  // So that the touching is not left out.
  if (v128.any_true(f32x4.gt(f32x4.abs(seen), f32x4.splat(Infinity)))) store<i32>(apart, load<i32>(apart));
}

/** The places of four entries, negative ones standing for 0. */
// @ts-ignore: decorator
@inline
function placeOf(v: v128, offset: v128, high: v128, scale: v128, most: v128): v128 {
  // Cut to what int32 holds; what is far below, and NaN, turns into the lowest int32.
  const place = f32x4.pmin(f32x4.relaxed_madd(v, scale, offset), most);
  // A comparison gives -1 where it holds.
  return i32x4.sub(i32x4.relaxed_trunc_f32x4_s(place), f32x4.gt(v, high));
}

// @ts-ignore: decorator
@inline
function increment(at: usize): void {
  store<i32>(at, load<i32>(at) + 1);
}

/** Counts the entries of `[from, end)` that are not finite. */
function countApart(from: usize, end: usize, apart: usize): void {
  for (; from < end; from += 4) {
    const value = load<f32>(from);
    if (value - value == 0) continue;
    increment(value > 0 ? apart + 4 : apart);
  }
}
