import assert from "node:assert/strict";
import { join } from "node:path";
import { spanLines } from "../../../analysis/spans/span_lines.ts";
import { damageSentences } from "../../../analysis/spans/span_sentence.ts";
import { overSamplingSeeds, spanValues } from "../../../analysis/spans/span_values.ts";
import { writeSpans } from "../../../analysis/spans/write_spans.ts";
import { readRows, type Row, writeRows } from "../../../data/logs.ts";
import { results, spans as spansSchema } from "../../../data/result_schema.ts";
import {
  EXPERIMENT,
  inTemporaryFolder,
  planOf,
  writePlanOf,
  writeSteps,
} from "../synthetic_run.ts";

/** A reason of two tokens and an action of one, twice; the rest is neither. */
const EPISODE = [
  { span: "reason", begin: 1, end: 3 },
  { span: "act", begin: 4, end: 5 },
  { span: "reason", begin: 8, end: 10 },
  { span: "act", begin: 11, end: 12 },
] as const;

const position = (sampleId: string, values: (number | null)[]) =>
  values.map((value, at) => ({ sampleId, position: at, value }));

Deno.test("spanValues() averages the tokens of each span and leaves out all others", () => {
  const values = position("a", [90, 1, 2, 90, 5, 90, 90, 90, 3, null, 90, 7, 90]);
  const found = spanValues(values, new Map([["a", [...EPISODE]]]));
  assert.deepEqual(found.get("reason")!.get("a"), { mean: 2, tokens: 3 });
  assert.deepEqual(found.get("act")!.get("a"), { mean: 6, tokens: 2 });
  assert.equal(
    spanValues(position("b", [1, 1]), new Map([["a", [...EPISODE]]])).get("act")!.size,
    0,
  );
  const other = spanValues(position("a", [0, 4, 4]), new Map([["a", [...EPISODE]]]));
  assert.deepEqual(overSamplingSeeds([found, other]).get("reason")!.get("a"), {
    mean: 3,
    tokens: 5,
  });
});

const variant = (reason: number[], act: number[]) =>
  new Map([["reason", reason] as const, ["act", act] as const].map(([span, values]) => [
    span,
    new Map(values.map((mean, sample) => [String(sample), { mean, tokens: 10 }])),
  ]));
const at = { variant: "m/w3", benchmark: "household", metric: "kl_divergence" };
const named = [{ id: "m/w3", model: "m", title: "RTN W3" }];

Deno.test("spanLines() pairs actions with the reasoning of the same episode", () => {
  const [reason, act, contrast] = spanLines(at, [variant([1, 2, 3], [2, 3, 5])], null, { low: 0 });
  assert.deepEqual([reason!.n, reason!.tokens, reason!.mean, act!.mean], [3, 30, 2, 10 / 3]);
  assert.equal(reason!.low, 0); // t alone would reach below 0
  assert.ok(Math.abs(contrast!.mean! - 4 / 3) < 1e-12);
  assert.equal(contrast!.interval, "95 % paired t");
  const [against] = spanLines(at, [variant([1, 2, 3], [])], variant([1, 1, 1], []));
  assert.deepEqual([against!.difference, against!.difference_interval], [1, "95 % paired t"]);
});

Deno.test("spanLines() takes calibration seeds as one method: an episode is one, at its mean over them", () => {
  // The second seed lacks the last episode.
  const seeds = [variant([1, 1, 4, 90], [1, 1, 4, 90]), variant([3, 5, 4], [4, 6, 5])];
  const [reason, , contrast] = spanLines(at, seeds, variant([1, 1, 1, 1], []));
  assert.deepEqual([reason!.n, reason!.calibration_seeds, reason!.tokens], [3, 2, 60]);
  assert.deepEqual([reason!.mean, reason!.difference], [3, 2]);
  // Worked out in the test of tIntervalOverSeeds().
  assert.ok(Math.abs(reason!.high! - 7.302652729749465) < 1e-6);
  assert.equal(reason!.interval, "95 % t with calibration seeds");
  assert.equal(reason!.difference_interval, "95 % paired t with calibration seeds");
  assert.deepEqual([contrast!.n, contrast!.mean], [3, 0.5]);
});

