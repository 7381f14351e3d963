/**
 * Bounds of divergences from sketches of both rows.
 *
 * P and Q are the softmaxes of two rows. S, the head, holds the ids whose logits both sketches have; R, the tail,
 * all others. Over S everything is known. Of R each sketch has the mass and the mean of its own logits, which makes
 *
 *     KL(P || Q) = sum over S of p ln(p / q) + P_R (E_r[ln p] - E_r[ln q])
 *
 * with P_R the tail's mass and r = p / P_R, known but for E_r[y], the mean of the other row's logits y under r. It lies
 * between bounds that follow from Gibbs' inequality. The entropy of r is known: H(r) = ln sum_R exp(x - m) - E_r[x - m].
 * For any a > 0, the distribution w proportional to exp(-a y) over R has KL(r || w) >= 0, so
 *
 *     -E_r[y] <= (ln sum_R exp(-a y) - H(r)) / a            (the sketch has these sums for four a)
 *     -E_r[y] <= -min_R y
 *
 * and with w proportional to exp(y), likewise,
 *
 *     -E_r[y] >= H(r) - ln sum_R exp(y)                     (which is P_R ln(P_R / Q_R), the log-sum inequality)
 *     -E_r[y] >= -max_R y.
 *
 * Both are widened by what rounding can do to float64 sums of so many terms, so that they hold for the numbers and
 * not for real arithmetic alone. Where the tail is empty they meet.
 *
 * @module
 */
import { TAIL_EXPONENTS } from "../../data/logs.ts";

/** A row as one sketch knows it. */
export interface SketchedRow {
  /** Logits at the head's ids. */
  head: Float32Array;
  /** The row's largest logit. */
  max: number;
  tailSum: number;
  tailWeighted: number;
  tailMin: number;
  tailMax: number;
  /** See {@link TAIL_EXPONENTS}. */
  tailInverse: readonly number[];
}

/** Between `low` and `high` lies the divergence; `point` is an estimate of it. */
export interface Bounds {
  low: number;
  high: number;
  point: number;
}

/** The unit roundoff of float64. */
const UNIT = 2 ** -53;

/** A sum below it has lost digits, or all, to underflow. */
const SMALLEST = 1e-290;

/**
 * Bounds of KL(P || Q) in nats. NaN where a distribution does not exist. `Infinity` where Q gives no probability to
 * what P allows; a probability below what float64 holds counts as 0.
 *
 * The point is the lower bound and, for the tail, half the variance of the difference of both rows over the
 * head: what KL(r || s) is to second order where the tail differs as much as the head does.
 *
 * @param width Entries of the whole row.
 */
export function klBounds(p: SketchedRow, q: SketchedRow, width: number): Bounds {
  if (!Number.isFinite(p.max) || !Number.isFinite(q.max)) {
    return { low: NaN, high: NaN, point: NaN };
  }
  const [lnZp, lnZq] = [Math.log(totalOf(p)), Math.log(totalOf(q))];
  let head = 0;
  let scale = 1;
  for (let i = 0; i < p.head.length; i++) {
    const [x, y] = [p.head[i]! - p.max, q.head[i]! - q.max];
    const probability = Math.exp(x - lnZp);
    if (probability === 0) continue;
    const ratio = x - y - lnZp + lnZq;
    head += probability * ratio;
    scale += probability * (20 - x + Math.abs(y)) * (4 + Math.abs(ratio));
  }
  const slack = 128 * UNIT * scale;
  const mass = p.tailSum / totalOf(p);
  if (!(mass > 0) || head === Infinity) return bounds(head, head, slack, 0);
  const own = p.tailWeighted / p.tailSum;
  const entropy = Math.max(Math.log(p.tailSum) - own, 0);
  const [low, high] = crossBounds(q, entropy);
  const terms = Math.abs(own) + Math.abs(lnZp) + Math.abs(lnZq) + entropy + 8;
  const rounding = (limit: number) =>
    2 * UNIT * (width + 64) * mass * (terms + Math.abs(limit)) + slack;
  const tail = (limit: number) => head + mass * (own - lnZp + limit + lnZq);
  const spread = mass * varianceOfDifference(p, q) / 2;
  return {
    ...bounds(tail(low), tail(high), 0, spread),
    low: Math.max(tail(low) - (low === Infinity ? 0 : rounding(low)), 0),
    high: Math.max(tail(high) + rounding(high), 0),
  };
}

function bounds(low: number, high: number, slack: number, spread: number): Bounds {
  return {
    low: Math.max(low - (low === Infinity ? 0 : slack), 0),
    high: Math.max(high + slack, 0),
    point: Math.max(Math.min(low + spread, high), 0),
  };
}

/** Sum of exp(x - max) over the whole row. */
function totalOf({ head, max, tailSum }: SketchedRow): number {
  let total = tailSum;
  for (const value of head) total += Math.exp(value - max);
  return total;
}

/** Bounds of -E_r[y - max] for a distribution r over the tail with this entropy. */
function crossBounds(
  { max, tailSum, tailMin, tailMax, tailInverse }: SketchedRow,
  entropy: number,
): [low: number, high: number] {
  let low = max - tailMax;
  if (tailSum > SMALLEST) low = Math.max(low, entropy - Math.log(tailSum));
  let high = max - tailMin;
  TAIL_EXPONENTS.forEach((a, index) => {
    const sum = tailInverse[index]!;
    // Not a number where the tail's minimum is not finite.
    if (sum >= 1) high = Math.min(high, max - tailMin + (Math.log(sum) - entropy) / a);
  });
  return [low, Math.max(low, high)];
}

/** Of x - y over the head, where both are finite. */
function varianceOfDifference(p: SketchedRow, q: SketchedRow): number {
  const differences = Array.from(p.head, (x, i) => x - q.head[i]!).filter(Number.isFinite);
  if (differences.length < 2) return 0;
  const mean = differences.reduce((sum, d) => sum + d, 0) / differences.length;
  const squares = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0);
  return squares / (differences.length - 1);
}

/**
 * Bounds of the Jensen-Shannon divergence in nats. Of the tail it is at least that of the two masses (merging
 * outcomes cannot raise it) and at most ln 2 times their mean, which it is where the two tails have nothing in common. The
 * point is the lower bound.
 */
export function jensenShannonBounds(p: SketchedRow, q: SketchedRow, width: number): Bounds {
  if (!Number.isFinite(p.max) || !Number.isFinite(q.max)) {
    return { low: NaN, high: NaN, point: NaN };
  }
  const [zp, zq] = [totalOf(p), totalOf(q)];
  let head = 0;
  for (let i = 0; i < p.head.length; i++) {
    head += term(Math.exp(p.head[i]! - p.max) / zp, Math.exp(q.head[i]! - q.max) / zq);
  }
  const [ofP, ofQ] = [p.tailSum / zp, q.tailSum / zq];
  const low = head + term(ofP, ofQ);
  const high = Math.min(head + (ofP + ofQ) / 2 * Math.LN2, Math.LN2);
  const slack = 512 * UNIT + 4 * UNIT * (width + 64) * (ofP + ofQ);
  return bounds(low, Math.max(low, high), slack, 0);
}

/** What one outcome adds to the divergence. */
function term(p: number, q: number): number {
  const of = (x: number) => x === 0 ? 0 : x * Math.log(2 * x / (p + q)) / 2;
  return of(p) + of(q);
}
