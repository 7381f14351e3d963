import { pythonPath } from "../../runners/environment.ts";
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Sample } from "../../runners/benchmarks/benchmark.ts";
import { BENCHMARKS } from "../../runners/benchmarks/registry.ts";
import { cosineSimilarity } from "../../runners/embedding/cosine_similarity.ts";
import { DEFAULT_EMBEDDER, embedTexts } from "../../runners/embedding/embed_texts.ts";
import { scoreWithEmbeddings } from "../../runners/embedding/score_with_embeddings.ts";
import { UserError } from "../../runners/errors.ts";
import { meansBySubtask, readCompletions } from "../../runners/score_file.ts";
import { scoreSamples } from "../../runners/score_samples.ts";
import { exactSimilarity } from "../../runners/scoring/score_context.ts";
import { scoreWithSegments } from "../../runners/segmentation/score_with_segments.ts";

const samples: Sample[] = ["a", "b"].map((id) => ({
  id,
  subtask: "hotpotqa",
  messages: [],
  gold: { answers: ["Rome"], classes: null, length: 1 },
  maxTokens: 32,
  chat: true,
}));
const context = { mode: "fixed" as const, similarity: exactSimilarity, segment: null };

async function withFile(text: string, use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".jsonl" });
  try {
    await Deno.writeTextFile(path, text);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("scoreSamples() scores what a file holds and gives a reason for what it lacks", async () => {
  await withFile('{"sample_id": "b", "completion": "Rome!"}\n', async (path) => {
    const completions = await readCompletions(path, samples, BENCHMARKS.longbench!);
    const rows = scoreSamples(
      BENCHMARKS.longbench!,
      samples,
      completions,
      context,
      "exact",
    );
    assert.deepEqual(rows.map(({ reason, sample_id, value }) => [sample_id, value, reason]), [
      ["a", null, "no completion"],
      ["b", 1, null],
    ]);
    assert.deepEqual(meansBySubtask(rows), [
      { subtask: "hotpotqa", metric: "score", mean: 1, samples: 1, missing: 1 },
    ]);
    assert.equal(rows[0]!.scorer_mode, "fixed");
  });
});

Deno.test("readCompletions() refuses unknown, repeated and malformed samples", async () => {
  const line = '{"sample_id": "a", "completion": "x"}';
  const bad: [string, RegExp][] = [
    [line.replace('"a"', '"z"'), /line 1, field "sample_id": the benchmark has no sample "z"/],
    [`${line}\n${line}`, /line 2, field "sample_id": "a" stands twice/],
    ['{"sample_id": "a"}', /line 1, field "completion": expected a text, found nothing/],
    ["x", /line 1: not JSON/],
  ];
  for (const [text, message] of bad) {
    await withFile(text, async (path) => {
      await assert.rejects(readCompletions(path, samples, BENCHMARKS.longbench!), (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

Deno.test("scoreWithEmbeddings() embeds exactly the texts that scorers ask about", async () => {
  const asked: string[][] = [];
  const value = await scoreWithEmbeddings(
    (similarity) => [similarity!("x", "y"), similarity!("x", "z"), similarity!("y", "z")],
    (texts) => {
      asked.push([...texts].sort());
      const vector = (...numbers: number[]) => new Float32Array(numbers);
      return Promise.resolve(
        new Map([["x", vector(1, 0)], ["y", vector(3, 4)], ["z", vector(-2, 0)]]),
      );
    },
  );
  assert.deepEqual(asked, [["x", "y", "z"]]);
  assert.deepEqual(value, [Math.fround(0.6), 0, 0]);
});

Deno.test("scoreWithSegments() has exactly the texts cut that scorers ask about", async () => {
  const value = await scoreWithSegments(
    (segment) => Promise.resolve([segment("北京"), segment("x"), segment("北京")]),
    (texts) => Promise.resolve(texts.map((text) => [...text, `${texts.length}`])),
  );
  assert.deepEqual(value, [["北", "京", "2"], ["x", "2"], ["北", "京", "2"]]);
  const none = await scoreWithSegments(() => Promise.resolve(1), () => Promise.reject(new Error()));
  assert.equal(none, 1);
});

Deno.test("cosineSimilarity() of a zero vector is 0", () => {
  const zero = new Map([["x", new Float32Array(2)], ["y", new Float32Array([1, 0])]]);
  assert.equal(cosineSimilarity(zero)("x", "y"), 0);
  assert.throws(() => cosineSimilarity(zero)("x", "absent"), RangeError);
});

Deno.test({
  name: "embedTexts() gives MiniLM's cosines and answers the second time from the disk",
  fn: async () => {
    const python = await pythonPath();
    const cache = await Deno.makeTempDir();
    try {
      const texts = [
        "Get the director of the film Inception",
        "I have everything I need, so I finish.",
      ];
      const options = { model: DEFAULT_EMBEDDER, python, cache };
      const vectors = await embedTexts(texts, options);
      // sentence-transformers 6.2, all-MiniLM-L6-v2: util.cos_sim of the two sentences
      const similarity = cosineSimilarity(vectors)(texts[0]!, texts[1]!);
      assert.ok(Math.abs(similarity - 0.04386463) < 1e-6, `${similarity}`);
      const again = await embedTexts(texts, { ...options, python: join(cache, "no-python") });
      assert.deepEqual(again, vectors);
    } finally {
      await Deno.remove(cache, { recursive: true });
    }
  },
});
