/** Four float32 at a time: exp, and what turns four lanes into one number. */

/**
 * exp of four numbers in [-87, 88], with a relative error below 2e-7. NaN stays NaN for NaN without payload.
 *
 * d log2(e) = n + f with |f| <= 1/2: adding 1.5 * 2^23 leaves n in the low bits. 2^f is the minimax polynomial of
 * degree 5 with p(0) = 1, so that exp(0) is exactly 1; its exponent field then takes n.
 */
// @ts-ignore: decorator
@inline
export function exp4(d: v128): v128 {
  const magic = f32x4.splat(12582912);
  const log2e = f32x4.splat(1.44269504);
  const t = f32x4.relaxed_madd(d, log2e, magic);
  const f = f32x4.relaxed_madd(d, log2e, f32x4.sub(magic, t));
  let p = f32x4.relaxed_madd(f32x4.splat(0.0013264731969684362), f, f32x4.splat(0.009671512991189957));
  p = f32x4.relaxed_madd(p, f, f32x4.splat(0.05550733581185341));
  p = f32x4.relaxed_madd(p, f, f32x4.splat(0.24022242426872253));
  p = f32x4.relaxed_madd(p, f, f32x4.splat(0.6931470036506653));
  p = f32x4.relaxed_madd(p, f, f32x4.splat(1));
  return i32x4.add(p, i32x4.shl(t, 23));
}

/** The largest lane; lanes that are NaN may be passed over. */
// @ts-ignore: decorator
@inline
export function largest(v: v128): f32 {
  const half = f32x4.pmax(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  const one = f32x4.pmax(half, v128.shuffle<f32>(half, half, 1, 0, 3, 2));
  return f32x4.extract_lane(one, 0);
}

/** The smallest lane; lanes that are NaN may be passed over. */
// @ts-ignore: decorator
@inline
export function smallest(v: v128): f32 {
  const half = f32x4.pmin(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  const one = f32x4.pmin(half, v128.shuffle<f32>(half, half, 1, 0, 3, 2));
  return f32x4.extract_lane(one, 0);
}

/** Bytes after which sums in float32 go over to float64: 16 additions a lane, so that rounding does not build up. */
export const RUN: usize = 256;

/** Adds the lanes of `v` to the two float64 of `sum`. */
// @ts-ignore: decorator
@inline
export function addLanes(sum: v128, v: v128): v128 {
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
  return f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(v), high));
}

/** The sum of two float64. */
// @ts-ignore: decorator
@inline
export function total(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
