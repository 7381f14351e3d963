/**
 * From rows of logits to their sketch, by the very kernels that measure full logits: what both tiers give is the same
 * to the last bit.
 *
 * @module
 */
import { type LogitSketch, sourceOf, TAIL_EXPONENTS, type VectorLog } from "../../data/logs.ts";
import { SKETCH_K, SKETCH_TEMPERATURES } from "../../data/schema.ts";
import { emptyMoments, rowMoments } from "../kernels/row_moments.ts";
import { scanLogs } from "../scan/scan_logs.ts";
import { scanTemperatures } from "../scan/scan_temperatures.ts";
import { tailSums } from "./tail_sums.ts";

/** The baseline's ids of the same rows, `count` a row. */
export interface BaselineIds {
  topIds: Int32Array;
  baselineHash: string;
}

/**
 * The sketch of rows of logits.
 *
 * @param baseline Null for a baseline's own.
 */
export function sketchRows(log: VectorLog, baseline: BaselineIds | null): LogitSketch {
  const { rows, width, values } = log;
  const whole = [{ begin: 0, end: rows }];
  const source = sourceOf(log);
  const scanned =
    scanLogs({ baseline: source, variant: null, k: SKETCH_K, ranges: whole }).baseline;
  const { count } = scanned;
  const moments = emptyMoments(rows);
  const ids = baseline?.topIds ?? scanned.topIds;
  const sketch: LogitSketch = {
    rows,
    width,
    sampleId: log.sampleId,
    tokenIndex: log.tokenIndex,
    position: log.position,
    tokenId: log.tokenId,
    count,
    maxLogit: Float32Array.from(scanned.max),
    logSum: scanned.rest.slice(),
    entropy: scanned.entropy.slice(),
    meanLogit: moments.mean,
    logSumFloat64: moments.rest,
    squares: moments.squares,
    logSumsExp: scanTemperatures(source, SKETCH_TEMPERATURES, whole),
    tokenLogit: Float32Array.from(scanned.tokenLogit),
    tokenRank: scanned.tokenRank.slice(),
    tail: {
      sum: new Float64Array(rows),
      weighted: new Float64Array(rows),
      min: new Float32Array(rows),
      max: new Float32Array(rows),
      inverse: TAIL_EXPONENTS.map(() => new Float64Array(rows)),
    },
    topIds: scanned.topIds.slice(),
    topLogits: scanned.topLogits.slice(),
    baselineTopLogits: new Float32Array(rows * count),
    baselineHash: baseline?.baselineHash ?? null,
    hash: null,
  };
  const masses = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    const begin = row * width;
    const own = values.subarray(begin, begin + width);
    rowMoments(own, width, 1, log.tokenId, moments, row, masses);
    const head = ids.subarray(row * count, (row + 1) * count);
    for (let i = 0; i < count; i++) {
      // Where the baseline's row holds NaN it has no most likely tokens.
      sketch.baselineTopLogits[row * count + i] = head[i] === -1 ? NaN : values[begin + head[i]!]!;
    }
    const max = head[0] === -1 ? NaN : moments.max[row]!;
    tailSums({ values: own, masses, max, head }, sketch, row);
  }
  return sketch;
}
