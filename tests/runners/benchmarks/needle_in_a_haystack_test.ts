import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ACBENCH_GRID,
  insertNeedle,
  sigmoidDepths,
  trimToLength,
} from "../../../runners/benchmarks/needle_in_a_haystack/haystack.ts";
import type { Tokenizer } from "../../../runners/tokenizer.ts";
import {
  needleSamples,
  readHaystack,
  scoreNeedle,
} from "../../../runners/benchmarks/needle_in_a_haystack/samples.ts";
import { EXPECTED, NEEDLE } from "../../../runners/benchmarks/needle_in_a_haystack/score.ts";

/** One token a code unit. */
const letters: Tokenizer = {
  encode: (text) => Array.from(text, (character) => character.codePointAt(0)!),
  decode: (tokens) => String.fromCodePoint(...tokens),
};

Deno.test("insertNeedle() puts the needle behind a full stop, within the length", () => {
  const haystack = fc.array(fc.constantFrom("a", "b", " ", "."), { maxLength: 80 }).map((a) =>
    a.join("")
  );
  fc.assert(fc.property(haystack, fc.integer({ min: 0, max: 100 }), (text, depth) => {
    const out = insertNeedle(text, "<X>", depth, 60, letters, 10);
    const at = out.indexOf("<X>");
    assert.ok(out.length <= 50 && at !== -1);
    assert.equal(out.replace("<X>", ""), text.slice(0, out.length - 3));
    if (depth === 100) assert.equal(at, out.length - 3);
    else assert.ok(at === 0 || out[at - 1] === ".");
    assert.ok(depth === 100 || at <= Math.trunc((out.length - 3) * depth / 100));
  }));
});

Deno.test("the grid of ACBench has 40 lengths and 10 depths", () => {
  assert.equal(ACBENCH_GRID.lengths.length, 40);
  assert.equal(ACBENCH_GRID.lengths.at(-1), 40_000);
  assert.deepEqual(ACBENCH_GRID.depths, [0, 11, 22, 33, 44, 56, 67, 78, 89, 100]);
  // the logistic falls, while its ends stay where they were; as upstream has it
  assert.deepEqual(sigmoidDepths(0, 100, 3), [0, 50, 100]);
  assert.equal(sigmoidDepths(0, 100, 5)[1], 92.414);
});

Deno.test("samples hold the needle once at every length and depth", async () => {
  const path = await Deno.makeTempFile({ suffix: ".txt" });
  try {
    await Deno.writeTextFile(path, "One sentence. Another one. ");
    const haystack = await readHaystack(path, 600, letters);
    assert.ok(haystack.length >= 600);
    const samples = needleSamples(haystack, { lengths: [400, 600], depths: [0, 50, 100] }, letters);
    assert.equal(samples.length, 6);
    for (const { messages } of samples) {
      assert.equal(messages[0]!.content.split(NEEDLE).length, 2);
    }
    assert.equal(trimToLength(haystack, 10, letters).length, 10);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("scoreNeedle(): fixed forgives a full stop, upstream does not", () => {
  const value = (text: string, mode: "upstream" | "fixed", metric: string) =>
    scoreNeedle(text, mode).find((score) => score.metric === metric)!.value;
  const bare = EXPECTED.slice(0, -1);
  assert.equal(value(bare, "fixed", "score"), 1);
  assert.equal(value(bare, "upstream", "score"), 10 / 11);
  assert.equal(value(NEEDLE, "upstream", "rouge1"), 1);
  assert.equal(value("", "upstream", "rouge1"), 0);
});
