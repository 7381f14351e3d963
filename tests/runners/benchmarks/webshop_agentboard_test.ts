import assert from "node:assert/strict";
import {
  pddlProgress,
  progressCurve,
  scienceWorldProgress,
  sheetMatch,
  toolProgress,
} from "../../../runners/benchmarks/agentboard/progress.ts";
import { summarize } from "../../../runners/benchmarks/agentboard/summary.ts";
import {
  type Goal,
  type Product,
  webshopReward,
} from "../../../runners/benchmarks/webshop/reward.ts";
import { NoScore } from "../../../runners/scoring/score_context.ts";

const product: Product = {
  query: "hair",
  name: "hair clip",
  product_category: "A › B",
  Title: "Hair clip",
  BulletPoints: [],
  Description: "",
  Attributes: ["easy to use"],
};
const goal: Goal = {
  query: "hair",
  name: "hair clip",
  product_category: "A › B",
  attributes: ["easy to use"],
  price_upper: 20,
  goal_options: { color: "red", "band width": "10 mm" },
};
const nouns = { purchased: ["hair", "clip"], goal: ["hair", "clip"] };
const purchase = { product, price: 10, options: { color: "red", "band width": "10 mm" } };

Deno.test("webshopReward() of the wanted purchase is 1 as fixed", () => {
  assert.equal(webshopReward(purchase, goal, nouns, "fixed").reward, 1);
});

Deno.test("webshopReward() raises upstream, and as fixed leaves out, what a goal lacks", () => {
  for (const part of [{ attributes: [] }, { price_upper: 0 }]) {
    const bare = { ...goal, ...part };
    assert.throws(() => webshopReward(purchase, bare, nouns, "upstream"), NoScore);
    assert.equal(webshopReward(purchase, bare, nouns, "fixed").reward, 1);
  }
});

Deno.test("ScienceWorld's subgoals are patterns, several a step, and never lost", () => {
  const progress = scienceWorldProgress(["temp.* (\\d+)", "the .*door", "^x$"], [
    "nothing",
    "the temperature is 10, the big door is open",
    "x",
  ]);
  assert.deepEqual(progress, [0, 2 / 3, 1]);
  assert.throws(() => scienceWorldProgress(["("], ["x"]), NoScore);
  assert.throws(() => scienceWorldProgress([], ["x"]), NoScore);
});

Deno.test("progress of PDDL and tools never falls", () => {
  assert.deepEqual(pddlProgress([["a"], [], ["a", "b"]], ["a", "b"]), [0.5, 0.5, 1]);
  assert.deepEqual(toolProgress(["a", "a"], [["a"], ["a", "a"], []]), [0.5, 1, 1]);
});

Deno.test("sheetMatch() counts cells that both sheets have", () => {
  assert.equal(sheetMatch([["a", "b"], ["c", "x"]], [["a", "b"], ["c", "d"]]), 0.75);
  assert.equal(sheetMatch([], [["a"]]), 0);
  assert.throws(() => sheetMatch([["a", "b"], ["c"]], [["a", "b"], ["c", "d"]]), NoScore);
});

Deno.test("progressCurve() holds each value until the next change", () => {
  assert.deepEqual(progressCurve([[1, 0.5], [3, 1]], 5), [0, 0.5, 0.5, 1, 1]);
});

Deno.test("summarize() leaves a split without episodes null, or 0 as upstream", () => {
  const episodes = [{ success: 1, progress: 1, grounding: 0.5, difficulty: "easy" }];
  assert.equal(summarize(episodes).success_rate_hard, null);
  assert.equal(summarize(episodes, 0).success_rate_hard, 0);
  assert.equal(summarize(episodes).progress_rate_easy, 1);
});
