import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Sample } from "../../../runners/benchmarks/benchmark.ts";
import { BENCHMARKS } from "../../../runners/benchmarks/registry.ts";
import { generateRows } from "../../../runners/cells/generate_rows.ts";
import { READERS } from "../../../runners/conformance/documents.ts";
import { context } from "./official_fixtures.ts";
import { wordTokenizer } from "./word_tokenizer.ts";

/** A small grid, for the benchmark that has one. */
const options = { lengths: [300, 400], depths: [0, 100] };

async function defaultSamples(name: string): Promise<Sample[]> {
  const { data, load, needs } = BENCHMARKS[name]!;
  const tokens = needs.includes("tokenizer");
  return await load(fileURLToPath(data!), {
    tokenizer: tokens ? wordTokenizer() : null,
    options: tokens ? options : {},
  });
}

const WITH_DATA = Object.keys(BENCHMARKS).filter((name) => BENCHMARKS[name]!.data !== null);

Deno.test("every benchmark stands under its name, and says where its data and scorer come from", () => {
  for (const [key, benchmark] of Object.entries(BENCHMARKS)) {
    const { episodes, licence, maxTokens, name, source, title, upstream } = benchmark;
    assert.equal(key, name);
    assert.ok(title && licence && source);
    assert.ok(episodes === true ? maxTokens === 0 : maxTokens > 0, name);
    if (upstream !== null) assert.match(upstream, /^[\w.-]+\/[\w.-]+@[0-9a-f]{7}|ACBench@/, name);
  }
});

Deno.test("golden files are known for every benchmark that has an upstream scorer", () => {
  const official = Object.values(BENCHMARKS).filter(({ upstream }) => upstream !== null);
  assert.deepEqual(Object.keys(READERS).sort(), official.map(({ name }) => name).sort());
});

Deno.test("default data loads, can be prompted, and is scored by the main metric", async () => {
  assert.ok(WITH_DATA.length >= 5);
  for (const name of WITH_DATA) {
    const samples = await defaultSamples(name);
    assert.ok(samples.length > 0, name);
    assert.equal(new Set(samples.map(({ id }) => id)).size, samples.length, name);
    assert.equal(generateRows(samples).length, samples.length);
    const { mainMetric, score } = BENCHMARKS[name]!;
    for (const sample of samples) {
      const metrics = score(sample, "", context("fixed")).map(({ metric }) => metric);
      assert.ok(metrics.includes(mainMetric), `${name}: ${sample.id}`);
    }
  }
});

Deno.test("LongBench's few-shot and code sets reach the model without a chat template", async () => {
  const samples = await defaultSamples("longbench");
  const raw = new Set(
    generateRows(samples).flatMap((row, i) => "prompt" in row ? [samples[i]!.subtask] : []),
  );
  assert.deepEqual(raw, new Set(["lcc", "trec"]));
  assert.ok(samples.some(({ subtask }) => subtask === "multifieldqa_en"));
});

Deno.test("needle_in_a_haystack wants a tokenizer, and takes a grid", async () => {
  const { data, load, score } = BENCHMARKS.needle_in_a_haystack!;
  await assert.rejects(load(fileURLToPath(data!)), /lengths are counted in a model's tokens/);
  const samples = await defaultSamples("needle_in_a_haystack");
  assert.deepEqual(new Set(samples.map(({ subtask }) => subtask)), new Set(["300", "400"]));
  for (const sample of samples) {
    const { expected } = sample.gold as { expected: string };
    const [main] = score(sample, expected, context("upstream"));
    assert.deepEqual(main, { metric: "score", value: 1, reason: null });
  }
});
