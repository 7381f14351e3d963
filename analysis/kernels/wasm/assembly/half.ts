/** float16 to float32. */

/** Widens four float16 that stand in the low halves of four lanes; exact, subnormals, infinities and NaN included. */
// @ts-ignore: decorator
@inline
function widen4(h: v128): v128 {
  const magnitude = i32x4.shl(v128.and(h, i32x4.splat(0x7fff)), 13);
  // Multiplied by 2^112 the exponent has float32's bias; a subnormal becomes normal by it.
  const scaled = f32x4.mul(magnitude, i32x4.splat(0x77800000));
  const special = f32x4.ge(scaled, f32x4.splat(65536));
  const value = v128.or(scaled, v128.and(special, i32x4.splat(0x7f800000)));
  return v128.or(value, i32x4.shl(v128.and(h, i32x4.splat(0x8000)), 16));
}

/** Widens `n` float16 at `from` to float32 at `to`; returns `to`. Up to 7 numbers more are read and written. */
export function widen(from: usize, n: i32, to: usize): usize {
  const end = to + (<usize> n << 2);
  let target = to;
  while (target < end) {
    const eight = v128.load(from);
    v128.store(target, widen4(i32x4.extend_low_i16x8_u(eight)));
    v128.store(target, widen4(i32x4.extend_high_i16x8_u(eight)), 16);
    from += 16;
    target += 32;
  }
  return to;
}

/** The number with index `index` of a row at `row`. */
export function entry(row: usize, half: bool, index: i32): f32 {
  if (!half) return load<f32>(row + (<usize> index << 2));
  return f32x4.extract_lane(widen4(i32x4.splat(load<u16>(row + (<usize> index << 1)))), 0);
}
