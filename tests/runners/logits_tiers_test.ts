import assert from "node:assert/strict";
import { logitSketch, sketchRowBytes } from "../../data/schema.ts";
import type { Cell } from "../../data/types.ts";
import { allTiers, describeTiers, tierBytes } from "../../runners/logits_tiers.ts";

const cell = (id: string, inputs: Cell["inputs"]): Cell => ({
  id,
  kind: "capture",
  variant: "tiny/none",
  benchmark: "teval",
  seed: 0,
  needs: [],
  inputs,
});

Deno.test("a sketch has at most 1 KB a token at k = 64, where a full row has 512 KB", () => {
  assert.equal(sketchRowBytes(128_256), 924);
  assert.equal(sketchRowBytes(2_000_000), 924);
  // A vocabulary that is smaller than k has smaller lists.
  assert.equal(sketchRowBytes(10), 924 - 3 * 4 * 54);
  assert.equal(logitSketch.columns.filter(({ type }) => /vector|ids/.test(type)).length, 3);
  const { full, sketch } = tierBytes(1600, 128_256);
  assert.ok(full > 1600 * 512_000 && sketch < 1600 * 1024, `${full}, ${sketch}`);
});

Deno.test("both tiers are announced, and which of them is kept", () => {
  const cells = [cell("a", {}), cell("b", { logits: "sketch" }), cell("c", { logits: "both" })];
  const estimate = () => ({ seconds: 1, bytes: 1, logits: { full: 1e9, sketch: 2e6 } });
  assert.deepEqual(allTiers(cells, estimate), { full: 3e9, sketch: 6e6 });
  assert.equal(
    describeTiers(cells, estimate),
    "logits of 3 captures: at most 3.0 GB in full, 6.0 MB as sketches (k = 64); " +
      "1 kept full, 1 kept as a sketch, 1 kept in both",
  );
  assert.equal(describeTiers([], estimate), null);
});
