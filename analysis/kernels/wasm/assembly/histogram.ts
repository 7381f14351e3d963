/** Counts of entries in bins of equal width. */

/**
 * Counts `n` float32 entries at `from`. Bin i of `bins` covers [low + i / scale, low + (i + 1) / scale) in float32
 * arithmetic; the last one includes `high`.
 *
 * @param counts Four tables of `bins + 2` int32, one a lane: entries below `low`, the bins, entries above `high`.
 *   NaN and infinities count as below.
 * @returns How many entries are neither.
 */
export function countBlock(from: usize, n: i32, low: f32, high: f32, scale: f32, bins: i32, counts: usize): i32 {
  const bytes = <usize> (bins + 2) << 2;
  const lower = f32x4.splat(low);
  const upper = f32x4.splat(high);
  const factor = f32x4.splat(scale);
  const most = f32x4.splat(<f32> bins + 0.5);
  const last = i32x4.splat(bins + 1);
  let finite = i32x4.splat(0);
  let i: i32 = 0;
  for (; i + 4 <= n; i += 4) {
    const v = v128.load(from + (<usize> i << 2));
    const counted = isFinite4(v);
    finite = i32x4.sub(finite, counted);
    const place = v128.and(counted, placeOf(v, lower, upper, factor, most, last));
    increment(counts + (<usize> i32x4.extract_lane(place, 0) << 2));
    increment(counts + bytes + (<usize> i32x4.extract_lane(place, 1) << 2));
    increment(counts + 2 * bytes + (<usize> i32x4.extract_lane(place, 2) << 2));
    increment(counts + 3 * bytes + (<usize> i32x4.extract_lane(place, 3) << 2));
  }
  let present = i32x4.extract_lane(finite, 0) + i32x4.extract_lane(finite, 1) +
    i32x4.extract_lane(finite, 2) + i32x4.extract_lane(finite, 3);
  for (; i < n; i++) {
    const v = v128.load32_splat(from + (<usize> i << 2));
    const counted = isFinite4(v);
    present -= i32x4.extract_lane(counted, 0);
    const place = v128.and(counted, placeOf(v, lower, upper, factor, most, last));
    increment(counts + (<usize> i32x4.extract_lane(place, 0) << 2));
  }
  return present;
}

/** All ones where a number is finite. */
// @ts-ignore: decorator
@inline
function isFinite4(v: v128): v128 {
  return f32x4.eq(f32x4.sub(v, v), f32x4.splat(0));
}

// @ts-ignore: decorator
@inline
function placeOf(v: v128, low: v128, high: v128, scale: v128, most: v128, last: v128): v128 {
  const offset = f32x4.mul(f32x4.sub(v, low), scale);
  // Cut to what int32 holds; the order of the operands turns NaN into 0.
  const from0 = f32x4.pmax(f32x4.splat(0), f32x4.add(offset, f32x4.splat(1)));
  const cut = f32x4.pmin(from0, most);
  const above = f32x4.gt(v, high);
  const place = i32x4.relaxed_trunc_f32x4_s(cut);
  // `above` is -1 where it holds; there the place can be the last bin, or one less by rounding.
  return v128.bitselect(last, place, above);
}

// @ts-ignore: decorator
@inline
function increment(at: usize): void {
  store<i32>(at, load<i32>(at) + 1);
}
