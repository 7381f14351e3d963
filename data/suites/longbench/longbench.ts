/**
 * LongBench with five small sets, under the official names of the tasks that they are like.
 *
 * @module
 */
import { jsonLines } from "../json_lines.ts";
import { createRandom, type Random } from "../random.ts";
import type { Conversation, Message, Suite } from "../suite.ts";
import { lcc } from "./lcc.ts";
import { multifieldqaEn } from "./multifieldqa_en.ts";
import { passageCount } from "./passage_count.ts";
import { passageRetrievalEn } from "./passage_retrieval_en.ts";
import type { LongBenchRecord, LongBenchSuiteSet, Task } from "./record.ts";
import { trec } from "./trec.ts";

/** The sets, in the order of their names. */
export const LONGBENCH_SUITE_SETS: LongBenchSuiteSet[] = [
  lcc,
  multifieldqaEn,
  passageCount,
  passageRetrievalEn,
  trec,
];

const RECORDS_PER_SET = 20;

/** Questions about one context to train on, at most. */
const MOST_QUESTIONS = 5;

/** The suite. */
export const longbench: Suite = {
  name: "longbench",
  files() {
    const templates = LONGBENCH_SUITE_SETS.map(({ name, template }) => [name, template]);
    const files = new Map([
      ["dataset2prompt.json", `${JSON.stringify(Object.fromEntries(templates), null, 2)}\n`],
    ]);
    for (const set of LONGBENCH_SUITE_SETS) {
      const records = testTasks(set).map((task, i) => recordOf(set, task, i));
      files.set(`${set.name}.jsonl`, jsonLines(records));
    }
    return files;
  },
  testInstances: () => LONGBENCH_SUITE_SETS.flatMap((set) => testTasks(set).flatMap(instances)),
  conversation,
};

function testTasks(set: LongBenchSuiteSet): Task[] {
  const random = createRandom(`longbench/${set.name}/test/1`);
  const tasks = new Map<string, Task>();
  while (tasks.size < RECORDS_PER_SET) {
    const task = set.task(random, "test", 1);
    tasks.set(instances(task).join(), task);
  }
  return [...tasks.values()];
}

function instances({ questions }: Task): string[] {
  return questions.map(({ instance }) => instance);
}

/** The record of a task's first question. */
export function recordOf(set: LongBenchSuiteSet, task: Task, index: number): LongBenchRecord {
  const [question] = task.questions;
  return {
    input: question!.input,
    context: task.context,
    answers: [question!.answer],
    length: task.context.split(/\s+/).length,
    dataset: set.name,
    language: "en",
    all_classes: set.classes === null ? null : [...set.classes],
    _id: `${set.name}-${index}`,
  };
}

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const set = random.pick(LONGBENCH_SUITE_SETS);
  const task = set.task(random, split, MOST_QUESTIONS);
  return {
    suite: "longbench",
    subtask: set.name,
    messages: messagesOf(set, task),
    instances: instances(task),
    ...(set.chat ? {} : { chat: false as const }),
  };
}

/** All questions of a task with what is said to them. */
export function messagesOf(set: LongBenchSuiteSet, { context, questions }: Task): Message[] {
  return questions.flatMap(({ input, said }, turn): Message[] => [
    { role: "user", content: fill(turn === 0 ? set.template : set.followUp!, context, input) },
    { role: "assistant", content: said },
  ]);
}

function fill(template: string, context: string, input: string): string {
  const values: Record<string, string> = { context, input };
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}
