/**
 * What the metrics derive from full logits, taken from sketches.
 *
 * @module
 */
import type { LogitSketch } from "../../data/logs.ts";
import type { RowMoments } from "../kernels/row_moments.ts";
import type { RowStatistics } from "../kernels/row_statistics.ts";
import {
  type Bounds,
  jensenShannonBounds,
  klBounds,
  type SketchedRow,
} from "./divergence_bounds.ts";

/** Statistics of every row, to the last bit those of the logits. @param k Top ids wanted a row. */
export function statisticsFromSketch(sketch: LogitSketch, k: number): RowStatistics {
  const count = Math.min(k, sketch.count);
  return {
    count,
    max: Float64Array.from(sketch.maxLogit),
    rest: sketch.logSum,
    entropy: sketch.entropy,
    topIds: firstOfEach(sketch.topIds, sketch, new Int32Array(sketch.rows * count)),
    topLogits: firstOfEach(sketch.topLogits, sketch, new Float32Array(sketch.rows * count)),
    tokenLogit: Float64Array.from(sketch.tokenLogit),
    tokenRank: sketch.tokenRank,
  };
}

/** The variant's logits at the baseline's `k` most likely tokens. */
export function variantAtTopFromSketch(variant: LogitSketch, k: number): Float32Array {
  const { baselineTopLogits, count, rows } = variant;
  return firstOfEach(baselineTopLogits, variant, new Float32Array(rows * Math.min(k, count)));
}

/** The first entries of each row's, as many as there is room for. */
function firstOfEach<T extends Int32Array | Float32Array>(
  values: T,
  { rows, count }: LogitSketch,
  out: T,
): T {
  const wanted = rows === 0 ? 0 : out.length / rows;
  for (let row = 0; row < rows; row++) {
    out.set(values.subarray(row * count, row * count + wanted), row * wanted);
  }
  return out;
}

/** Moments of every row, to the last bit those of the logits. */
export function momentsFromSketch(sketch: LogitSketch): RowMoments {
  const { rows, count, logSumFloat64: rest, maxLogit, topIds, tokenLogit } = sketch;
  const known = (row: number) => !Number.isNaN(rest[row]!);
  return {
    mean: sketch.meanLogit,
    rest,
    max: Float64Array.from(maxLogit, (max, row) => known(row) ? max : NaN),
    top: Int32Array.from({ length: rows }, (_, row) => known(row) ? topIds[row * count]! : -1),
    squares: sketch.squares,
    token: Float64Array.from(
      tokenLogit,
      (logit, row) => Math.exp(logit - maxLogit[row]! - rest[row]!),
    ),
  };
}

/** Bounds of a divergence, an array entry a row. */
export type RowBounds = Record<keyof Bounds, Float64Array>;

/** Bounds of the three divergences of a pair. */
export interface PairBounds {
  forward: RowBounds;
  reverse: RowBounds;
  jensenShannon: RowBounds;
}

/** Bounds of the divergences of all rows. */
export function boundsFromSketches(variant: LogitSketch, baseline: LogitSketch): PairBounds {
  const { rows, width } = variant;
  const empty = (): RowBounds => ({
    low: new Float64Array(rows),
    high: new Float64Array(rows),
    point: new Float64Array(rows),
  });
  const out: PairBounds = { forward: empty(), reverse: empty(), jensenShannon: empty() };
  for (let row = 0; row < rows; row++) {
    const [p, q] = [sketchedRow(baseline, row), sketchedRow(variant, row)];
    fill(out.forward, row, klBounds(p, q, width));
    fill(out.reverse, row, klBounds(q, p, width));
    fill(out.jensenShannon, row, jensenShannonBounds(p, q, width));
  }
  return out;
}

function fill(out: RowBounds, row: number, { low, high, point }: Bounds): void {
  out.low[row] = low;
  out.high[row] = high;
  out.point[row] = point;
}

function sketchedRow(sketch: LogitSketch, row: number): SketchedRow {
  const { count, baselineTopLogits, maxLogit, tail } = sketch;
  return {
    head: baselineTopLogits.subarray(row * count, (row + 1) * count),
    max: maxLogit[row]!,
    tailSum: tail.sum[row]!,
    tailWeighted: tail.weighted[row]!,
    tailMin: tail.min[row]!,
    tailMax: tail.max[row]!,
    tailInverse: tail.inverse.map((sums) => sums[row]!),
  };
}
