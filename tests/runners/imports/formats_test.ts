/**
 * Every format on files that the tool itself wrote. What is expected is what the tool reported of the same run, or
 * what the scripted model of fixtures/make_*.py answers.
 */
import assert from "node:assert/strict";
import { FORMATS } from "../../../runners/imports/registry.ts";
import type { ImportedLog } from "../../../runners/imports/result_format.ts";
import { fixture, fixtureBelow, FIXTURES } from "./in_temporary_run.ts";

/** Mean over samples of each sample's mean over repeats. */
function mean(log: ImportedLog, metric: string): number {
  const bySample = new Map<string, number[]>();
  for (const { id, scores } of log.samples) {
    for (const score of scores) {
      if (score.metric !== metric || score.value === null) continue;
      bySample.set(id, [...bySample.get(id) ?? [], score.value]);
    }
  }
  const means = [...bySample.values()].map((values) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  );
  return means.reduce((sum, value) => sum + value, 0) / means.length;
}

function scoresOf(log: ImportedLog, id: string, repeat = 0) {
  const sample = log.samples.find((one) => one.id === id && one.repeat === repeat)!;
  return Object.fromEntries(
    sample.scores.map(({ metric, value, reason }) => [metric, value ?? reason]),
  );
}

/** What lm_eval reported: the aggregates of the results file beside the samples. */
function reported(variant: string): Record<string, Record<string, number>> {
  const path = fixture(`lm_eval/${variant}`, /^results_/);
  return JSON.parse(Deno.readTextFileSync(path)).results;
}

for (const variant of ["base", "int4"]) {
  Deno.test(`lm_eval: the means of ${variant}'s samples are those that lm_eval reports`, async () => {
    const choice = await FORMATS.lm_eval!.read(
      fixture(`lm_eval/${variant}`, /^samples_tiny_choice/),
    );
    const answer = await FORMATS.lm_eval!.read(
      fixture(`lm_eval/${variant}`, /^samples_tiny_answer/),
    );
    const { tiny_choice, tiny_answer } = reported(variant);
    assert.equal(choice.samples.length, 8);
    assert.equal(answer.samples.length, 8, "two filters of a document are one sample");
    assert.equal(mean(choice, "acc"), tiny_choice!["acc,none"]);
    assert.equal(mean(choice, "acc_norm"), tiny_choice!["acc_norm,none"]);
    for (const filter of ["strict-match", "flexible-extract"]) {
      const metric = `exact_match,${filter}`;
      assert.equal(mean(answer, metric), tiny_answer![metric]);
    }
    assert.deepEqual([choice.version, choice.task, choice.model], [
      "0.4.13",
      "tiny_choice",
      variant,
    ]);
  });
}

Deno.test("lm_eval: generated texts, choices with their likelihoods, and rolling likelihoods", async () => {
  const answer = await FORMATS.lm_eval!.read(fixture("lm_eval/int4", /^samples_tiny_answer/));
  assert.equal(answer.samples[0]!.prompt, "Question: What is the capital of France?\nAnswer:");
  assert.equal(answer.samples[0]!.completion, "ANSWER: Paris");
  assert.equal(answer.samples[0]!.gold, '"Paris"');
  assert.deepEqual(scoresOf(answer, "2"), {
    "exact_match,strict-match": 0,
    "exact_match,flexible-extract": 1,
  });
  const choice = await FORMATS.lm_eval!.read(fixture("lm_eval/int4", /^samples_tiny_choice/));
  assert.deepEqual(JSON.parse(choice.samples[0]!.completion!)[1], {
    continuation: " Rome",
    loglikelihood: -7.5,
    greedy: false,
  });
  const rolling = await FORMATS.lm_eval!.read(fixture("lm_eval/int4", /^samples_tiny_rolling/));
  const scores = scoresOf(rolling, "0");
  assert.equal(scores.loglikelihood, -"What is the capital of France?".length);
  assert.match(
    String(scores.word_perplexity),
    /a score of the whole set: the tool keeps \[-30,6\]/,
  );
});

Deno.test("inspect: means over epochs of a Zstandard .eval are those that Inspect reports", async () => {
  const base = await FORMATS.inspect!.read(`${FIXTURES}/inspect/base/tiny_qa.eval`);
  const int4 = await FORMATS.inspect!.read(`${FIXTURES}/inspect/int4/tiny_qa.eval`);
  // Printed by make_inspect.py: accuracy and mean of log.results, inspect_ai 0.3.285.
  const expected = {
    match: [0.8125, 0.5625],
    graded: [0.84375, 0.59375],
    "style/length": [6.6875, 8.3125],
  };
  for (const [metric, values] of Object.entries(expected)) {
    assert.deepEqual([mean(base, metric), mean(int4, metric)], values, metric);
  }
  assert.deepEqual([base.version, base.task, base.model], ["0.3.285", "tiny_qa", "mockllm/model"]);
  assert.deepEqual(base.warnings, []);
});

