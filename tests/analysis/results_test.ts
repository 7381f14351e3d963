import assert from "node:assert/strict";
import { join } from "node:path";
import { buildResults, UnknownExperimentError } from "../../analysis/results.ts";
import { METRICS } from "../../analysis/metrics/registry.ts";
import { cellFolder, type Plan, readRows, type Row } from "../../data/logs.ts";
import { results as resultsSchema, summary as summarySchema } from "../../data/result_schema.ts";
import type { Cell } from "../../data/types.ts";
import { type TestSample, vectorLog } from "./captures.ts";
import {
  endCell,
  EXPERIMENT,
  inTemporaryFolder,
  planOf,
  writePlanOf,
  writeScores,
  writeSpectra,
  writeVectors,
} from "./synthetic_run.ts";

const BASELINE: TestSample[] = [
  { id: "a", rows: [[9, 9, 9, 9], [3, 2, 1, 0], [0, 5, 0, 1]], tokens: [0, 0, 1], prompt: 1 },
  { id: "b", rows: [[1, 9, 9, 9], [1, 2, 4, 3]], tokens: [1, 2], prompt: 1 },
];
/** The same tokens under other logits. */
const VARIANT = BASELINE.map((sample) => ({
  ...sample,
  rows: sample.rows.map((row) => Array.from(row, (value, id) => id === 0 ? value + 1 : value)),
}));

async function writeCapture(runs: string, cell: Cell, samples: TestSample[]): Promise<void> {
  const folder = cellFolder(runs, cell.id);
  await writeVectors(join(folder, "logits.arrow"), "logits", vectorLog(samples));
  await writeVectors(join(folder, "hidden_states.arrow"), "hidden_state", vectorLog(samples));
}

/** Two variants and all their logs; `end` says which cells get a record. */
async function writeRun(runs: string, end: (cell: Cell) => boolean = () => true): Promise<Plan> {
  const plan = planOf(["none", "rough"], ["compress", "evaluate", "capture"]);
  await writePlanOf(runs, plan);
  for (const cell of plan.cells) {
    const rough = cell.variant === "tiny/rough";
    if (cell.kind === "capture") await writeCapture(runs, cell, rough ? VARIANT : BASELINE);
    if (cell.kind === "compress") await writeSpectra(runs, cell, "up", rough ? [1, 1] : [2, 1]);
    if (cell.kind === "evaluate") {
      await writeScores(runs, cell, "exact", [
        ["a", "json", 1],
        ["b", "json", rough ? 0 : 1],
        ["c", "string", rough ? null : 0],
        ["d", "string", 1],
      ]);
    }
    if (end(cell)) await endCell(runs, cell);
  }
  return plan;
}

async function tables(runs: string): Promise<{ results: Row[]; summary: Row[] }> {
  return {
    results: await readRows(join(runs, EXPERIMENT, "results.parquet"), resultsSchema),
    summary: await readRows(join(runs, EXPERIMENT, "summary.parquet"), summarySchema),
  };
}

/** The one row whose columns have these values. */
function only(rows: Row[], wanted: Row): Row {
  const found = rows.filter((row) =>
    Object.entries(wanted).every(([name, value]) => row[name] === value)
  );
  assert.equal(found.length, 1, `${found.length} rows for ${JSON.stringify(wanted)}`);
  return found[0]!;
}

function near(found: unknown, expected: number): void {
  assert.ok(Math.abs(found as number - expected) < 3e-6, `${found}, expected ${expected}`);
}

/** -ln softmax. */
const loss = (logits: number[], token: number) =>
  Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0)) - logits[token]!;

