import assert from "node:assert/strict";
import { join } from "node:path";
import { needleInAHaystack as suite } from "../../../../data/suites/needle_in_a_haystack/needle_in_a_haystack.ts";
import { createRandom } from "../../../../data/suites/random.ts";
import { SMALL_GRID } from "../../../../runners/benchmarks/needle_in_a_haystack/haystack.ts";
import { readNeedles } from "../../../../runners/benchmarks/needle_in_a_haystack/needles.ts";
import {
  type NeedleGold,
  needleSamples,
  readHaystack,
  scoreNeedle,
} from "../../../../runners/benchmarks/needle_in_a_haystack/samples.ts";
import { wordTokenizer } from "../../../runners/benchmarks/word_tokenizer.ts";

const FOLDER = join(import.meta.dirname!, "../../../../data/suites/needle_in_a_haystack");
const GRID = { ...SMALL_GRID, depths: [0, 33, 56, 100] };
const BOOK = /^This is a very long story book: <book> (.*) <\/book>\.\n/s;
const STORY = /^(?: ?The \w+ \w+ (?:\w+ )?\w+ the \w+ \w+\.)*(?: ?The[ \w]*)?$/;

const tokenizer = wordTokenizer();
const needles = await readNeedles(FOLDER);
const samples = needleSamples(
  await readHaystack(FOLDER, 1536, tokenizer),
  GRID,
  tokenizer,
  needles,
);

const random = createRandom("needle_in_a_haystack/train/1");
const conversations = Array.from({ length: 2000 }, () => suite.conversation(random, "train"));

function bookOf(prompt: string): string {
  return BOOK.exec(prompt)![1]!;
}

/** The needles of a book, and the book without them. */
function parts(book: string): { hidden: string[]; story: string } {
  return { hidden: book.match(/\n[^\n]+\n/g) ?? [], story: book.replace(/\n[^\n]+\n/g, "") };
}

Deno.test("needle_in_a_haystack: two test needles each have 0, 1, 2 and 3 distractors", () => {
  assert.deepEqual(needles!.map(({ distractors }) => distractors.length), [0, 1, 2, 3, 0, 1, 2, 3]);
  assert.equal(samples.length, 8 * 6 * 4);
});

Deno.test("needle_in_a_haystack: the needle's sentence and the expected words score 1, distractors 0", () => {
  for (const [i, { gold }] of samples.entries()) {
    const { needle, expected } = gold as NeedleGold;
    const value = (answer: string, metric: string) =>
      scoreNeedle(answer, "fixed", gold as NeedleGold).find((s) => s.metric === metric)!.value;
    assert.equal(value(needle, "score"), 1);
    assert.equal(value(needle, "rouge1"), 1);
    assert.equal(value(expected, "score"), 1);
    for (const distractor of needles![i % needles!.length]!.distractors) {
      assert.equal(value(distractor, "score"), 0);
    }
  }
});

Deno.test("needle_in_a_haystack: prompts of the grid and to train on have the same form", () => {
  const prompts = [
    ...samples.map(({ messages }) => messages[0]!.content),
    ...conversations.map(({ messages }) => messages[0]!.content),
  ];
  for (const prompt of prompts) {
    const book = bookOf(prompt);
    const { hidden, story } = parts(book);
    assert.match(story, STORY);
    assert.ok(
      hidden.every((line) => /^\nYou should \w+ [A-Z][a-z]+ [a-z]+ [a-z]+\.\n$/.test(line)),
    );
    const ending = prompt.replace(BOOK, "");
    const asked = /^Based on the content of the book, Question: (.*)\nAnswer:$/.exec(ending)![1]!;
    assert.equal(hidden.filter((line) => line.startsWith(`\n${asked} `)).length, 1, prompt);
  }
});

Deno.test("needle_in_a_haystack: every answer to train on is a needle of the book, each word of its gift there once", () => {
  for (const { messages, instances } of conversations) {
    const book = bookOf(messages[0]!.content);
    const answers = messages.filter(({ role }) => role === "assistant");
    assert.equal(answers.length, instances.length);
    for (const { content } of answers) {
      assert.ok(book.includes(`\n${content}\n`));
      for (const word of content.slice(0, -1).split(" ").slice(3)) {
        assert.equal(book.match(new RegExp(`\\b${word}\\b`, "g"))!.length, 1, word);
      }
    }
  }
});

Deno.test("needle_in_a_haystack: a quarter of the haystacks is very short, none too long", () => {
  const tokens = conversations.map(({ messages }) =>
    messages[0]!.content.match(/\w+|[^\w\s]|\n/g)!.length
  );
  const stories = conversations.map(({ messages }) =>
    parts(bookOf(messages[0]!.content)).story.split(".").length - 1
  );
  const short = stories.filter((sentences) => sentences <= 6).length / stories.length;
  assert.ok(short > 0.25 && short < 0.45, `${short}`);
  assert.ok(tokens.filter((count) => count < 450).length / tokens.length > 0.8);
  assert.ok(Math.min(...tokens) >= 40 && Math.max(...tokens) < 1024, `${Math.max(...tokens)}`);
});
