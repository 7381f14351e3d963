import assert from "node:assert/strict";
import { join } from "node:path";
import { BENCHMARKS } from "../../../runners/benchmarks/registry.ts";
import { readAgentBoard } from "../../../runners/benchmarks/agentboard/records.ts";
import { UserError } from "../../../runners/errors.ts";
import { context } from "./official_fixtures.ts";

async function withFiles(files: Record<string, string>, use: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(join(folder, name, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, name), text);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const turns = [{ role: "user", content: "call it" }];
const workflow = "Node:\n1: go\nEdge: (START,1) (1,END)";
const record = {
  id: "os_1",
  source: "os",
  conversations: [
    { role: "system", content: "plan" },
    { role: "user", content: "task" },
    { role: "assistant", content: workflow },
  ],
};

/** A good file of each format, and what is wrong with bad ones. */
const FORMATS: Record<string, { files: Record<string, string>; bad: [string, string, RegExp][] }> =
  {
    teval: {
      files: {
        "instruct_v2.json": JSON.stringify({
          "0": {
            origin_prompt: turns,
            ground_truth: { action: "A.b", args: { x: 1 } },
            template: { thought: "t", action: "n", args: "a" },
            meta_data: { response_format: "json" },
          },
        }),
        "review_str_v2.json": JSON.stringify({
          "7": { origin_prompt: turns, ground_truth: { answer: "A" }, meta_data: {} },
        }),
      },
      bad: [
        ["instruct_v2.json", "{", /instruct_v2\.json: not JSON/],
        ["instruct_v2.json", "[]", /expected an object, found a list/],
        ["unknown.json", "{}", /unknown\.json: the name says no ability/],
        ["review_str.json", '{"7": {"origin_prompt": []}}', /record "7", field "ground_truth"/],
        [
          "instruct_v2.json",
          '{"0": {"origin_prompt": [], "ground_truth": {}, "template": {}}}',
          /record "0", field "meta_data.response_format": expected "json" or "string"/,
        ],
      ],
    },
    worfbench: {
      files: { "os/graph_eval.json": JSON.stringify([record]) },
      bad: [
        ["os/graph_eval.json", "{}", /expected a list, found an object/],
        ["os/graph_eval.json", '[{"id": "1"}]', /record 0, field "conversations"/],
        [
          "os/graph_eval.json",
          JSON.stringify([{ ...record, conversations: record.conversations.slice(0, 2) }]),
          /expected system, user and the gold answer/,
        ],
        ["other.txt", "", /no graph_eval\.json here/],
      ],
    },
    longbench: {
      files: {
        "trec.jsonl": JSON.stringify({
          input: "q",
          context: "c",
          answers: ["Food"],
          all_classes: ["Food"],
          length: 3,
          _id: "x",
        }),
        "dataset2prompt.json": JSON.stringify({ trec: "Sort.\n{context}\n{input}" }),
      },
      bad: [
        ["trec.jsonl", "{", /trec\.jsonl, line 1: not JSON/],
        ["trec.jsonl", "\n", /holds no records/],
        ["odd.jsonl", "{}", /LongBench has no set "odd"/],
        ["trec.jsonl", '{"answers": ["a"]}', /line 1, field "all_classes"/],
        [
          "trec.jsonl",
          '{"all_classes": ["a"], "answers": "a"}',
          /field "answers": expected a list/,
        ],
        [
          "trec.jsonl",
          '{"all_classes": ["a"], "answers": ["a"]}',
          /field "context": expected a text/,
        ],
      ],
    },
    longgenbench: {
      files: {
        "gsm8k_30.jsonl": JSON.stringify({ prompt: "p", questions: ["q"], answers: ["#### 1"] }),
        "mmlu_20.jsonl": JSON.stringify({ task: "law", prompt: "p", answers: ["A"] }),
      },
      bad: [
        ["csqa.jsonl", "{}", /the name says no task/],
        [
          "gsm8k_30.jsonl",
          '{"prompt": "p"}',
          /line 1, field "answers": expected a list, found nothing/,
        ],
      ],
    },
  };

Deno.test("load() reads the official formats", async () => {
  for (const [name, { files }] of Object.entries(FORMATS)) {
    await withFiles(files, async (folder) => {
      const benchmark = BENCHMARKS[name]!;
      const samples = await benchmark.load(folder);
      const files_ = Object.keys(files).filter((file) => !file.startsWith("dataset2prompt"));
      assert.equal(samples.length, files_.length, name);
      assert.equal(new Set(samples.map(({ id }) => id)).size, samples.length);
      for (const sample of samples) {
        assert.ok(sample.messages.length > 0 && (sample.maxTokens ?? benchmark.maxTokens) > 0);
        const scores = benchmark.score(sample, "x", context("upstream"));
        assert.ok(scores.some(({ metric }) => metric === benchmark.mainMetric));
      }
    });
  }
});

Deno.test("load() names file, record and field of what is malformed", async () => {
  for (const [name, { files, bad }] of Object.entries(FORMATS)) {
    for (const [file, text, message] of bad) {
      const prompts = Object.entries(files).filter(([other]) => other.startsWith("dataset2prompt"));
      await withFiles({ ...Object.fromEntries(prompts), [file]: text }, async (folder) => {
        await assert.rejects(BENCHMARKS[name]!.load(folder), (error) => {
          assert.ok(error instanceof UserError, `${error}`);
          assert.match(error.message, message);
          return true;
        });
      });
    }
    const absent = BENCHMARKS[name]!.load("/nowhere/at/all");
    await assert.rejects(absent, UserError);
  }
});

Deno.test("T-Eval's gold keeps whole and broken numbers apart", async () => {
  const gold = '{"0": {"origin_prompt": [], "ground_truth": {"thought": "", "name": "a", ' +
    '"args": {"x": 1.0, "y": 1}}, "meta_data": {"response_format": "json"}}}';
  await withFiles({ "reason_retrieve_understand_json.json": gold }, async (folder) => {
    const { load, score } = BENCHMARKS.teval!;
    const [sample] = await load(folder);
    const args = (answer: string) =>
      score(sample!, answer, context("fixed")).find(({ metric }) => metric === "args")!.value;
    assert.equal(args('{"thought": "", "name": "a", "args": {"x": 1.0, "y": 1}}'), 1);
    assert.equal(args('{"thought": "", "name": "a", "args": {"x": 1, "y": 1}}'), 0.5);
  });
});

Deno.test("WorfBench puts the two-shot examples of a checkout before the task", async () => {
  const files = {
    "gold_traj/os/graph_eval.json": JSON.stringify([record]),
    "prompts/eval_prompt.py": 'x = """a"""\ntwo_shot_example = {\n  "os": [{"role": "user", ' +
      '"content": "Here is an example."},\n {"role": "assistant", "content": "Node:"}],\n}\n\ny = {}\n',
  };
  await withFiles(files, async (folder) => {
    const [sample] = await BENCHMARKS.worfbench!.load(join(folder, "gold_traj"));
    assert.deepEqual(sample!.messages.map(({ content }) => content), [
      "plan",
      "Here is an example.",
      "Node:",
      "Now it's your turn.\ntask",
    ]);
  });
});

Deno.test("HotPotQA asks in file order unless the file is the whole development set", async () => {
  const questions = JSON.stringify([{ question: "q1", answer: "a" }, {
    question: "q2",
    answer: "b",
  }]);
  await withFiles({ "dev.json": questions }, async (folder) => {
    const { load, score } = BENCHMARKS.hotpotqa_react!;
    const samples = await load(join(folder, "dev.json"));
    assert.deepEqual(samples.map(({ gold }) => gold), ["a", "b"]);
    const trajectory =
      "Thought 1: x\nAction 1: Finish[wrong]\nAction 2: Finish[ B ]\nObservation 2:";
    assert.deepEqual(score(samples[1]!, trajectory, context("upstream")).map((s) => s.value), [
      1,
      1,
    ]);
    assert.equal(score(samples[1]!, "B", context("upstream"))[0]!.value, 0);
  });
});

Deno.test("readAgentBoard() checks records", async () => {
  const good = {
    goal: "g",
    subgoals: ["a", 1.5],
    difficulty: "hard",
    additional_info: { tool: "t" },
  };
  await withFiles({ "test.jsonl": JSON.stringify(good) }, async (folder) => {
    const [read] = await readAgentBoard(join(folder, "test.jsonl"));
    assert.deepEqual([read!.goal, read!.difficulty, read!.subgoals], ["g", "hard", ["a", 1.5]]);
  });
  await withFiles({ "test.jsonl": '{"goal": "g", "difficulty": "medium"}' }, async (folder) => {
    await assert.rejects(readAgentBoard(join(folder, "test.jsonl")), /field "difficulty"/);
  });
});

const worfbench = Deno.env.get("ACTGAUGE_WORFBENCH");

Deno.test({
  name: "WorfBench's gold files in the folder ACTGAUGE_WORFBENCH load, and gold scores 1 as fixed",
  ignore: worfbench === undefined,
  fn: async () => {
    const { load, score } = BENCHMARKS.worfbench!;
    const samples = await load(worfbench!);
    for (const sample of samples) {
      for (const { metric, value } of score(sample, String(sample.gold), context("fixed"))) {
        if (!metric.startsWith("graph_upstream")) assert.equal(value, 1, `${sample.id} ${metric}`);
      }
    }
    assert.ok(samples.length > 0);
  },
});