Deno.test("buildResults() measures every finished cell and summarises over samples", async () => {
  await inTemporaryFolder(async (runs) => {
    await writeRun(runs);
    const built = await buildResults(runs, EXPERIMENT);
    const { results, summary } = await tables(runs);
    assert.equal(built.rows, results.length);
    assert.equal(built.cells, 6);
    const measured = new Set(results.map(({ metric }) => metric));
    assert.deepEqual(measured, new Set([...Object.keys(METRICS), "exact"]));

    const capture = { variant: "tiny/rough", benchmark: "suite", subtask: "all" };
    const first = { ...capture, metric: "negative_log_likelihood", sample_id: "a", position: 0 };
    near(only(results, first).value, loss([4, 2, 1, 0], 0));
    assert.ok(results.every(({ position }) => position === null || (position as number) >= 0));

    // Corpus perplexity: three tokens in two samples.
    const corpus = (rows: [number[], number][]) =>
      Math.exp(rows.reduce((sum, [row, token]) => sum + loss(row, token), 0) / 3);
    const ours = corpus([[[4, 2, 1, 0], 0], [[1, 5, 0, 1], 1], [[2, 2, 4, 3], 2]]);
    const theirs = corpus([[[3, 2, 1, 0], 0], [[0, 5, 0, 1], 1], [[1, 2, 4, 3], 2]]);
    const perplexity = only(summary, { ...capture, metric: "perplexity" });
    near(perplexity.mean, ours);
    near(perplexity.difference, ours - theirs);
    assert.equal(perplexity.interval, "95 % t by tokens (log scale)");

    // Positions are averaged within a sample first: mean of (1 + 1) / 2 and 1.
    const agreement = only(summary, { ...capture, metric: "top1_agreement" });
    assert.deepEqual([agreement.n, agreement.mean, agreement.difference], [2, 1, null]);

    const weights = { variant: "tiny/rough", benchmark: "weights", metric: "erank" };
    const layer = only(results, { ...weights, parameter: "source=weights,layer=up" });
    near(layer.value, 2);
    assert.equal(layer.seed, null);
    const difference = "reading=compressed-minus-baseline,of=erank,source=weights,layer=up";
    const sigma = [2 / 3, 1 / 3];
    const baseline = Math.exp(-sigma.reduce((sum, p) => sum + p * Math.log(p), 0));
    near(only(results, { metric: "diff_erank", parameter: difference }).value, 2 - baseline);
  });
});

Deno.test("buildResults() summarises scores by subtask and over subtasks, missing ones apart", async () => {
  await inTemporaryFolder(async (runs) => {
    await writeRun(runs);
    await buildResults(runs, EXPERIMENT);
    const { results, summary } = await tables(runs);
    const missing = only(results, { variant: "tiny/rough", metric: "exact", sample_id: "c" });
    assert.deepEqual([missing.value, missing.reason], [null, "no answer"]);
    const row = (variant: string, subtask: string) => {
      const { n, missing, mean, interval, difference, difference_interval } = only(summary, {
        variant: `tiny/${variant}`,
        metric: "exact",
        subtask,
      });
      return { n, missing, mean, interval, difference, difference_interval };
    };
    const wilson = "95 % Wilson";
    const paired = "95 % paired Agresti-Min";
    assert.deepEqual(row("none", "string"), {
      n: 2,
      missing: 0,
      mean: 0.5,
      interval: wilson,
      difference: null,
      difference_interval: null,
    });
    assert.deepEqual(row("rough", "json"), {
      n: 2,
      missing: 0,
      mean: 0.5,
      interval: wilson,
      difference: -0.5,
      difference_interval: paired,
    });
    // Only sample d has a value under both.
    assert.deepEqual(row("rough", "string"), {
      n: 1,
      missing: 1,
      mean: 1,
      interval: wilson,
      difference: 0,
      difference_interval: paired,
    });
    // The mean of the subtasks' means (0.5 and 1), not of the samples (2 / 3).
    const all = row("rough", "all");
    assert.deepEqual([all.n, all.missing, all.mean, all.difference], [3, 1, 0.75, -0.25]);
    assert.equal(row("none", "all").mean, 0.75);
  });
});

Deno.test("buildResults() writes the same bytes again, in whatever order the plan lists its cells", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = await writeRun(runs);
    const read = async () => {
      const built = await buildResults(runs, EXPERIMENT, { histogramPositions: [0, 1] });
      assert.equal(built.histogramRows, 4);
      const names = ["results", "summary", "histograms", "comparisons", "capabilities"];
      const files = names.map((name) => `${name}.parquet`);
      return await Promise.all(files.map((file) => Deno.readFile(join(runs, EXPERIMENT, file))));
    };
    const first = await read();
    assert.deepEqual(await read(), first);
    await writePlanOf(runs, { ...plan, cells: plan.cells.toReversed() });
    assert.deepEqual(await read(), first);
  });
});

