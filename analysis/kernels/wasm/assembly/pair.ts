/** Sums over the exponentials of two rows, one pass over both. */
import { touch } from "./ahead";
import { addLanes, C1, C2, C3, C4, C5, constant, exp4, LOG2E, MAGIC, RUN, total } from "./lanes";
import { fill } from "./single";
import { CROSS, exp, FLOOR, MAX, MIN, raise, SUM, WEIGHTED, ZERO } from "./state";

/** Differences below this count as it; where there are such, the host looks at the row once more. */
const HIDDEN: f32 = -1e20;

/**
 * Adds `n` entries of both rows, a multiple of 4, to the sums.
 *
 * @param near Whether all entries are less than 87 below their row's maximum.
 */
// @ts-ignore: decorator
@inline
function add(
  a: usize,
  b: usize,
  n: i32,
  near: bool,
  stateA: usize,
  stateB: usize,
  nextA: usize,
  stepA: usize,
  lastA: usize,
  nextB: usize,
  stepB: usize,
  lastB: usize,
  scratch: usize,
): void {
  const maxA = f32x4.splat(<f32> load<f64>(stateA, MAX));
  const maxB = f32x4.splat(<f32> load<f64>(stateB, MAX));
  const zero = load<f32>(stateA, ZERO);
  const magic = constant(MAGIC, zero);
  const log2e = constant(LOG2E, zero);
  const c1 = constant(C1, zero);
  const c2 = constant(C2, zero);
  const c3 = constant(C3, zero);
  const c4 = constant(C4, zero);
  const c5 = constant(C5, zero);
  const one = constant(1, zero);
  let sumA = f64x2.splat(0);
  let sumB = f64x2.splat(0);
  let weightedA = f64x2.splat(0);
  let weightedB = f64x2.splat(0);
  let crossA = f64x2.splat(0);
  let crossB = f64x2.splat(0);
  let seen = i32x4.splat(0);
  const end = a + (<usize> n << 2);
  while (a < end) {
    const stop = min(a + RUN, end);
    let s = f32x4.splat(0);
    let t = f32x4.splat(0);
    let ws = f32x4.splat(0);
    let wt = f32x4.splat(0);
    let cs = f32x4.splat(0);
    let ct = f32x4.splat(0);
    if (stepA != 0) {
      seen = v128.or(seen, v128.or(touch(nextA, stepA, lastA), touch(nextB, stepB, lastB)));
      nextA += stepA;
      nextB += stepB;
    }
    do {
      let dA = f32x4.sub(v128.load(a), maxA);
      let dB = f32x4.sub(v128.load(b), maxB);
      let difference: v128;
      if (near) difference = f32x4.sub(dA, dB);
      else {
        const hidden = f32x4.splat(HIDDEN);
        difference = f32x4.sub(f32x4.pmax(dA, hidden), f32x4.pmax(dB, hidden));
        dA = f32x4.pmax(dA, f32x4.splat(FLOOR));
        dB = f32x4.pmax(dB, f32x4.splat(FLOOR));
      }
      const eA = exp4(dA, magic, log2e, c1, c2, c3, c4, c5, one);
      const eB = exp4(dB, magic, log2e, c1, c2, c3, c4, c5, one);
      s = f32x4.add(s, eA);
      t = f32x4.add(t, eB);
      ws = f32x4.relaxed_madd(eA, dA, ws);
      wt = f32x4.relaxed_madd(eB, dB, wt);
      cs = f32x4.relaxed_madd(eA, difference, cs);
      ct = f32x4.relaxed_madd(eB, difference, ct);
      a += 16;
      b += 16;
    } while (a < stop);
    sumA = addLanes(sumA, s);
    sumB = addLanes(sumB, t);
    weightedA = addLanes(weightedA, ws);
    weightedB = addLanes(weightedB, wt);
    crossA = addLanes(crossA, cs);
    crossB = addLanes(crossB, ct);
  }
  collect(stateA, sumA, weightedA, crossA);
  collect(stateB, sumB, weightedB, crossB);
  v128.store(scratch, seen);
}

function collect(state: usize, sum: v128, weighted: v128, cross: v128): void {
  store<f64>(state, load<f64>(state, SUM) + total(sum), SUM);
  store<f64>(state, load<f64>(state, WEIGHTED) + total(weighted), WEIGHTED);
  store<f64>(state, load<f64>(state, CROSS) + total(cross), CROSS);
}

/**
 * Takes a block of `n` entries of both rows into their sums.
 *
 * @param maxA The row's largest entry, this block included; likewise `maxB`.
 * @param scratch Takes the last entries of both, filled up to four with -infinity.
 * @param nextA What is read next of the first log, of which `stepA` bytes a run are touched, and nothing behind
 *   `lastA`; likewise for the second.
 */
export function pairBlock(
  a: usize,
  b: usize,
  n: i32,
  maxA: f32,
  maxB: f32,
  stateA: usize,
  stateB: usize,
  scratch: usize,
  nextA: usize,
  stepA: usize,
  lastA: usize,
  nextB: usize,
  stepB: usize,
  lastB: usize,
): void {
  raisePair(stateA, stateB, maxA, maxB);
  const whole = n & ~3;
  const near = load<f64>(stateA, MIN) - <f64> maxA > <f64> FLOOR &&
    load<f64>(stateB, MIN) - <f64> maxB > <f64> FLOOR;
  if (near) add(a, b, whole, true, stateA, stateB, nextA, stepA, lastA, nextB, stepB, lastB, scratch);
  else add(a, b, whole, false, stateA, stateB, nextA, stepA, lastA, nextB, stepB, lastB, scratch);
  if (whole == n) return;
  fill(a, whole, n, scratch);
  fill(b, whole, n, scratch + 32);
  add(scratch, scratch + 32, 4, false, stateA, stateB, 0, 0, 0, 0, 0, 0, scratch + 64);
}

/** Moves the sums of both to new maxima; the cross sums move with the difference of the two. */
function raisePair(stateA: usize, stateB: usize, maxA: f32, maxB: f32): void {
  if (<f64> maxA == load<f64>(stateA, MAX) && <f64> maxB == load<f64>(stateB, MAX)) return;
  const sumA = load<f64>(stateA, SUM);
  const sumB = load<f64>(stateB, SUM);
  const growthA = raise(stateA, maxA);
  const growthB = raise(stateB, maxB);
  const shift = growthA - growthB;
  store<f64>(stateA, (load<f64>(stateA, CROSS) - shift * sumA) * exp(-growthA), CROSS);
  store<f64>(stateB, (load<f64>(stateB, CROSS) - shift * sumB) * exp(-growthB), CROSS);
}