Deno.test("damageSentences() says where the damage sits, or that it cannot be told, or that there is none", () => {
  const said = (reason: number[], act: number[]) =>
    damageSentences(spanLines(at, [variant(reason, act)], null), named)[0]!;
  assert.equal(
    said([0.5, 0.6, 0.4], [0.1, 0.1, 0.1]),
    "m, household: the damage (KL from the base a token, paired over episodes) is larger in [REASON] for RTN W3. " +
      "Most damaged: RTN W3, 0.100 nats in [ACT] against 0.500 in [REASON], difference −0.400, " +
      "95 % interval −0.648 to −0.152 (3 episodes).",
  );
  assert.match(said([0.1, 0.1, 0.1], [0.5, 0.6, 0.4]), /larger in \[ACT\] for RTN W3\./);
  assert.match(said([0.1, 0.9, 0.2], [0.5, 0.1, 0.4]), /not told apart for RTN W3\./);
  assert.match(said([1e-12, 0], [0, 1e-13]), /no method strays from the base/);
  assert.match(said([], []), /no method has tokens of both spans/);
});

Deno.test("writeSpans() joins captures with the steps of the baseline's episodes", async () => {
  await inTemporaryFolder(async (runs) => {
    const plan = planOf(["none", "rough", "gptq-c0", "gptq-c1"], ["evaluate", "capture"]);
    for (const [seed, drawn] of plan.variants.slice(2).entries()) {
      drawn.method = drawn.title = "gptq";
      drawn.calibration = { set: "own", samples: 1, maxLength: 1, seed };
    }
    await writePlanOf(runs, plan);
    const folder = join(runs, EXPERIMENT);
    const row = (variant: string, metric: string, position: number, value: number): Row => ({
      cell_id: "0000000000000000",
      variant: `tiny/${variant}`,
      benchmark: "suite",
      subtask: "all",
      metric,
      parameter: null,
      sample_id: "a",
      position,
      seed: 0,
      value,
      reason: null,
    });
    await writeRows(join(folder, "results.parquet"), results, [
      ...[0.5, 0.75].flatMap((value, seed) =>
        [9, value, 2, 9].map((value, at) => row(`gptq-c${seed}`, "kl_divergence", at, value))
      ),
      ...[9, 0.5, 0.25, 9].map((value, at) => row("rough", "kl_divergence", at, value)),
      ...[9, 1, 2, 9].map((value, at) => row("none", "negative_log_likelihood", at, value)),
      ...[9, 2, 5, 9].map((value, at) => row("rough", "negative_log_likelihood", at, value)),
    ]);
    // Without a steps log the benchmark is no environment.
    assert.equal((await writeSpans(runs, plan)).spanRows, 0);
    await writeSteps(runs, plan.cells[0]!, [
      ["a", "reason", 1, 1],
      ["a", "act", 2, 1],
      ["a", "observation", null, 0],
    ]);
    const written = await writeSpans(runs, plan);
    const lines = await readRows(written.spans, spansSchema);
    const of = (variant: string, metric: string, span: string) =>
      lines.find((line) =>
        line.variant === `tiny/${variant}` && line.metric === metric &&
        line.parameter === `span=${span}`
      )!;
    assert.deepEqual(
      ["reason", "act", "act-reason"].map((span) => of("rough", "kl_divergence", span).mean),
      [0.5, 0.25, -0.25],
    );
    assert.deepEqual(
      ["reason", "act"].map((span) => of("rough", "negative_log_likelihood", span).difference),
      [1, 3],
    );
    assert.equal(of("none", "negative_log_likelihood", "act").difference, null);
    const drawn = of("gptq", "kl_divergence", "reason");
    assert.deepEqual([drawn.mean, drawn.n, drawn.calibration_seeds], [0.625, 1, 2]);
    assert.deepEqual(lines.filter(({ variant }) => /-c\d$/.test(variant as string)), []);
    assert.match(written.damage[0]!, /^tiny, suite: .* not told apart for rough and gptq\./);
  });
});
