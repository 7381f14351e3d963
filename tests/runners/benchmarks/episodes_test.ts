import assert from "node:assert/strict";
import { join } from "node:path";
import { BENCHMARKS } from "../../../runners/benchmarks/registry.ts";
import { readCompletions } from "../../../runners/score_file.ts";
import { scoreSamples } from "../../../runners/score_samples.ts";
import { context } from "./official_fixtures.ts";

/** Scores of episodes in a file, by sample id and metric. */
async function scoreEpisodes(
  name: string,
  episodes: Record<string, unknown>[],
  tasks: Record<string, unknown[]> = {},
): Promise<Record<string, number | string | null>> {
  const folder = await Deno.makeTempDir();
  const lines = (records: unknown[]) => records.map((record) => JSON.stringify(record)).join("\n");
  try {
    const file = join(folder, "episodes.jsonl");
    await Deno.writeTextFile(file, lines(episodes));
    for (const [task, records] of Object.entries(tasks)) {
      await Deno.mkdir(join(folder, task));
      await Deno.writeTextFile(join(folder, task, "test.jsonl"), lines(records));
    }
    const benchmark = BENCHMARKS[name]!;
    const samples = await benchmark.load(benchmark.goalsInEpisodes ? file : folder);
    const answers = await readCompletions(file, samples, benchmark);
    const rows = scoreSamples(benchmark, samples, answers, context("fixed"), "exact");
    return Object.fromEntries(
      rows.map(({ metric, reason, sample_id, value }) => [
        `${sample_id} ${metric}`,
        value ?? reason,
      ]),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const goal = {
  query: "hair",
  name: "hair clip",
  product_category: "A › B",
  attributes: ["easy to use"],
  price_upper: 20,
  goal_options: { color: "red" },
};
const product = {
  query: "hair",
  name: "hair clip",
  product_category: "A › B",
  Title: "Hair clip",
  BulletPoints: [],
  Description: "",
  Attributes: ["easy to use"],
};
const nouns = { purchased_nouns: ["hair", "clip"], goal_nouns: ["hair", "clip"] };

Deno.test("webshop: finished episodes are scored from their file alone", async () => {
  assert.deepEqual(
    await scoreEpisodes("webshop", [
      { sample_id: "right", goal, product, price: 10, options: { color: "red" }, ...nouns },
      { sample_id: "dear", goal, product, price: 30, options: { color: "red" }, ...nouns },
      { sample_id: "nothing", goal, product: null },
      { sample_id: "untagged", goal, product, price: 10 },
    ]),
    {
      "right reward": 1,
      "right success": 1,
      "dear reward": 2 / 3,
      "dear success": 0,
      "nothing reward": 0,
      "nothing success": 0,
      "untagged reward": "needs the nouns of both products' names (purchased_nouns, goal_nouns)",
      "untagged success": "needs the nouns of both products' names (purchased_nouns, goal_nouns)",
    },
  );
  await assert.rejects(
    scoreEpisodes("webshop", [{ sample_id: "a", goal: { ...goal, price_upper: "20" } }]),
    /line 1, field "goal\.price_upper"/,
  );
});

const tasks = {
  jericho: [{ goal: "g", subgoals: ["You open the door", "You win"], difficulty: "easy" }],
  scienceworld: [{ goal: "g", subgoals: ["door .* open", "boil"], difficulty: "hard" }],
  pddl: [{ goal: "g", difficulty: "easy" }],
  "tool-query": [{ goal: "g", subgoals: ["a", 1.5], difficulty: "hard" }],
  alfworld: [{ goal: "g", difficulty: "easy" }, { goal: "h", difficulty: "hard" }],
};

Deno.test("agentboard: each task's progress is measured on what its steps recorded", async () => {
  const scores = await scoreEpisodes("agentboard", [
    {
      sample_id: "jericho/0",
      done: true,
      steps: [
        { observation: "You open the door.", valid: true },
        { observation: "You win!", valid: false },
      ],
    },
    {
      sample_id: "scienceworld/0",
      done: true,
      steps: [{ observation: "The door is open", valid: true }],
    },
    {
      sample_id: "pddl/0",
      done: false,
      goal: ["on a b", "clear a"],
      steps: [{ state: ["on a b", "clear a"], valid: true }, { state: [], valid: true }],
    },
    {
      sample_id: "tool-query/0",
      done: true,
      steps: [{ returned: ["a"] }, { returned: ["a", 1.5] }],
    },
    { sample_id: "alfworld/0", done: true, steps: [{ progress: 1, valid: true }] },
    { sample_id: "alfworld/1", done: true, steps: [{ valid: true }] },
  ], tasks);
  const unmeasured = 'nothing here measures the progress of "alfworld"; give it in each step';
  assert.deepEqual(scores, {
    "jericho/0 progress": 1,
    "jericho/0 success": 1,
    "jericho/0 grounding": 0.5,
    "scienceworld/0 progress": 0.5,
    "scienceworld/0 success": 0,
    "scienceworld/0 grounding": 1,
    "pddl/0 progress": 1,
    "pddl/0 success": 0,
    "pddl/0 grounding": 1,
    "tool-query/0 progress": 1,
    "tool-query/0 success": 1,
    "tool-query/0 grounding":
      'step 0, field "valid": expected whether the environment knew the action',
    "alfworld/0 progress": 1,
    "alfworld/0 success": 1,
    "alfworld/0 grounding": 1,
    "alfworld/1 progress": unmeasured,
    "alfworld/1 success": unmeasured,
    "alfworld/1 grounding": unmeasured,
  });
});

Deno.test("agentboard: subtasks keep task and difficulty apart", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "alfworld"));
    await Deno.writeTextFile(
      join(folder, "alfworld", "test.jsonl"),
      tasks.alfworld.map((record) => JSON.stringify(record)).join("\n"),
    );
    const samples = await BENCHMARKS.agentboard!.load(join(folder, "alfworld"));
    assert.deepEqual(samples.map(({ id, subtask }) => [id, subtask]), [
      ["alfworld/0", "alfworld/easy"],
      ["alfworld/1", "alfworld/hard"],
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("episodes: what is no episode has no score, and a reason", () => {
  for (const name of ["agentboard", "webshop"]) {
    const sample = {
      id: "a",
      subtask: "jericho/easy",
      messages: [],
      gold: name === "webshop" ? {} : "[]",
    };
    for (const text of ["", "{", "[]", "1", '{"steps": 1}', "[".repeat(1e6)]) {
      for (const { reason, value } of BENCHMARKS[name]!.score(sample, text, context("fixed"))) {
        assert.equal(value, null);
        assert.match(reason!, /the completion is no episode/);
      }
    }
  }
});