Deno.test("inspect: C, P, N and I are numbers; unscored values and failed samples have a reason", async () => {
  const base = await FORMATS.inspect!.read(`${FIXTURES}/inspect/base/tiny_qa.eval`);
  const int4 = await FORMATS.inspect!.read(`${FIXTURES}/inspect/int4/tiny_qa.eval`);
  const graded = (log: ImportedLog, id: string, repeat: number) => scoresOf(log, id, repeat).graded;
  assert.deepEqual(
    [graded(base, "q0", 0), graded(base, "q6", 0), graded(base, "q7", 0), graded(base, "q6", 1)],
    [1, 0.5, 0, 0],
  );
  const unscored = scoresOf(base, "q7", 0);
  assert.equal(unscored["style/length"], "the scorer left it unscored: nothing to measure");
  const failed = int4.samples.find(({ id, repeat }) => id === "q5" && repeat === 1)!;
  assert.deepEqual([failed.completion, failed.scores], [null, []]);
  assert.match(failed.error!, /the scripted model fails here/);
  const cut = int4.samples.find(({ id, repeat }) => id === "q7" && repeat === 1)!;
  assert.deepEqual([cut.finishReason, cut.completion], ["length", "Goethe and then on and on…"]);
  assert.equal(cut.prompt, "[system]\nAnswer briefly.\n\n[user]\nWho wrote Hamlet?");
  assert.equal(cut.gold, '"Shakespeare"');
});

Deno.test("inspect: a .json log reads as an .eval log does", async () => {
  const json = await FORMATS.inspect!.read(`${FIXTURES}/inspect/base/tiny_qa_limited.json`);
  const archive = await FORMATS.inspect!.read(`${FIXTURES}/inspect/base/tiny_qa.eval`);
  assert.equal(json.samples.length, 2);
  for (const sample of json.samples) {
    const same = archive.samples.find(({ id, repeat }) => id === sample.id && repeat === 0)!;
    assert.deepEqual({ ...sample, seconds: null }, { ...same, seconds: null });
  }
});

Deno.test("lighteval: means, token ids and reasons of its Parquet details", async () => {
  for (const [variant, expected] of [["base", 0.75], ["int4", 0.5]] as const) {
    const folder = `lighteval/details/${variant}`;
    const choice = await FORMATS.lighteval!.read(fixtureBelow(folder, /tiny_choice/));
    const answer = await FORMATS.lighteval!.read(fixtureBelow(folder, /tiny_answer/));
    // metric_aggregated of lighteval 0.13.0.
    assert.deepEqual([mean(choice, "acc"), mean(answer, "em")], [expected, expected]);
    assert.deepEqual([answer.task, answer.model, answer.version], ["tiny_answer|0", variant, null]);
  }
  const answer = await FORMATS.lighteval!.read(
    fixtureBelow("lighteval/details/int4", /tiny_answer/),
  );
  const [first] = answer.samples;
  assert.deepEqual(first!.promptTokenIds, [1, 2, 3]);
  assert.deepEqual(first!.completionTokenIds, [4]);
  assert.equal(first!.completion, "Paris");
  assert.equal(first!.gold, '" Paris"');
  assert.deepEqual(scoresOf(answer, "0"), {
    em: 1,
    length: 5,
    second_word: "the tool's value is not a number (NaN)",
  });
  const choice = await FORMATS.lighteval!.read(
    fixtureBelow("lighteval/details/int4", /tiny_choice/),
  );
  assert.deepEqual(JSON.parse(choice.samples[0]!.completion!)[0], {
    continuation: " Paris",
    loglikelihood: -1.25,
  });
});

Deno.test("nemo_evaluator: rewards by repeat; an error of the infrastructure is missing, not 0", async () => {
  const base = await FORMATS.nemo_evaluator!.read(`${FIXTURES}/nemo_evaluator/base/results.jsonl`);
  const int4 = await FORMATS.nemo_evaluator!.read(`${FIXTURES}/nemo_evaluator/int4/results.jsonl`);
  // pass@1 and scorer:fuzzy_match of the bundle, nemo-evaluator 0.4.0.
  assert.deepEqual([mean(base, "reward"), mean(base, "scorer:fuzzy_match")], [0.8125, 0.875]);
  assert.deepEqual([base.version, base.task, base.model], ["0.4.0", "tiny_qa", "base"]);
  // The bundle says 0.5625, which counts the failed try as 0; without it problem 5 has 1 in place of 1/2.
  assert.equal(mean(int4, "reward"), 0.5625 + 0.5 / 8);
  const failed = int4.samples.find(({ id, repeat }) => id === "5" && repeat === 1)!;
  assert.equal(failed.error, "infra_error: the scripted solver fails here");
  assert.equal(int4.warnings.length, 1);
});

Deno.test("equal documents of different runs have equal hashes, and different ones do not", async () => {
  for (const path of ["inspect/%/tiny_qa.eval", "nemo_evaluator/%/results.jsonl"]) {
    const [a, b] = await Promise.all(["base", "int4"].map((variant) => {
      const format = FORMATS[path.split("/")[0]!]!;
      return format.read(`${FIXTURES}/${path.replace("%", variant)}`);
    }));
    const hashes = (log: ImportedLog) => log.samples.map(({ id, document }) => `${id} ${document}`);
    assert.deepEqual(hashes(a!), hashes(b!));
    assert.equal(new Set(hashes(a!)).size, 8);
  }
});
