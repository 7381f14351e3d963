import assert from "node:assert/strict";
import { join } from "node:path";
import { type Capture, capture, readCapture } from "../../../analysis/capture.ts";
import { measureCapture } from "../../../analysis/measure.ts";
import { NEEDS_FULL_LOGITS } from "../../../analysis/metrics/measured.ts";
import { METRICS } from "../../../analysis/metrics/registry.ts";
import { sketchStream } from "../../../analysis/sketch/sketch_stream.ts";
import { LogError, readSketch, type VectorLog } from "../../../data/logs.ts";
import { valuesIn, vectorLog } from "../captures.ts";
import { inTemporaryFolder, planOf } from "../synthetic_run.ts";

const WIDTH = 2051;
const TEMPERATURES = [1, 0.5, 10, 3];

/** Two samples, some of whose rows are not as they should be. */
function logOf(noise: number, broken: Record<number, (row: Float32Array) => void>): VectorLog {
  const rows = Array.from({ length: 14 }, (_, at) => {
    const row = Float32Array.from(
      { length: WIDTH },
      (_, id) => 4 * Math.sin(id * (at + 1) * 12.9898) + noise * Math.sin(id * 78.233 + at),
    );
    row[(at * 311) % WIDTH]! += 6;
    broken[at]?.(row);
    return row;
  });
  const tokens = rows.map((_, at) => (at * (at % 2 ? 311 : 97)) % WIDTH);
  return vectorLog([
    { id: "a", rows: rows.slice(0, 8), tokens: tokens.slice(0, 8), prompt: 2 },
    { id: "b", rows: rows.slice(8), tokens: tokens.slice(8) },
  ]);
}

const BASELINE = logOf(0, {
  3: (row) => row[7] = NaN,
  4: (row) => row.fill(-Infinity, 100),
  5: (row) => row.forEach((value, id) => row[id] = Math.round(value)),
});
const VARIANT = logOf(0.1, {
  6: (row) => row[9] = NaN,
  7: (row) => row[9] = Infinity,
  9: (row) => row[311] = -Infinity,
  10: (row) => row.fill(1),
  11: (row) => row.fill(-Infinity),
});

/** Rows `[begin, end)` of a log. */
function part(log: VectorLog, begin: number, end: number): VectorLog {
  return {
    rows: end - begin,
    width: log.width,
    sampleId: log.sampleId.slice(begin, end),
    tokenIndex: log.tokenIndex.slice(begin, end),
    position: log.position.slice(begin, end),
    tokenId: log.tokenId.slice(begin, end),
    values: log.values.slice(begin * log.width, end * log.width),
  };
}

/** Writes the sketches of both into folders, frame by frame. */
async function writeSketches(folder: string): Promise<[baseline: string, variant: string]> {
  const [one, other] = [join(folder, "baseline"), join(folder, "variant")];
  const path = (of: string) => join(of, "logit_sketch.arrow");
  for (const  of of[one, other]) await Deno.mkdir(of);
  const frames = (log: VectorLog) => [part(log, 0, 5), part(log, 5, log.rows)];
  sketchStream(frames(BASELINE), { path: path(one), vocabulary: WIDTH, baseline: null });
  sketchStream(frames(VARIANT), { path: path(other), vocabulary: WIDTH, baseline: path(one) });
  return [one, other];
}

const [, cell] = planOf(["none", "w4"], ["capture"]).cells;

