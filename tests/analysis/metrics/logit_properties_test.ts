import assert from "node:assert/strict";
import fc from "fast-check";
import { LogError } from "../../../data/logs.ts";
import type { Positions } from "../../../analysis/sample_rows.ts";
import { captureOf, measureBy, oneSample } from "../captures.ts";

const WIDTH = 24;
/** Multiples of 1/8, so that float32 holds them and their sums with the shift exactly. */
const row = fc.array(fc.integer({ min: -160, max: 160 }).map((eighths) => eighths / 8), {
  minLength: WIDTH,
  maxLength: WIDTH,
});
const shift = fc.integer({ min: -4096, max: 4096 });

function valuesOf(name: string, variant: number[], baseline: number[]): (number | null)[] {
  return measureBy(name, oneSample([variant]), oneSample([baseline])).map(({ value }) => value);
}

/** What the kernels promise of sums of exponentials in float32, see analysis/README.md. */
const BOUND = 3e-6;

function near(found: (number | null)[], expected: (number | null)[], message: string): void {
  found.forEach((value, index) => {
    const other = expected[index]!;
    if (value === other) return;
    const bound = BOUND * Math.max(1, Math.abs(other));
    assert.ok(value !== null && Math.abs(value - other) < bound, `${message}: ${value}, ${other}`);
  });
}

const INVARIANT = [
  "kl_divergence",
  "kl_divergence_reverse",
  "js_divergence",
  "topk_jaccard",
  "kendall_tau",
  "spearman_rho",
  "top1_agreement",
];

Deno.test("metrics of the distribution do not see a constant added to all logits", () => {
  fc.assert(fc.property(row, row, shift, (variant, baseline, constant) => {
    for (
      const name of [
        ...INVARIANT,
        "perplexity",
        "negative_log_likelihood",
        "entropy",
        "token_rank",
      ]
    ) {
      const moved = valuesOf(name, variant.map((value) => value + constant), baseline);
      near(moved, valuesOf(name, variant, baseline), name);
    }
  }));
});

Deno.test("energy falls by the constant that is added: E(x + c) = E(x) - c", () => {
  fc.assert(fc.property(row, shift, (logits, constant) => {
    const moved = valuesOf("energy", logits.map((value) => value + constant), logits)[0]!;
    assert.ok(Math.abs(moved - (valuesOf("energy", logits, logits)[0]! - constant)) < 1e-9);
    const shifted = valuesOf("energy_shift", logits.map((value) => value + constant), logits)[0]!;
    assert.ok(Math.abs(shifted - Math.abs(constant)) < 1e-9);
  }));
});

Deno.test("metrics of the distribution do not depend on the order of the vocabulary", () => {
  const pairs = fc.uniqueArray(fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer()), {
    minLength: WIDTH,
    maxLength: WIDTH,
    selector: ([first]) => first, // no ties: those are settled by the id
  });
  const noTies = pairs.map((list) => list.map(([value]) => value / 8));
  fc.assert(
    fc.property(noTies, noTies, fc.infiniteStream(fc.nat()), (variant, baseline, random) => {
      const order = variant.map((_, id) => ({ id, key: random.next().value })).sort((a, b) =>
        a.key - b.key
      ).map(({ id }) => id);
      const permuted = (logits: number[]) => order.map((id) => logits[id]!);
      for (const name of [...INVARIANT, "energy", "entropy"]) {
        near(
          valuesOf(name, permuted(variant), permuted(baseline)),
          valuesOf(name, variant, baseline),
          name,
        );
      }
    }),
  );
});

Deno.test("Kendall's tau and Spearman's rho over the whole vocabulary are symmetric", () => {
  const short = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 20, maxLength: 20 });
  fc.assert(fc.property(short, short, (x, y) => {
    for (const name of ["kendall_tau", "spearman_rho"]) {
      assert.equal(valuesOf(name, x, y)[2], valuesOf(name, y, x)[2]); // k = 20
    }
  }));
});

Deno.test("KL is 0 of a row against itself and never negative; the ranking metrics are then 1", () => {
  fc.assert(fc.property(row, row, (variant, baseline) => {
    assert.equal(valuesOf("kl_divergence", variant, variant)[0], 0);
    assert.ok(valuesOf("kl_divergence", variant, baseline)[0]! >= 0);
    assert.equal(valuesOf("js_divergence", variant, variant)[0], 0);
    const [js, swapped] = [[variant, baseline], [baseline, variant]].map(([a, b]) =>
      valuesOf("js_divergence", a!, b!)[0]!
    ) as [number, number];
    assert.ok(js >= 0 && js <= Math.LN2 && Math.abs(js - swapped) < BOUND);
    assert.deepEqual(valuesOf("topk_jaccard", variant, variant), [1, 1, 1]);
    for (const tau of valuesOf("kendall_tau", variant, variant)) {
      assert.ok(tau === 1 || tau === null);
    }
  }));
});

Deno.test("the same top-k in reverse order: Jaccard 1, tau and rho -1", () => {
  const baseline = Array.from({ length: 20 }, (_, id) => 20 - id);
  const variant = baseline.toReversed();
  assert.equal(valuesOf("topk_jaccard", variant, baseline)[2], 1);
  assert.equal(valuesOf("kendall_tau", variant, baseline)[2], -1);
  assert.equal(valuesOf("spearman_rho", variant, baseline)[2], -1);
});

Deno.test("ranking metrics take the baseline's top-k, not the variant's", () => {
  const baseline = [9, 8, 7, 0, 0, 0];
  const variant = [1, 2, 3, 9, 8, 7]; // reversed on the baseline's three, which it does not rank high
  assert.equal(valuesOf("kendall_tau", variant, baseline)[0], -1);
  assert.equal(valuesOf("topk_jaccard", variant, baseline)[0], 0);
});

Deno.test("ranking metrics without a value say why", () => {
  const reasons = (variant: number[], baseline: number[]) =>
    measureBy("kendall_tau", oneSample([variant]), oneSample([baseline])).map(({ reason }) =>
      reason
    );
  assert.deepEqual(reasons([1, 1, 1, 2], [4, 3, 2, 1]), [
    "a ranking is constant: all of its top-k logits are equal",
    "k is larger than the vocabulary of 4",
    "k is larger than the vocabulary of 4",
  ]);
  assert.deepEqual(reasons([1, NaN, 1], [4, 3, 2]).slice(0, 1), ["the variant's logits hold NaN"]);
});

Deno.test("energy refuses log-probabilities", () => {
  const logits = [3, 1, 0.5, -2];
  const total = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
  const logProbabilities = oneSample([logits, logits].map((row) => row.map((x) => x - total)));
  assert.throws(
    () => measureBy("energy", logProbabilities, logProbabilities),
    (error) => error instanceof LogError && /log-probabilities.*raw logits/.test(error.message),
  );
  const oneRaw = oneSample([logits.map((x) => x - total), logits]);
  assert.equal(measureBy("energy", oneRaw, oneRaw).length, 2);
});

Deno.test("prompt positions enter only when asked for, and then count from below 0", () => {
  const sample = { id: "a", rows: [[1, 0], [2, 0], [3, 0]], prompt: 2 };
  const shown = (positions: Positions) => {
    const of = captureOf([sample], { positions });
    return measureBy("energy", of, of).map(({ position }) => position);
  };
  assert.deepEqual([shown("own"), shown("continuation")], [[0], [0]]);
  assert.deepEqual(shown("all"), [-2, -1, 0]);
});
