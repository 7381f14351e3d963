/** Jensen-Shannon divergence of two rows whose ln sum exp is known. */
import { addLanes, exp4, RUN, total } from "./lanes";
import { fill } from "./single";
import { FLOOR } from "./state";

/**
 * ln((1 + t) / 2) for t in [0, 1], by (t - 1) / 2 times a polynomial in 2t - 1; relative error 2e-7, and exactly 0
 * at 1.
 */
// @ts-ignore: decorator
@inline
function logOfMean(t: v128): v128 {
  const z = f32x4.relaxed_madd(t, f32x4.splat(2), f32x4.splat(-1));
  let p = f32x4.relaxed_madd(f32x4.splat(-7.232247298816219e-5), z, f32x4.splat(0.00024220945488195866));
  p = f32x4.relaxed_madd(p, z, f32x4.splat(-0.0007015071460045874));
  p = f32x4.relaxed_madd(p, z, f32x4.splat(0.0025541887152940035));
  p = f32x4.relaxed_madd(p, z, f32x4.splat(-0.009768500924110413));
  p = f32x4.relaxed_madd(p, z, f32x4.splat(0.039622485637664795));
  p = f32x4.relaxed_madd(p, z, f32x4.splat(-0.1826048195362091));
  p = f32x4.relaxed_madd(p, z, f32x4.splat(1.1507281064987183));
  return f32x4.mul(f32x4.mul(f32x4.sub(t, f32x4.splat(1)), f32x4.splat(0.5)), p);
}

/**
 * Sum of p ln(p / m) + q ln(q / m) with m the mean of p and q, over `n` entries (a multiple of 4) of two rows. A
 * row's log-probabilities are x - max - rest.
 *
 * With t the smaller over the larger of p and q, ln m is the larger's logarithm plus ln((1 + t) / 2): equal rows
 * give 0 exactly.
 */
export function divergence(
  a: usize,
  b: usize,
  n: i32,
  maxA: f32,
  restA: f32,
  maxB: f32,
  restB: f32,
): f64 {
  const floor = f32x4.splat(FLOOR);
  let whole = f64x2.splat(0);
  const end = a + (<usize> n << 2);
  while (a < end) {
    const stop = min(a + RUN, end);
    let sum = f32x4.splat(0);
    do {
      const logP = f32x4.pmax(
        f32x4.sub(f32x4.sub(v128.load(a), f32x4.splat(maxA)), f32x4.splat(restA)),
        floor,
      );
      const logQ = f32x4.pmax(
        f32x4.sub(f32x4.sub(v128.load(b), f32x4.splat(maxB)), f32x4.splat(restB)),
        floor,
      );
      const p = exp4(logP);
      const q = exp4(logQ);
      const t = f32x4.div(f32x4.pmin(p, q), f32x4.pmax(p, q));
      const logM = f32x4.add(f32x4.pmax(logP, logQ), logOfMean(t));
      sum = f32x4.relaxed_madd(p, f32x4.sub(logP, logM), sum);
      sum = f32x4.relaxed_madd(q, f32x4.sub(logQ, logM), sum);
      a += 16;
      b += 16;
    } while (a < stop);
    whole = addLanes(whole, sum);
  }
  return total(whole);
}

/** The same over `n` entries, however many. */
export function divergenceOfBlock(
  a: usize,
  b: usize,
  n: i32,
  maxA: f32,
  restA: f32,
  maxB: f32,
  restB: f32,
  scratch: usize,
): f64 {
  const whole = n & ~3;
  const sum = divergence(a, b, whole, maxA, restA, maxB, restB);
  if (whole == n) return sum;
  fill(a, whole, n, scratch);
  fill(b, whole, n, scratch + 32);
  return sum + divergence(scratch, scratch + 32, 4, maxA, restA, maxB, restB);
}
