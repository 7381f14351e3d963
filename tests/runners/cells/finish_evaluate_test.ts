import assert from "node:assert/strict";
import { join } from "node:path";
import { readRows } from "../../../data/logs.ts";
import { completions, scores } from "../../../data/schema.ts";
import type { Benchmark, Sample } from "../../../runners/benchmarks/benchmark.ts";
import { BENCHMARKS } from "../../../runners/benchmarks/registry.ts";
import { SAMPLES, writeJsonLines } from "../../../runners/cells/cell_files.ts";
import { finishEvaluate } from "../../../runners/cells/finish_evaluate.ts";
import { generateRows } from "../../../runners/cells/generate_rows.ts";
import type { BenchmarkFacts } from "../../../runners/facts.ts";
import type { ScorerMode } from "../../../runners/scoring/score_context.ts";

const scoring = { embedder: "exact", embedderHash: "exact", segmenter: null };

function sample(id: string, more: Partial<Sample>): Sample {
  return {
    id,
    subtask: "x",
    messages: [{ role: "user", content: `ask ${id}` }],
    gold: "",
    ...more,
  };
}

function facts(benchmark: Benchmark, samples: Sample[], mode: ScorerMode): BenchmarkFacts {
  return { benchmark, mode, maxTokens: 8, sets: { tiny: { samples, hash: "h" } } };
}

/** Finishes a cell that generated `rows`, and gives its scores. */
async function finish(asked: BenchmarkFacts, rows: Record<string, unknown>[]) {
  const folder = await Deno.makeTempDir();
  try {
    await writeJsonLines(join(folder, SAMPLES), []);
    await writeJsonLines(
      join(folder, "completions.jsonl"),
      rows.map((row) =>
        "missing" in row ? row : {
          prompt: "p",
          prompt_token_ids: [1],
          completion_token_ids: [2],
          finish_reason: "stop",
          seconds: null,
          ...row,
        }
      ),
    );
    await finishEvaluate(folder, asked, "tiny", scoring);
    return {
      scored: await readRows(join(folder, "scores.parquet"), scores),
      completed: await readRows(join(folder, "completions.parquet"), completions),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("finishEvaluate() scores in the mode that was asked for, and records it", async () => {
  // Upstream pairs answers by position; the second one here has another number than was asked for.
  const samples = [sample("mmlu/0", { subtask: "mmlu", gold: ["B", "B"] })];
  const completion = "Answer_6: The answer is (B).\n\nAnswer_9: The answer is (B).";
  const values: Record<string, unknown> = {};
  for (const mode of ["upstream", "fixed"] as const) {
    const { scored } = await finish(facts(BENCHMARKS.longgenbench!, samples, mode), [
      { sample_id: "mmlu/0", completion },
    ]);
    assert.deepEqual(new Set(scored.map(({ scorer_mode }) => scorer_mode)), new Set([mode]));
    assert.deepEqual(new Set(scored.map(({ scorer }) => scorer)), new Set(["longgenbench 1"]));
    values[mode] = scored.find(({ metric }) => metric === "score")!.value;
  }
  assert.deepEqual(values, { upstream: 1, fixed: 0.5 });
});

Deno.test("finishEvaluate() knows one mode where there is no upstream scorer", async () => {
  const own = { ...BENCHMARKS.hotpotqa_react!, upstream: null };
  const samples = [sample("a", { gold: "Nils Rose" })];
  const { scored } = await finish(facts(own, samples, "upstream"), [
    { sample_id: "a", completion: "Finish[Nils Rose]" },
  ]);
  assert.deepEqual(scored.map(({ scorer_mode, value }) => [scorer_mode, value]), [
    ["fixed", 1],
    ["fixed", 1],
  ]);
});

Deno.test("finishEvaluate() names the embedder where similarities were used", async () => {
  const samples = [
    sample("a", { subtask: "reason_str", gold: '{"ground_truth": {"thought": "look"}}' }),
    sample("b", { subtask: "review_str", gold: '{"ground_truth": {"answer": "B"}}' }),
  ];
  const { scored } = await finish(facts(BENCHMARKS.teval!, samples, "fixed"), [
    { sample_id: "a", completion: "look" },
    { sample_id: "b", completion: "B" },
  ]);
  const main = scored.filter(({ metric }) => metric === "score");
  assert.deepEqual(main.map(({ scorer, value }) => [scorer, value]), [
    ["teval 1, exact", 1],
    ["teval 1", 1],
  ]);
});

Deno.test("finishEvaluate() gives a sample without a completion null scores with the reason", async () => {
  const gold = { answers: ["Rome"], classes: null, length: 1 };
  const samples = ["a", "b"].map((id) => sample(id, { subtask: "hotpotqa", gold }));
  const { completed, scored } = await finish(facts(BENCHMARKS.longbench!, samples, "fixed"), [
    { sample_id: "a", missing: "too long" },
    { sample_id: "b", completion: "Rome" },
  ]);
  assert.deepEqual(
    scored.map(({ metric, reason, sample_id, value }) => [
      sample_id,
      metric,
      value,
      reason,
    ]),
    [["a", "score", null, "too long"], ["b", "score", 1, null]],
  );
  assert.deepEqual(completed.map(({ gold, sample_id }) => [sample_id, JSON.parse(String(gold))]), [
    ["b", gold],
  ]);
  const none = await finish(facts(BENCHMARKS.longbench!, samples.slice(0, 1), "fixed"), [
    { sample_id: "a", missing: "too long" },
  ]);
  assert.deepEqual([none.completed.length, none.scored.length], [0, 1]);
});

Deno.test("finishEvaluate() refuses completions of other samples", async () => {
  const asked = facts(BENCHMARKS.worfbench!, [sample("a", {}), sample("b", {})], "fixed");
  await assert.rejects(
    finish(asked, [{ sample_id: "b", completion: "" }]),
    /line 1: expected the completion of "a", found that of "b"/,
  );
  await assert.rejects(
    finish(asked, [{ sample_id: "a", completion: "" }]),
    /line 2: expected the completion of "b", found none/,
  );
});

Deno.test("generateRows() gives a prompt as it is where the benchmark wants no chat template", () => {
  const messages = [{ role: "user" as const, content: "ask a" }];
  assert.deepEqual(
    generateRows([
      sample("a", {}),
      sample("a", { chat: false }),
      sample("a", { chat: true, maxTokens: 64 }),
    ]),
    [
      { sample_id: "a", messages },
      { sample_id: "a", prompt: "ask a" },
      { sample_id: "a", messages, max_tokens: 64 },
    ],
  );
  assert.throws(
    () => generateRows([sample("a", { chat: false, messages: [...messages, ...messages] })]),
    /"a" has 2 messages; without a chat template it can have one/,
  );
});
