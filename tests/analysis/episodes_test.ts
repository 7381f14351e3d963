import assert from "node:assert/strict";
import { join } from "node:path";
import { type Capture, capture, type CaptureOptions } from "../../analysis/capture.ts";
import { countHistograms } from "../../analysis/histograms.ts";
import { measureCapture } from "../../analysis/measure.ts";
import { buildResults } from "../../analysis/results.ts";
import type { ResultsOptions } from "../../analysis/results_options.ts";
import type { EpisodeSpans, Span } from "../../analysis/spans/span_tokens.ts";
import type { LogSchema } from "../../data/column.ts";
import { cellFolder, readRows, reasonAt, type Row, valueAt } from "../../data/logs.ts";
import { results as resultsSchema, summary as summarySchema } from "../../data/result_schema.ts";
import type { Cell } from "../../data/types.ts";
import { type TestSample, vectorLog } from "./captures.ts";
import {
  endCellWithHashes,
  EXPERIMENT,
  inTemporaryFolder,
  planOf,
  writePlanOf,
  writeScores,
  writeSteps,
  writeVectors,
} from "./synthetic_run.ts";

const [BASELINE_CELL, VARIANT_CELL] = planOf(["none", "rough"], ["capture"]).cells;
const WIDTH = 6;
const LENGTH = 12;

/** First position of a span, and the one behind its last. */
type Spans = [span: Span, begin: number, end: number][];

/** Episodes out of order; in the second a token holds a part of two spans. */
const SPANS: Record<string, Spans> = {
  b: [["reason", 1, 3], ["act", 4, 5], ["reason", 7, 9], ["act", 9, 11]],
  a: [["act", 3, 6], ["reason", 0, 4]],
};
const EPISODES: EpisodeSpans = new Map(
  Object.entries(SPANS).map(([id, spans]) => [
    id,
    spans.map(([span, begin, end]) => ({ span, begin, end })),
  ]),
);
const isOwn = (id: string, position: number) =>
  SPANS[id]!.some(([, begin, end]) => position >= begin && position < end);

/** Two rows of prompt, then an episode; rows that the model did not write are `wild` where it is told. */
function episodes(factor: number, wild: number | null): TestSample[] {
  return Object.keys(SPANS).map((id, sample) => ({
    id,
    prompt: 2,
    tokens: Array.from({ length: LENGTH + 2 }, (_, row) => (row * 5 + sample) % WIDTH),
    rows: Array.from({ length: LENGTH + 2 }, (_, row) =>
      Array.from(
        { length: WIDTH },
        (_, i) =>
          wild !== null && !isOwn(id, row - 2) ? wild * (i + row) : Math.sin(factor * row + i * i),
      )),
  }));
}

/** The same without the rows that the model did not write. */
function shortened(samples: TestSample[]): TestSample[] {
  return samples.map(({ id, rows, tokens }) => {
    const own = <T>(values: ArrayLike<T>) =>
      Array.from(values).filter((_, row) => isOwn(id, row - 2));
    return { id, rows: own(rows), tokens: own(tokens!) };
  });
}

const captureIn = (samples: TestSample[], options: CaptureOptions = {}): Capture =>
  capture("logits.arrow", vectorLog(samples), vectorLog(samples), {
    temperatures: [1, 2],
    ...options,
  });

/** Every metric of a pair, as `[metric, parameter, sample, position, value]`. */
async function allValues(variant: Capture, baseline: Capture) {
  const blocks = [
    ...await measureCapture(BASELINE_CELL!, baseline, null),
    ...await measureCapture(VARIANT_CELL!, variant, baseline),
  ];
  return blocks.flatMap((block) =>
    Array.from(block.value, (_, index) => ({
      variant: block.variant,
      metric: block.metric,
      parameter: block.parameter,
      sample: block.samples[block.sample[index]!]!,
      position: block.position && block.position[index]!,
      value: valueAt(block, index),
      reason: reasonAt(block, index),
      weight: block.weight?.[index],
    }))
  );
}

