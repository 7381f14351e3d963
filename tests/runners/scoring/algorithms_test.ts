import assert from "node:assert/strict";
import { bipartiteMatching } from "../../../runners/scoring/bipartite_matching.ts";
import { fuzzyRatio, tokenSetRatio } from "../../../runners/scoring/fuzzy_ratio.ts";
import { porterStem } from "../../../runners/scoring/porter_stemmer.ts";
import { pythonShuffle } from "../../../runners/scoring/python_random.ts";
import { numpyMean, numpyRound } from "../../../runners/scoring/python_round.ts";
import { rouge, RougeError } from "../../../runners/scoring/rouge.ts";
import { stemmedRouge1 } from "../../../runners/scoring/rouge1_stemmed.ts";
import { sequenceRatio } from "../../../runners/scoring/sequence_matcher.ts";
import { CycleError, topologicalOrders } from "../../../runners/scoring/topological_orders.ts";

const golden = JSON.parse(
  Deno.readTextFileSync(new URL("./golden/algorithms.json", import.meta.url)),
);

Deno.test("sequenceRatio() and fuzzyRatio() equal difflib and thefuzz", () => {
  for (const [a, b, ratio, plain, percent] of golden.difflib) {
    assert.equal(sequenceRatio(a, b), ratio, JSON.stringify([a, b]));
    assert.equal(sequenceRatio(a, b, false), plain);
    assert.equal(fuzzyRatio(a, b), percent);
  }
});

Deno.test("tokenSetRatio() equals thefuzz", () => {
  for (const [a, b, percent] of golden.tokenSetRatio) {
    assert.equal(tokenSetRatio(a, b), percent, JSON.stringify([a, b]));
  }
});

Deno.test("rouge() equals the PyPI package rouge", () => {
  for (const [hypothesis, reference, expected] of golden.rouge) {
    const label = JSON.stringify([hypothesis, reference]);
    if (typeof expected === "string") {
      assert.throws(() => rouge(hypothesis, reference), RougeError, label);
      continue;
    }
    const score = rouge(hypothesis, reference);
    const found = (["rouge-1", "rouge-2", "rouge-l"] as const).flatMap((metric) =>
      (["r", "p", "f"] as const).map((part) => score[metric][part])
    );
    assert.deepEqual(found, expected, label);
  }
});

Deno.test("rouge() of 990 equal words scores and of 991 meets Python's recursion limit", () => {
  // rouge 1.0.1 on CPython 3.11.7 through LongBench's eval.py: 990 words score, 991 do not
  const words = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`).join(" ");
  assert.equal(rouge(words(990), words(990))["rouge-l"].f, 2 * (1 / (2 + 1e-8)));
  assert.throws(() => rouge(words(991), words(991)), RougeError);
});

Deno.test("stemmedRouge1() equals rouge_score with its stemmer", () => {
  for (const [a, b, f] of golden.stemmedRouge1) assert.equal(stemmedRouge1(a, b), f);
});

Deno.test("porterStem() equals NLTK", () => {
  for (const [word, stem] of golden.stems) assert.equal(porterStem(word), stem, word);
});

Deno.test("bipartiteMatching() breaks ties as networkx does", () => {
  for (const [edges, expected] of golden.matchings) {
    const found = bipartiteMatching(
      edges.map(([i, j, weight]: [number, number, number]) => ({ i, j, weight })),
    );
    assert.deepEqual([...found].sort((a, b) => a[0] - b[0]), expected, JSON.stringify(edges));
  }
});

Deno.test("topologicalOrders() yields networkx's orders and refuses cycles", () => {
  for (const [count, edges, expected] of golden.orders) {
    if (expected === null) assert.throws(() => topologicalOrders(count, edges, 20), CycleError);
    else assert.deepEqual(topologicalOrders(count, edges, 20), expected);
  }
});

Deno.test("numpyMean() and numpyRound() equal NumPy", () => {
  for (const [values, , mean, rounded] of golden.means) {
    if (mean === null) {
      assert.ok(Number.isNaN(numpyMean(values)));
      continue;
    }
    assert.equal(numpyMean(values), mean);
    assert.equal(numpyRound(mean, 4), rounded);
  }
});

Deno.test("pythonShuffle() equals random.Random(seed).shuffle", () => {
  for (const [count, seed, first] of golden.shuffles) {
    const items = Array.from({ length: count }, (_, i) => i);
    assert.deepEqual(pythonShuffle(items, seed).slice(0, 12), first);
  }
});
