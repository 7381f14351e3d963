import assert from "node:assert/strict";
import { join } from "node:path";
import { scanLogs, scanLogsInParallel } from "../../../analysis/scan/scan_logs.ts";
import { blocksOf } from "../../../analysis/scan/scan_share.ts";
import { LogError, openVectors, sourceOf, type VectorLog } from "../../../data/logs.ts";
import { logits } from "../../../data/schema.ts";
import type { Float } from "../../../data/vector_rows.ts";
import { vectorLog } from "../captures.ts";
import { inTemporaryFolder } from "../synthetic_run.ts";
import { writeLogits } from "./vector_file.ts";

const WIDTH = 203;

/** Two samples of made-up rows; the numbers are exact in float16. */
function logOf(seed: number, rows = 23): VectorLog {
  let state = seed;
  const number = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 20) / 128 - 16;
  };
  const row = () => Float32Array.from({ length: WIDTH }, number);
  const half = Math.floor(rows / 2);
  const sample = (id: string, count: number) => ({
    id,
    rows: Array.from({ length: count }, row),
    tokens: Array.from({ length: count }, (_, i) => (i * 37) % WIDTH),
  });
  return vectorLog([sample("a", half), sample("b", rows - half)]);
}

const RANGES = [{ begin: 2, end: 11 }, { begin: 11, end: 14 }, { begin: 20, end: 23 }];

Deno.test("a scan of files is that of the same logs in memory, in one thread and in several", async () => {
  await inTemporaryFolder(async (folder) => {
    const [baseline, variant] = [logOf(1), logOf(2)];
    const k = 20;
    const expected = scanLogs({
      baseline: sourceOf(baseline),
      variant: sourceOf(variant),
      k,
      ranges: RANGES,
    });
    const open = async (name: string, log: VectorLog, float: Float, batchRows: number) => {
      const path = join(folder, name);
      await writeLogits(path, log, float, batchRows);
      return openVectors(path, logits);
    };
    for (const floats of [["float32", "float32"], ["float16", "float32"]] as [Float, Float][]) {
      const scan = {
        baseline: await open("baseline.arrow", baseline, floats[0], 4),
        variant: await open("variant.arrow", variant, floats[1], 9),
        k,
        ranges: RANGES,
      };
      assert.deepEqual(scanLogs(scan), expected);
      assert.deepEqual(await scanLogsInParallel(scan, 3, 0), expected);
    }
  });
});

Deno.test("a scan leaves rows out that are not asked for", () => {
  const log = sourceOf(logOf(3));
  const { baseline } = scanLogs({ baseline: log, variant: null, k: 3, ranges: RANGES });
  const scanned = [...baseline.max].flatMap((max, row) => max === 0 ? [] : [row]);
  assert.deepEqual(scanned, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 21, 22]);
});

Deno.test("blocksOf() joins ranges that touch, and cuts long ones", () => {
  assert.deepEqual([...blocksOf(RANGES, 8)], [2, 10, 10, 14, 20, 23]);
  assert.deepEqual([...blocksOf([{ begin: 4, end: 4 }], 8)], []);
});

Deno.test("a scan in workers says which file was cut while it ran", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "logits.arrow");
    await writeLogits(path, logOf(4), "float32", 4);
    const scan = { baseline: openVectors(path, logits), variant: null, k: 3, ranges: RANGES };
    await Deno.truncate(path, 2000);
    await assert.rejects(scanLogsInParallel(scan, 2, 0), /logits\.arrow: ends after \d+ bytes/);
    assert.throws(() => scanLogs(scan), LogError);
  });
});

Deno.test("openVectors() reads rows across batches", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "logits.arrow");
    const log = logOf(5);
    for (const float of ["float32", "float16"] as const) {
      await writeLogits(path, log, float, 4);
      const source = openVectors(path, logits);
      assert.equal(source.float, float);
      assert.deepEqual(source.sampleId, log.sampleId);
      assert.deepEqual(source.tokenId, log.tokenId);
      assert.deepEqual(source.read(3, 18), log.values.subarray(3 * WIDTH, 18 * WIDTH));
      assert.throws(() => source.read(20, 24), /has no rows 20 to 24/);
    }
  });
});
