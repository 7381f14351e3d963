import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SUBJECTS } from "../../../../data/suites/longgenbench/facts.ts";
import { longgenbench } from "../../../../data/suites/longgenbench/longgenbench.ts";
import { createRandom } from "../../../../data/suites/random.ts";
import { type Message, splitOf } from "../../../../data/suites/suite.ts";
import { longgenbench as benchmark } from "../../../../runners/benchmarks/longgenbench/longgenbench.ts";
import type { ScorerMode } from "../../../../runners/scoring/score_context.ts";

const FOLDER = join(import.meta.dirname!, "../../../../data/suites/longgenbench");

function conversations(count: number, split: "train" | "calibration" = "train") {
  const random = createRandom(`longgenbench/test of ${split}`);
  return Array.from({ length: count }, () => longgenbench.conversation(random, split));
}

/** Scores an answer to a conversation as if its prompt had been in a file. */
function score(subtask: string, answer: string, gold: string[], mode: ScorerMode) {
  const sample = { id: "0", subtask, messages: [], gold };
  return benchmark.score(sample, answer, { mode, similarity: null, segment: null });
}

/** The right answers of a prompt, read from its own text: sums worked out, facts looked up. */
function solve(subtask: string, prompt: string): string[] {
  const [, asked] = prompt.split("\n\nQuestions:\n") as [string, string];
  return asked.split(/^Question_\d+: /m).slice(1).map((question) =>
    subtask === "gsm8k" ? solveSum(question) : solveChoice(question)
  );
}

function solveSum(question: string): string {
  const [a, b] = question.match(/\d+/g)!.map(Number) as [number, number];
  if (/gives/.test(question)) return `#### ${b - a}`;
  if (/sells|takes/.test(question)) return `#### ${a - b}`;
  return `#### ${/boxes|tables/.test(question) ? a * b : a + b}`;
}

function solveChoice(question: string): string {
  const [text, line] = question.split("\n") as [string, string];
  const right = new Set(
    SUBJECTS.flatMap(({ facts }) => facts).filter((fact) => fact.question === text)
      .map(({ answer }) => answer),
  );
  const options = Array.from(line.matchAll(/\(([A-D])\) (\S+)/g), ([, letter, option]) => ({
    letter: letter!,
    option: option!,
  })).filter(({ option }) => right.has(option));
  assert.equal(options.length, 1, `${question}: expected one right option`);
  return options[0]!.letter;
}

Deno.test("the committed files of longgenbench are what the generator makes", async () => {
  const files = longgenbench.files();
  assert.deepEqual([...files.keys()], ["gsm8k_6.jsonl", "mmlu_6.jsonl"]);
  for (const [path, content] of files) {
    assert.ok(await readFile(join(FOLDER, path), "utf8") === content, path);
  }
});

Deno.test("the gold of longgenbench's files is what the prompts ask for", async () => {
  const samples = await benchmark.load(FOLDER);
  assert.equal(samples.length, 20);
  assert.equal(new Set(samples.map(({ id }) => id)).size, 20);
  for (const { id, subtask, messages, gold } of samples) {
    const last = (text: string) => text.slice(text.indexOf("####"));
    const expected = solve(subtask, messages.at(-1)!.content);
    assert.equal(expected.length, 6);
    assert.deepEqual(
      (gold as string[]).map((answer) => subtask === "gsm8k" ? last(answer) : answer),
      expected,
      id,
    );
  }
});

Deno.test("right answers of longgenbench's conversations score 1 in both modes", () => {
  for (const { subtask, messages } of conversations(300)) {
    const gold = solve(subtask, messages[1]!.content);
    for (const mode of ["fixed", "upstream"] as const) {
      const scores = score(subtask, messages[2]!.content, gold, mode);
      assert.deepEqual(scores.map(({ value }) => value), [1, 1], messages[2]!.content);
    }
  }
});

Deno.test("a wrong last answer of longgenbench costs its share", () => {
  const found = conversations(50).find(({ subtask }) => subtask === "mmlu")!;
  const gold = solve("mmlu", found.messages[1]!.content);
  const wrong = found.messages[2]!.content.replace(
    /\(([A-D])\)\.$/,
    (_, letter) => `(${letter === "A" ? "B" : "A"}).`,
  );
  assert.equal(score("mmlu", wrong, gold, "fixed")[0]!.value, (gold.length - 1) / gold.length);
});

Deno.test("longgenbench trains on the messages that the benchmark makes", async () => {
  const samples = await benchmark.load(FOLDER);
  const shape = (text: string) => text.replace(/(?<=\n\nQuestions:\n)[^]*$/, "").split("\n").length;
  for (const { subtask, messages } of conversations(100)) {
    const sample = samples.find((sample) => sample.subtask === subtask)!;
    assert.deepEqual(messages[0], sample.messages[0]);
    assert.deepEqual(messages.map(({ role }) => role), ["system", "user", "assistant"]);
    assert.equal(shape(messages[1]!.content), shape(sample.messages[1]!.content));
  }
});

Deno.test("no question of longgenbench is in two splits", () => {
  const test = longgenbench.testInstances();
  assert.equal(new Set(test).size, 120);
  assert.deepEqual(test.filter((instance) => splitOf(instance) !== "test"), []);
  for (const split of ["train", "calibration"] as const) {
    for (const { instances } of conversations(1000, split)) {
      assert.deepEqual(instances.filter((instance) => splitOf(instance) !== split), []);
      assert.equal(new Set(instances).size, instances.length);
    }
  }
});

Deno.test("no prompt of longgenbench shows a fact or a sum that it asks for, either way round", () => {
  const key = (answer: string) => answer.replace(/ The answer is.*/, "");
  const topics = new Map(
    SUBJECTS.flatMap(({ facts }) => facts).map(({ statement, topic }) => [statement, topic]),
  );
  for (const { messages } of conversations(500)) {
    const answers = `${messages[1]!.content}\n\n${messages[2]!.content}`
      .matchAll(/^Answer_\d+:\n(.*)/gm);
    const told = Array.from(answers, ([, answer]) => topics.get(key(answer!)) ?? key(answer!));
    assert.ok(told.length >= 7);
    assert.equal(new Set(told).size, told.length, messages[1]!.content);
  }
});

Deno.test("examples of longgenbench's test files are no test questions", async () => {
  const test = new Set(
    [...longgenbench.files().values()].flatMap((text) => text.trimEnd().split("\n"))
      .flatMap((line) => questionsOf(JSON.parse(line).prompt.split("\n\nQuestions:\n")[1])),
  );
  assert.equal(test.size, 120);
  for (const { messages } of await benchmark.load(FOLDER)) {
    const [examples] = messages.at(-1)!.content.split("\n\nQuestions:\n");
    assert.deepEqual(questionsOf(examples!).filter((question) => test.has(question)), []);
  }
});

/** Each question's text without its number. */
function questionsOf(text: string): string[] {
  return Array.from(
    text.matchAll(/^Question_\d+: (.*(?:\n\(A\).*)?)/gm),
    ([, question]) => question!,
  );
}

Deno.test("longgenbench has every subject, two to eight questions, at most 1,000 words", () => {
  const counts = new Set<number>();
  const words = (messages: Message[]) =>
    messages.map(({ content }) => content).join("\n").match(/[A-Za-z]+|\d|[^\sA-Za-z\d]|\n+/g)!;
  for (const { messages } of conversations(1000)) {
    counts.add(messages[2]!.content.match(/^Answer_/gm)!.length);
    assert.ok(words(messages).length <= 1000);
  }
  assert.deepEqual([...counts].sort(), [2, 3, 4, 5, 6, 7, 8]);
});
