/** Jensen-Shannon divergence of two rows whose ln sum exp is known. */
import { addLanes, C1, C2, C3, C4, C5, constant, exp4, LOG2E, MAGIC, RUN, total } from "./lanes";
import { fill } from "./single";
import { FLOOR } from "./state";

/**
 * ln((1 + t) / 2) for t in [0, 1], by (t - 1) / 2 times a polynomial in 2t - 1; relative error 2e-7, and exactly 0
 * at 1.
 */
// @ts-ignore: decorator
@inline
function logOfMean(
  t: v128,
  one: v128,
  half: v128,
  l0: v128,
  l1: v128,
  l2: v128,
  l3: v128,
  l4: v128,
  l5: v128,
  l6: v128,
  l7: v128,
): v128 {
  const u = f32x4.sub(t, one);
  const z = f32x4.add(t, u);
  let p = f32x4.relaxed_madd(l7, z, l6);
  p = f32x4.relaxed_madd(p, z, l5);
  p = f32x4.relaxed_madd(p, z, l4);
  p = f32x4.relaxed_madd(p, z, l3);
  p = f32x4.relaxed_madd(p, z, l2);
  p = f32x4.relaxed_madd(p, z, l1);
  p = f32x4.relaxed_madd(p, z, l0);
  return f32x4.mul(f32x4.mul(u, half), p);
}

/**
 * Sum of p ln(p / m) + q ln(q / m) with m the mean of p and q, over `n` entries (a multiple of 4) of two rows. A
 * row's log-probabilities are x - max - rest.
 *
 * With t the smaller over the larger of p and q, ln m is the larger's logarithm plus ln((1 + t) / 2): equal rows
 * give 0 exactly. `zero` is 0, see `constant` in `lanes.ts`.
 */
export function divergence(
  a: usize,
  b: usize,
  n: i32,
  maxA: f32,
  restA: f32,
  maxB: f32,
  restB: f32,
  zero: f32,
): f64 {
  const magic = constant(MAGIC, zero);
  const log2e = constant(LOG2E, zero);
  const c1 = constant(C1, zero);
  const c2 = constant(C2, zero);
  const c3 = constant(C3, zero);
  const c4 = constant(C4, zero);
  const c5 = constant(C5, zero);
  const one = constant(1, zero);
  const l0 = constant(1.1507281064987183, zero);
  const l1 = constant(-0.1826048195362091, zero);
  const l2 = constant(0.039622485637664795, zero);
  const l3 = constant(-0.009768500924110413, zero);
  const l4 = constant(0.0025541887152940035, zero);
  const l5 = constant(-0.0007015071460045874, zero);
  const l6 = constant(0.00024220945488195866, zero);
  const l7 = constant(-7.232247298816219e-05, zero);
  const half = constant(0.5, zero);
  const floor = constant(FLOOR, zero);
  const referenceA = f32x4.splat(maxA);
  const referenceB = f32x4.splat(maxB);
  const shiftA = f32x4.splat(restA);
  const shiftB = f32x4.splat(restB);
  let whole = f64x2.splat(0);
  const end = a + (<usize> n << 2);
  while (a < end) {
    const stop = min(a + RUN, end);
    let sum = f32x4.splat(0);
    do {
      const logP = f32x4.pmax(
        f32x4.sub(f32x4.sub(v128.load(a), referenceA), shiftA),
        floor,
      );
      const logQ = f32x4.pmax(
        f32x4.sub(f32x4.sub(v128.load(b), referenceB), shiftB),
        floor,
      );
      const p = exp4(logP, magic, log2e, c1, c2, c3, c4, c5, one);
      const q = exp4(logQ, magic, log2e, c1, c2, c3, c4, c5, one);
      const t = f32x4.div(f32x4.pmin(p, q), f32x4.pmax(p, q));
      const logM = f32x4.add(f32x4.pmax(logP, logQ), logOfMean(t, one, half, l0, l1, l2, l3, l4, l5, l6, l7));
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
  zero: f32,
  scratch: usize,
): f64 {
  const whole = n & ~3;
  const sum = divergence(a, b, whole, maxA, restA, maxB, restB, zero);
  if (whole == n) return sum;
  fill(a, whole, n, scratch);
  fill(b, whole, n, scratch + 32);
  return sum + divergence(scratch, scratch + 32, 4, maxA, restA, maxB, restB, zero);
}
