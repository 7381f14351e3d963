import assert from "node:assert/strict";
import { join } from "node:path";
import { createRandom } from "../../../../data/suites/random.ts";
import { teval, type TevalRecord, tevalRecords } from "../../../../data/suites/teval/teval.ts";
import { teval as benchmark } from "../../../../runners/benchmarks/teval/teval.ts";
import { exactSimilarity, type ScorerMode } from "../../../../runners/scoring/score_context.ts";

const FOLDER = join(import.meta.dirname!, "../../../../data/suites/teval");
const records = tevalRecords();
const samples = await benchmark.load(FOLDER);
const byId = new Map(samples.map((sample) => [sample.id.split("/")[1]!, sample]));

function score(record: TevalRecord, answer: string, mode: ScorerMode): number[] {
  const context = { mode, similarity: exactSimilarity, segment: null };
  return benchmark.score(byId.get(record.id)!, answer, context).map(({ value }) => value!);
}

function conversations(count: number) {
  const random = createRandom("teval/train/1");
  return Array.from({ length: count }, () => teval.conversation(random, "train"));
}

Deno.test("the loader reads 20 records of each of the nine subtasks", () => {
  const counts: Record<string, number> = {};
  for (const { subtask } of samples) counts[subtask] = (counts[subtask] ?? 0) + 1;
  assert.deepEqual(counts, {
    instruct_json: 20,
    instruct_string: 20,
    plan_json: 20,
    plan_str: 20,
    rru_json: 20,
    reason_str: 20,
    retrieve_str: 20,
    review_str: 20,
    understand_str: 20,
  });
});

for (const mode of ["fixed", "upstream"] as const) {
  Deno.test(`every gold answer scores 1 on every metric, ${mode}`, () => {
    for (const record of records) {
      for (const value of score(record, record.turn.answer, mode)) {
        assert.ok(value > 0.99999 - 1e-9 && value <= 1, `${record.id}: ${record.turn.answer}`);
      }
    }
  });
}

Deno.test("the answer to another record of the subtask scores below 1", () => {
  for (const record of records) {
    const other = records.find(({ subtask, turn }) =>
      subtask === record.subtask && turn.answer !== record.turn.answer &&
      JSON.stringify(turn.fields.ground_truth) !== JSON.stringify(record.turn.fields.ground_truth)
    )!;
    assert.ok(score(record, other.turn.answer, "fixed")[0]! < 1, record.id);
  }
});

Deno.test("the loader's prompts have the shape of the conversations to train on", () => {
  const endings = new Set(
    conversations(500).flatMap(({ messages }) =>
      messages.filter(({ role }) => role === "user").map(({ content }) => ending(content))
    ),
  );
  for (const { messages } of samples) {
    assert.deepEqual(messages.map(({ role }) => role), ["system", "user"]);
    assert.ok(endings.has(ending(messages[1]!.content)), messages[1]!.content);
  }
});

/** The last line, without the tool that the understand ability names. */
function ending(prompt: string): string {
  return prompt.slice(prompt.lastIndexOf("\n")).replace(/\w+\.\w+/, "");
}

Deno.test("no call of a test stands in a conversation to train on or to calibrate with", () => {
  const calls = teval.testInstances().filter((instance) => !instance.includes("; "));
  assert.ok(calls.length >= 7 * 20);
  const random = createRandom("teval/calibration/1");
  const calibration = Array.from({ length: 300 }, () => teval.conversation(random, "calibration"));
  for (const { messages } of [...conversations(2000), ...calibration]) {
    const text = messages.map(({ content }) => content).join("\n");
    assert.deepEqual(calls.filter((call) => text.includes(call)), []);
  }
});

Deno.test("plans have 2 to 4 steps, and a step uses the last that found something", () => {
  let used = 0;
  for (const { turn: { instance } } of records.filter(({ subtask }) => /^plan/.test(subtask))) {
    const steps = instance.split("; ");
    assert.ok(steps.length >= 2 && steps.length <= 4);
    steps.forEach((step, i) => {
      const reference = /"result (\d)"/.exec(step)?.[1];
      if (reference === undefined) return;
      used++;
      const finders = steps.slice(0, i).map((earlier) => /\.(get|find|read|open)\(/.test(earlier));
      assert.equal(Number(reference), finders.lastIndexOf(true), instance);
    });
  }
  assert.ok(used >= 40, "every plan has a step that depends on another");
});

Deno.test("two of five conversations to train on have one turn; none has more than 6", () => {
  const turns = conversations(2000).map(({ messages }) => (messages.length - 1) / 2);
  assert.ok(turns.filter((count) => count === 1).length >= 800);
  assert.ok(turns.every((count) => count >= 1 && count <= 6));
  const random = createRandom("teval/calibration/1");
  for (let i = 0; i < 100; i++) {
    assert.equal(teval.conversation(random, "calibration").messages.length, 3);
  }
});

Deno.test("conversations have at most 350 words, digits and signs, those with a plan 450", () => {
  for (const { messages } of conversations(2000)) {
    const text = messages.map(({ content }) => content).join("\n");
    const words = text.match(/[A-Za-z]+|\S/g)!.length;
    assert.ok(words <= (text.includes("Plan the calls") ? 450 : 350), `${words}: ${text}`);
  }
});