Deno.test("metrics of an episode are those of the tokens that the model wrote, whatever it saw", async () => {
  const expected = await allValues(
    captureIn(shortened(episodes(3, null))),
    captureIn(shortened(episodes(2, null))),
  );
  for (const wild of [1e6, NaN]) {
    const found = await allValues(
      captureIn(episodes(3, wild), { episodes: EPISODES }),
      captureIn(episodes(2, wild), { episodes: EPISODES }),
    );
    const without = (values: typeof found) => values.map((one) => ({ ...one, position: null }));
    assert.deepEqual(without(found), without(expected));
    // Positions stay those of the continuation.
    const positions = (id: string) =>
      found.filter(({ metric, sample }) => metric === "kl_divergence" && sample === id)
        .map(({ position }) => position);
    assert.deepEqual(positions("a"), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(positions("b"), [1, 2, 4, 7, 8, 9, 10]);
  }
  const metrics = new Set(expected.map(({ metric }) => metric));
  for (const name of ["perplexity", "erank_covariance", "cka", "expected_calibration_error"]) {
    assert.ok(metrics.has(name));
  }
});

Deno.test("observations enter when the continuation is asked for", async () => {
  const [long, continuation] = [
    captureIn(episodes(2, 9), { episodes: EPISODES, positions: "continuation" }),
    captureIn(episodes(2, 9)),
  ];
  assert.deepEqual(long.samples, continuation.samples);
  assert.deepEqual(long.samples.map(({ count }) => count), [LENGTH, LENGTH]);
  const whole = captureIn(episodes(2, 9), { episodes: EPISODES, positions: "all" });
  assert.deepEqual(whole.samples.map(({ count }) => count), [LENGTH + 2, LENGTH + 2]);
  const perplexity = (values: Awaited<ReturnType<typeof allValues>>) =>
    values.find(({ metric }) => metric === "perplexity")!.value!;
  const own = captureIn(episodes(2, 9), { episodes: EPISODES });
  const [far, near] = [await allValues(long, long), await allValues(own, own)].map(perplexity);
  assert.ok(far! > 1e3 && near! < 1e2, `${far}, ${near}`);
});

Deno.test("histograms leave out a sample whose token at the position is an observation's", () => {
  const of = captureIn(episodes(2, 50), { episodes: EPISODES });
  const found = countHistograms(VARIANT_CELL!, of, null, [0, 1, 6, 8]);
  assert.deepEqual(found.map(({ position, n }) => [position, n]), [[0, 1], [1, 2], [8, 1]]);
  assert.ok(found.every(({ low, high }) => (low as number) > -3 && (high as number) < 3));
});

Deno.test("an episode of which no span's tokens are known has no value, and says why", async () => {
  const known: EpisodeSpans = new Map([["a", EPISODES.get("a")!]]);
  const of = (factor: number) => captureIn(episodes(factor, null), { episodes: known });
  const values = await allValues(of(3), of(2));
  const lost = values.filter(({ sample }) => sample === "b");
  const names = (of: typeof values) => new Set(of.map(({ metric }) => metric));
  assert.deepEqual(names(lost), names(values.filter(({ sample }) => sample === "a")));
  for (const { position, value, reason } of lost) {
    assert.deepEqual([position, value], [null, null]);
    assert.match(reason!, /^(baseline: )?it is not known which of the episode's tokens are/);
  }
  const others = values.filter(({ sample }) => sample !== "b");
  assert.ok(others.every(({ reason }) => !/it is not known/.test(reason ?? "")));

  const none = captureIn(episodes(2, null), { episodes: "not evaluated" });
  for (const { value, reason } of await allValues(none, none)) {
    assert.deepEqual([value, reason], [null, "the baseline's episodes have not been evaluated"]);
  }
});

/** Writes a plan with an environment and its two captures. */
async function writeCaptures(runs: string): Promise<{ text: Cell; cells: Cell[] }> {
  const plan = planOf(["none", "rough"], ["evaluate", "capture"]);
  for (const { kind, inputs } of plan.cells) {
    if (kind === "evaluate") inputs.benchmark = { name: "suite", maxSteps: 30 };
  }
  await writePlanOf(runs, plan);
  const cells = plan.cells.filter(({ kind }) => kind === "capture");
  for (const [index, cell] of cells.entries()) {
    const path = join(cellFolder(runs, cell.id), "logits.arrow");
    await writeVectors(path, "logits", vectorLog(episodes(2 + index, 50)));
    await endCellWithHashes(runs, cell);
  }
  return { text: plan.cells.find(({ kind }) => kind === "evaluate")!, cells };
}

/** Writes the steps of the baseline's cell and ends it. */
async function evaluate(runs: string, text: Cell, spans: Record<string, Spans>): Promise<void> {
  const rows = Object.entries(spans).flatMap(([id, own]) =>
    own.map((
      [span, begin, end],
    ): [string, string, number, number] => [id, span, begin, end - begin])
  );
  await writeSteps(runs, text, [...rows, ["a", "observation", null, 0]]);
  await writeScores(runs, text, "success", [["a", "all", 1], ["b", "all", 0]]);
  await endCellWithHashes(runs, text);
}

Deno.test("captures of episodes are measured anew once the baseline's steps are there, or are others", async () => {
  await inTemporaryFolder(async (runs) => {
    const { text } = await writeCaptures(runs);
    const build = async (options: ResultsOptions = {}) => {
      const { measured, spanRows } = await buildResults(runs, EXPERIMENT, options);
      const read = <Schema extends LogSchema>(name: string, schema: Schema) =>
        readRows(join(runs, EXPERIMENT, `${name}.parquet`), schema);
      const of = (row: Row) => row.metric === "perplexity" && row.variant === "tiny/rough";
      const rows = (await read("results", resultsSchema)).filter(of);
      const [line] = (await read("summary", summarySchema)).filter(of);
      return { measured, spanRows, rows, line: line! };
    };
    const early = await build();
    assert.deepEqual([early.measured, early.spanRows], [2, 0]);
    assert.deepEqual([early.line.n, early.line.missing, early.line.mean], [0, 2, null]);
    assert.equal(early.rows[0]!.reason, "the baseline's episodes have not been evaluated");
    assert.equal((await build()).measured, 0);

    await evaluate(runs, text, SPANS);
    const found = await build();
    assert.equal(found.measured, 3);
    assert.ok(found.spanRows > 0 && found.line.n === 2);
    const [a, b] = found.rows.map(({ value }) => value as number);
    assert.ok(a! < 100 && b! < 100);
    // Pooled by the tokens that enter.
    const pooled = Math.exp((6 * Math.log(a!) + 7 * Math.log(b!)) / 13);
    assert.ok(Math.abs(found.line.mean! - pooled) < 1e-12 * pooled);
    assert.equal((await build()).measured, 0);

    const before = await build({ positions: "continuation" });
    assert.deepEqual([before.measured, before.line.n], [3, 2]);
    assert.ok(before.rows.every(({ value }) => (value as number) > 1000));

    await build();
    await evaluate(runs, text, { ...SPANS, a: [["act", 0, 1]] });
    const other = await build();
    assert.equal(other.measured, 3);
    assert.notEqual(other.rows[0]!.value, found.rows[0]!.value);
    assert.equal(other.rows[1]!.value, found.rows[1]!.value);
  });
});