Deno.test("what a sketch gives is what the logits give, to the last bit", async () => {
  await inTemporaryFolder(async (folder) => {
    const [one, other] = await writeSketches(folder);
    const read = (of: string) => readCapture(of, { temperatures: TEMPERATURES });
    const full = (log: VectorLog) => capture("logits", log, null, { temperatures: TEMPERATURES });
    const [baseline, variant] = [await read(one), await read(other)];
    assert.equal(variant.logits, null);
    const [p, q] = [full(BASELINE), full(VARIANT)];
    // As in a run: the baseline alone, then each variant with it.
    await measureCapture(cell!, p, null);
    await measureCapture(cell!, q, p);
    const divergences = ["kl_divergence", "kl_divergence_reverse", "js_divergence"];
    let count = 0;
    for (const metric of Object.values(METRICS)) {
      const measure = (v: Capture, b: Capture) =>
        valuesIn(
          (metric.needsBaseline ? metric.measureCapture?.(v, b) : metric.measureCapture?.(v)) ?? [],
        );
      const [found, expected] = [measure(variant, baseline), measure(q, p)];
      if (!metric.needs.includes("logit_sketch")) {
        for (const { value, reason } of found) {
          assert.deepEqual([value, reason?.endsWith(NEEDS_FULL_LOGITS.reason)], [null, true]);
        }
        assert.equal(found.length > 0, metric.needs.includes("logits"), metric.name);
      } else if (!divergences.includes(metric.name)) {
        const unknown = found.filter(({ parameter }) => parameter === "T=3");
        assert.ok(unknown.every(({ reason }) => reason === NEEDS_FULL_LOGITS.reason));
        const known = expected.filter(({ parameter }) => parameter !== "T=3");
        assert.deepEqual(found.filter((value) => !unknown.includes(value)), known, metric.name);
        count++;
      } else {
        const bound = (name: string | null) => found.filter(({ parameter }) => parameter === name);
        const [low, high] = [bound("bound=low"), bound("bound=high")];
        expected.forEach(({ value }, index) => {
          const [least, most] = [low[index]!.value, high[index]!.value];
          if (value === null) return assert.deepEqual([least, most], [null, null]);
          // The kernels' own error.
          const error = 3e-6 + 1e-6 * value;
          assert.ok(least! <= value + error && value <= most! + error, `${least} ${value} ${most}`);
        });
      }
    }
    assert.equal(count, 14);
  });
});

Deno.test("a sketch takes less than 1 KB a token, however few come at a time", async () => {
  await inTemporaryFolder((folder) => {
    const settings = { path: join(folder, "a.arrow"), vocabulary: 70, baseline: null };
    const row = Float32Array.from({ length: 70 }, (_, id) => Math.sin(id));
    const frame = vectorLog([{ id: "teval-instruct-string-0001", rows: [row, row] }]);
    assert.equal(sketchStream(Array<VectorLog>(600).fill(frame), settings), 1200);
    const bytes = Deno.statSync(settings.path).size / 1200;
    assert.ok(bytes > 924 && bytes < 970, `${bytes}`);
    assert.equal(readSketch(settings.path).tail.sum.length, 1200);
    return Promise.resolve();
  });
});

Deno.test("a sketch is refused that was made against another baseline, or of other tokens", async () => {
  await inTemporaryFolder(async (folder) => {
    const [one, other] = await writeSketches(folder);
    const path = join(one, "logit_sketch.arrow");
    const variant = await readCapture(other);
    sketchStream([logOf(1, {})], { path, vocabulary: WIDTH, baseline: null });
    const rewritten = await readCapture(one);
    await assert.rejects(
      () => measureCapture(cell!, variant, rewritten),
      (error) => error instanceof LogError && /made against another sketch/.test(error.message),
    );
    const full = capture("logits.arrow", BASELINE, null);
    await assert.rejects(
      () => measureCapture(cell!, variant, full),
      /a sketch of logits, but not so/,
    );
    const settings = { path: join(folder, "x.arrow"), vocabulary: WIDTH, baseline: path };
    assert.throws(
      () => sketchStream([part(VARIANT, 1, 5)], settings),
      /row 0: sample "a", but sample "a" came/,
    );
    assert.throws(() => sketchStream([part(VARIANT, 0, 5)], settings), /14 rows, but 5 came/);
    await Deno.writeFile(path, (await Deno.readFile(path)).subarray(0, 3000));
    assert.throws(() => readSketch(path), /not a whole Arrow IPC file/);
  });
});