Deno.test("buildResults() lists cells that failed or never ended, and gives them no rows", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = await writeRun(
      runs,
      ({ kind, variant }) => !(kind === "capture" && variant === "tiny/none"),
    );
    const broken = plan.cells.find(({ kind, variant }) =>
      kind === "evaluate" && variant === "tiny/rough"
    )!;
    await endCell(runs, broken, "out of luck");
    const built = await buildResults(runs, EXPERIMENT);
    const { results } = await tables(runs);
    assert.deepEqual(built.failed, [{ cell: broken, message: "out of luck" }]);
    assert.deepEqual(built.missing.map(({ kind, variant }) => [kind, variant]), [
      ["capture", "tiny/none"],
    ]);
    // The variant's capture is measured alone: there is nothing to compare it with.
    assert.deepEqual(built.unpaired.map(({ kind, variant }) => [kind, variant]), [
      ["capture", "tiny/rough"],
    ]);
    const metrics = new Set(
      results.filter(({ benchmark }) => benchmark === "suite").map(({ variant, metric }) =>
        `${variant} ${metric}`
      ),
    );
    assert.ok(metrics.has("tiny/rough energy") && !metrics.has("tiny/rough kl_divergence"));
    assert.ok(metrics.has("tiny/none exact") && !metrics.has("tiny/rough exact"));
  });
});

Deno.test("buildResults() averages a sample's seeds before samples", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = planOf(["none"], ["evaluate"], [1, 2]);
    await writePlanOf(runs, plan);
    for (const cell of plan.cells) {
      await writeScores(runs, cell, "exact", [["a", "all", cell.seed! - 1], ["b", "all", 1]]);
      await endCell(runs, cell);
    }
    await buildResults(runs, EXPERIMENT);
    const { summary } = await tables(runs);
    const { n, mean, interval } = only(summary, { metric: "exact" });
    assert.deepEqual([n, mean, interval], [2, 0.75, "95 % t"]);
  });
});

Deno.test("buildResults() refuses captures of other tokens, naming file, sample and index", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = await writeRun(runs);
    const cell = plan.cells.find(({ kind, variant }) =>
      kind === "capture" && variant === "tiny/rough"
    )!;
    const path = join(cellFolder(runs, cell.id), "logits.arrow");
    const other = VARIANT.map((sample) =>
      sample.id === "b" ? { ...sample, tokens: [1, 3] } : sample
    );
    await writeCapture(runs, cell, other);
    await assert.rejects(buildResults(runs, EXPERIMENT), (error: Error) => {
      assert.ok(error.message.startsWith(path));
      assert.match(error.message, /row 4 is sample "b", index 11, token 3, expected .* token 2/);
      return true;
    });
    await writeCapture(runs, cell, VARIANT.slice(0, 1));
    await assert.rejects(
      buildResults(runs, EXPERIMENT),
      /3 rows, expected 5: it ends before sample "b", index 10/,
    );
  });
});

Deno.test("buildResults() names a damaged log, and leaves the earlier results as they were", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = await writeRun(runs);
    await buildResults(runs, EXPERIMENT);
    const before = await Deno.readFile(join(runs, EXPERIMENT, "results.parquet"));
    const cell = plan.cells.find(({ kind }) => kind === "capture")!;
    const path = join(cellFolder(runs, cell.id), "logits.arrow");
    await Deno.truncate(path, 900);
    await assert.rejects(
      buildResults(runs, EXPERIMENT),
      (error: Error) =>
        error.message.startsWith(path) && /delete the cell's folder and run/.test(error.message),
    );
    assert.deepEqual(await Deno.readFile(join(runs, EXPERIMENT, "results.parquet")), before);
  });
});

Deno.test("buildResults() of an experiment that was never run throws UnknownExperimentError", async () => {
  await inTemporaryFolder(async (runs) => {
    await assert.rejects(buildResults(runs, "nothing"), UnknownExperimentError);
  });
});
