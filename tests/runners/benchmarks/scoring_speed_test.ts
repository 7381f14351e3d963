import assert from "node:assert/strict";
import { LONGBENCH_SETS } from "../../../runners/benchmarks/longbench/datasets.ts";
import { longbench } from "../../../runners/benchmarks/longbench/longbench.ts";
import { worfbench } from "../../../runners/benchmarks/worfbench/worfbench.ts";
import { cpuSeconds } from "../scoring/cpu_seconds.ts";
import { context } from "./official_fixtures.ts";

/** A linear congruential generator: the same texts in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48271) % 2147483647) % below;
}

function text(next: (below: number) => number, words: number): string {
  return Array.from({ length: words }, () => `w${next(900)}${next(15) === 0 ? "." : ""}`).join(" ");
}

Deno.test("500 LongBench samples of full length are scored in under 10 s", () => {
  const next = random(1);
  const sets = Object.entries(LONGBENCH_SETS);
  const start = cpuSeconds();
  for (let i = 0; i < 500; i++) {
    const [subtask, set] = sets[i % sets.length]!;
    const answers = set.metric.startsWith("rouge")
      ? [text(next, 450)]
      : [text(next, 8), text(next, 8)];
    if (set.metric === "retrieval_score") answers.splice(0, 2, "Paragraph 7");
    if (set.metric === "retrieval_zh_score") answers.splice(0, 2, "段落7");
    const gold = { answers, classes: set.classes ? ["w1", "w2", "w3"] : null, length: 9000 };
    const sample = { id: `${i}`, subtask, messages: [], gold };
    const scores = longbench.score(sample, text(next, set.maxTokens), context("upstream"));
    assert.equal(scores[0]!.reason, null);
  }
  assert.ok(cpuSeconds() - start < 10);
});

Deno.test("500 WorfBench samples are scored in under 20 s", () => {
  const next = random(2);
  const start = cpuSeconds();
  for (let i = 0; i < 500; i++) {
    const workflow = () => {
      const count = 3 + next(10);
      const nodes = Array.from({ length: count }, (_, k) => `${k + 1}: step ${next(count)}`);
      const edges = [`(START,${1 + next(count)})`];
      for (let k = 1; k < count; k++) edges.push(`(${k},${k + 1 + next(count - k)})`);
      return `Node:\n${nodes.join("\n")}\nEdges: ${edges.join(" ")} (${count},END)`;
    };
    const sample = { id: `${i}`, subtask: "os", messages: [], gold: workflow() };
    const scores = worfbench.score(sample, workflow(), context(i % 2 ? "upstream" : "fixed"));
    assert.equal(scores.length, 9);
  }
  assert.ok(cpuSeconds() - start < 20);
});
