import assert from "node:assert/strict";
import fc from "fast-check";
import { compareHistograms, countHistograms, roundBins } from "../../analysis/histograms.ts";
import { histograms } from "../../data/result_schema.ts";
import { encodeParquet } from "../../data/parquet.ts";
import type { Cell } from "../../data/types.ts";
import { captureOf } from "./captures.ts";

function cell(variant: string): Cell {
  const rest = { kind: "capture" as const, benchmark: "suite", seed: 0, needs: [], inputs: {} };
  return { id: variant, variant, ...rest };
}

/** Samples of two and one tokens behind a prompt of one. */
const BASELINE = captureOf([
  { id: "a", rows: [[99, 99, 99], [0, 1, 2], [8, 8, 8]], prompt: 1 },
  { id: "b", rows: [[99, 99, 99], [NaN, 3, 4]], prompt: 1 },
]);

Deno.test("countHistograms() counts the samples that have a position, in the baseline's bins", () => {
  const found = countHistograms(cell("none"), BASELINE, null, [7, 1, 0, 1]);
  assert.deepEqual(found.map(({ position, n }) => [position, n]), [[0, 2], [1, 1]]);
  const [first, second] = found;
  // Logits of both positions from 0 to 8, and half as much on either side.
  assert.deepEqual([first!.low, first!.high], [-4, 12]);
  const width = 16 / (first!.counts as number[]).length;
  assert.ok(width === 0.2, String(width));
  const filled = [...first!.counts as number[]].flatMap((count, bin) => count ? [bin] : []);
  assert.deepEqual(filled, [0, 1, 2, 3, 4].map((value) => (value + 4) / 0.2));
  assert.deepEqual([first!.below, first!.above, first!.not_finite], [0, 0, 1]);
  assert.equal((second!.counts as number[])[60], 3);

  const variant = captureOf([
    { id: "a", rows: [[0, 0, 0], [-5, 1, 13], [8, 8, Infinity]], prompt: 1 },
    { id: "b", rows: [[0, 0, 0], [1, -Infinity, 12]], prompt: 1 },
  ]);
  const [of] = countHistograms(cell("rough"), variant, BASELINE, [0, 1]);
  assert.deepEqual([of!.low, of!.high, of!.below, of!.above, of!.not_finite], [-4, 12, 1, 1, 1]);
  assert.equal([...of!.counts as number[]].reduce((sum, count) => sum + count), 3);
  const rows = [...found, of!].sort(compareHistograms);
  assert.ok(encodeParquet("histograms.parquet", histograms, rows).length > 0);
});

Deno.test("countHistograms() has no rows where there are no positions or no finite logits", () => {
  assert.deepEqual(countHistograms(cell("none"), BASELINE, null, [2, 82]), []);
  const masked = captureOf([{ id: "a", rows: [[NaN, -Infinity, -3e38]] }]);
  assert.deepEqual(countHistograms(cell("none"), masked, null, [0]), []);
});

Deno.test("roundBins() cover the range and half as much on either side, in at most 122 bins", () => {
  const value = fc.oneof(
    fc.double({ min: -1e20, max: 1e20, noNaN: true }),
    fc.double({ min: -50, max: 50, noNaN: true }),
    fc.integer({ min: -9, max: 9 }),
  ).map(Math.fround);
  fc.assert(fc.property(value, value, (a, b) => {
    const [least, most] = [Math.min(a, b), Math.max(a, b)];
    const { low, high, bins } = roundBins(least, most);
    const slack = 1e-9 * (high - low);
    assert.ok(low <= least - (most - least) / 2 + slack, `${low} for ${least}`);
    assert.ok(high >= most + (most - least) / 2 - slack, `${high} for ${most}`);
    assert.ok(low < high && Number.isInteger(bins) && bins >= 2 && bins <= 122, `${bins} bins`);
  }));
});
