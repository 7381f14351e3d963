/** Four float32 at a time: exp, and what turns four lanes into one number. */

/**
 * exp of four numbers in [-87, 88], with a relative error below 2e-7. NaN stays NaN for NaN without payload.
 *
 * d log2(e) = n + f with |f| <= 1/2: adding 1.5 * 2^23 leaves n in the low bits. 2^f is the minimax polynomial of
 * degree 5 with p(0) = 1, so that exp(0) is exactly 1; its exponent field then takes n.
 *
 * The constants come as arguments, see `constant`.
 */
// @ts-ignore: decorator
@inline
export function exp4(
  d: v128,
  magic: v128,
  log2e: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  c4: v128,
  c5: v128,
  one: v128,
): v128 {
  const t = f32x4.relaxed_madd(d, log2e, magic);
  const f = f32x4.relaxed_madd(d, log2e, f32x4.sub(magic, t));
  let p = f32x4.relaxed_madd(c5, f, c4);
  p = f32x4.relaxed_madd(p, f, c3);
  p = f32x4.relaxed_madd(p, f, c2);
  p = f32x4.relaxed_madd(p, f, c1);
  p = f32x4.relaxed_madd(p, f, one);
  return i32x4.add(p, i32x4.shl(t, 23));
}

/** The constants of `exp4`. */
export const MAGIC: f32 = 12582912;
export const LOG2E: f32 = 1.44269504;
export const C1: f32 = 0.6931470036506653;
export const C2: f32 = 0.24022242426872253;
export const C3: f32 = 0.05550733581185341;
export const C4: f32 = 0.009671512991189957;
export const C5: f32 = 0.0013264731969684362;

/**
 * Four times the same number, outside of loops. `zero` is 0, which the compiler cannot know: a constant that it
 * knows is built anew in every turn of a loop, which costs the loop a quarter of its speed in V8.
 */
// @ts-ignore: decorator
@inline
export function constant(value: f32, zero: f32): v128 {
  return f32x4.splat(value + zero);
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
