/**
 * LongGenBench: several small questions after worked examples, answered in one text. GSM8K's are sums
 * in words, MMLU's are choices of four about one subject.
 *
 * @module
 */
import { jsonLines } from "../json_lines.ts";
import { createRandom, type Random } from "../random.ts";
import { type Conversation, drawFrom, type Split, type Suite } from "../suite.ts";
import { type Subject, SUBJECTS } from "./facts.ts";
import { EXAMPLES, promptMessages, renderAnswers, renderPrompt, type Task } from "./prompt.ts";
import { drawChoice, drawSum, type Question } from "./question.ts";

/** Questions of a test record. */
const QUESTIONS = 6;

/** Questions of a conversation to train on. */
const FEWEST = 2;
const MOST = 8;

/** Records of each test file: one for every subject. */
const RECORDS = SUBJECTS.length;

/** Questions in one answer, in the files of LongGenBench. */
export const longgenbench: Suite = {
  name: "longgenbench",
  files: () =>
    new Map(
      (["gsm8k", "mmlu"] as const).map((task) => [
        `${task}_${QUESTIONS}.jsonl`,
        jsonLines(testItems(task).map((item) => record(task, item))),
      ]),
    ),
  testInstances: () =>
    [...testItems("gsm8k"), ...testItems("mmlu")]
      .flatMap(({ questions }) => questions.map(({ instance }) => instance)),
  conversation,
};

/** What a prompt is made of. */
interface Item {
  subject: Subject;
  examples: Question[];
  questions: Question[];
}

/** Test questions; their examples come from the training split, as nobody is asked for these. */
function testItems(task: Task): Item[] {
  const random = createRandom(`longgenbench/test/1/${task}`);
  const seen = new Set<string>();
  return Array.from({ length: RECORDS }, (_, i) => {
    const subject = SUBJECTS[i]!;
    const item = drawItem(random, task, subject, QUESTIONS, "test", "train", seen);
    for (const { instance } of item.questions) seen.add(instance);
    return item;
  });
}

/** A line of a test file: `prompt` and `answers`, and as published the questions or the subject. */
function record(task: Task, { subject, examples, questions }: Item) {
  const prompt = renderPrompt(examples, questions);
  const answers = questions.map(({ gold }) => gold);
  return task === "gsm8k"
    ? { prompt, questions: questions.map(({ text }) => text), answers }
    : { task: subject.name, prompt, answers };
}

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const task = random.pick(["gsm8k", "mmlu"] as const);
  const subject = random.pick(SUBJECTS);
  const topics = new Set(subject.facts.map(({ topic }) => topic)).size;
  const count = random.integer(FEWEST, task === "mmlu" ? Math.min(MOST, topics) : MOST);
  const { examples, questions } = drawItem(random, task, subject, count, split, split);
  return {
    suite: "longgenbench",
    subtask: task,
    messages: [
      ...promptMessages(task, renderPrompt(examples, questions)),
      { role: "assistant", content: renderAnswers(questions, examples.length + 1) },
    ],
    instances: [...questions, ...examples].map(({ instance }) => instance),
  };
}

/** Draws questions of a subject, and examples of any, none about the same. */
function drawItem(
  random: Random,
  task: Task,
  subject: Subject,
  count: number,
  split: Split,
  exampleSplit: Split,
  seen: ReadonlySet<string> = new Set(),
): Item {
  const topics = new Set<string>();
  const draw = (from: Split, make: () => Question) => {
    const accept = ({ topic, instance }: Question) => !topics.has(topic) && !seen.has(instance);
    const question = drawFrom(from, make, ({ instance }) => instance, accept);
    topics.add(question.topic);
    return question;
  };
  const ask = () => task === "gsm8k" ? drawSum(random) : drawChoice(random, subject);
  const show = () => task === "gsm8k" ? drawSum(random) : drawChoice(random, random.pick(SUBJECTS));
  const questions = Array.from({ length: count }, () => draw(split, ask));
  const examples = Array.from({ length: EXAMPLES[task] }, () => draw(exampleSplit, show));
  return { subject, examples, questions };
}
