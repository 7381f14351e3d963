import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonLines } from "../../../../data/suites/json_lines.ts";
import {
  longbench as suite,
  LONGBENCH_SUITE_SETS,
  messagesOf,
  recordOf,
} from "../../../../data/suites/longbench/longbench.ts";
import { createRandom } from "../../../../data/suites/random.ts";
import { LONGBENCH_SETS } from "../../../../runners/benchmarks/longbench/datasets.ts";
import { longbench } from "../../../../runners/benchmarks/longbench/longbench.ts";
import { scorePrediction } from "../../../../runners/benchmarks/longbench/score.ts";

const FOLDER = join(import.meta.dirname!, "../../../../data/suites/longbench");
const FIXED = { mode: "fixed" as const, similarity: null, segment: null };

const samples = await longbench.load(FOLDER);

Deno.test("longbench: the loader reads 20 records of each of the five sets", () => {
  const sizes = Object.groupBy(samples, ({ subtask }) => subtask);
  assert.deepEqual(
    Object.entries(sizes).map(([name, records]) => [name, records!.length]),
    ["lcc", "multifieldqa_en", "passage_count", "passage_retrieval_en", "trec"].map((n) => [n, 20]),
  );
});

Deno.test("longbench: every gold answer scores 1", () => {
  for (const sample of samples) {
    const { answers } = sample.gold as unknown as { answers: string[] };
    for (const answer of answers) {
      const [score] = longbench.score(sample, answer, FIXED);
      assert.deepEqual(score, { metric: "score", value: 1, reason: null }, sample.id);
    }
  }
});

Deno.test("longbench: another record's answer scores less than 1", () => {
  const gold = (i: number) => (samples[i]!.gold as unknown as { answers: string[] }).answers[0]!;
  let compared = 0;
  samples.forEach((sample, i) => {
    const other = samples.findIndex((s, j) => s.subtask === sample.subtask && gold(j) !== gold(i));
    const [score] = longbench.score(sample, gold(other), FIXED);
    assert.ok(score!.value! < 1, sample.id);
    compared++;
  });
  assert.equal(compared, 100);
});

for (const set of LONGBENCH_SUITE_SETS) {
  Deno.test(`longbench ${set.name}: training prompts are what the loader makes, answers score 1`, async () => {
    const random = createRandom("test");
    const tasks = Array.from({ length: 200 }, () => set.task(random, "train", 5));
    const folder = await mkdtemp(join(tmpdir(), "longbench-"));
    try {
      const prompts = suite.files().get("dataset2prompt.json")!;
      await writeFile(join(folder, "dataset2prompt.json"), prompts);
      const records = tasks.map((task, i) => recordOf(set, task, i));
      await writeFile(join(folder, `${set.name}.jsonl`), jsonLines(records));
      const loaded = await longbench.load(folder);
      tasks.forEach((task, i) => {
        const messages = messagesOf(set, task);
        assert.deepEqual(messages.slice(0, 1), loaded[i]!.messages);
        for (const [turn, { answer }] of task.questions.entries()) {
          const said = messages[2 * turn + 1]!.content;
          assert.equal(scorePrediction(set.name, said, [answer], [...set.classes ?? []], FIXED), 1);
        }
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  Deno.test(`longbench ${set.name}: the chat template is used where the loader uses it`, () => {
    assert.equal(set.chat, LONGBENCH_SETS[set.name]!.chat);
    assert.equal(set.classes !== null, LONGBENCH_SETS[set.name]!.classes);
    // without a template there are no turns, so only one question can be asked
    if (!set.chat) assert.equal(set.followUp, null);
  });
}

Deno.test("longbench: conversations are short, and those without a chat template have one turn", () => {
  const random = createRandom("longbench/train/1");
  const words = Array.from({ length: 2000 }, () => {
    const { chat, messages } = suite.conversation(random, "train");
    if (chat === false) assert.deepEqual(messages.map(({ role }) => role), ["user", "assistant"]);
    return messages[0]!.content.match(/\w+|[^\w\s]/g)!.length;
  });
  assert.ok(Math.max(...words) <= 500 && words.filter((count) => count < 300).length > 1800);
});
