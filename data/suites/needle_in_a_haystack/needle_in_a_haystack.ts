/**
 * Needle in a haystack: a story of small sentences, in which one sentence tells what to give to the
 * person that the question is about. Other such sentences are about other people.
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";
import type { Conversation, Message, Suite } from "../suite.ts";
import { drawGifts, type Gift, giftText } from "./gifts.ts";
import { storySentences } from "./story.ts";
import { GIVING } from "./words.ts";

/** An entry of `needles.json`. */
export interface NeedleRecord {
  /** The sentence to hide, with the line breaks around it. */
  needle: string;
  question: string;
  /** The words that the answer should hold. */
  expected: string;
  /** Sentences of the same kind about others, hidden too. */
  distractors: string[];
}

const HAYSTACK_SENTENCES = 480;

/** Distractors of the test needles; two needles have each number. */
const DISTRACTORS = [0, 1, 2, 3, 0, 1, 2, 3] as const;

/** Sentences of a story and needles in it to train on. */
interface Size {
  sentences: [low: number, high: number];
  needles: [low: number, high: number];
  /** How often it is drawn. */
  share: number;
}

/** A quarter is very short, which teaches to match; one in six is longer than about 350 tokens. */
const SIZES: Size[] = [
  { sentences: [0, 4], needles: [2, 4], share: 6 },
  { sentences: [3, 14], needles: [1, 6], share: 8 },
  { sentences: [15, 36], needles: [1, 6], share: 6 },
  { sentences: [37, 70], needles: [2, 6], share: 2 },
  { sentences: [71, 104], needles: [2, 6], share: 2 },
];
const DRAWN_SIZES = SIZES.flatMap((size) => Array<Size>(size.share).fill(size));

/** The suite. */
export const needleInAHaystack: Suite = {
  name: "needle_in_a_haystack",
  files() {
    const random = createRandom("needle_in_a_haystack/haystack/1");
    const needles = testNeedles().map(({ record }) => record);
    return new Map([
      ["haystack.txt", `${storySentences(random, HAYSTACK_SENTENCES).join(" ")}\n`],
      ["needles.json", `${JSON.stringify(needles, null, 2)}\n`],
    ]);
  },
  testInstances: () => testNeedles().flatMap(({ gifts }) => gifts.map(giftText)),
  conversation,
};

/** The needles of the test, the gift asked for first. */
function testNeedles(): { record: NeedleRecord; gifts: Gift[] }[] {
  const random = createRandom("needle_in_a_haystack/test/1");
  const asked: Gift[] = [];
  return DISTRACTORS.map((count) => {
    const verb = random.pick(GIVING);
    const [gift] = drawGifts(random, "test", 1, asked);
    asked.push(gift!);
    const others = drawGifts(random, "test", count, [gift!]);
    return {
      record: {
        needle: needle(verb, gift!),
        question: question(verb, gift!),
        expected: `${gift!.adjective} ${gift!.noun}.`,
        distractors: others.map((other) => needle(verb, other)),
      },
      gifts: [gift!, ...others],
    };
  });
}

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const size = random.pick(DRAWN_SIZES);
  const length = random.integer(...size.sentences);
  const gifts = drawGifts(random, split, random.integer(...size.needles));
  const verb = random.pick(GIVING);
  const text = haystack(random, length, gifts.map((gift) => needle(verb, gift)));
  const book = `This is a very long story book: <book> ${text} </book>.\n` +
    "Based on the content of the book, ";
  const messages = random.sample(gifts, gifts.length).flatMap((gift, turn): Message[] => [
    {
      role: "user",
      content: `${turn === 0 ? book : ""}Question: ${question(verb, gift)}\nAnswer:`,
    },
    { role: "assistant", content: sentence(verb, gift) },
  ]);
  return {
    suite: "needle_in_a_haystack",
    subtask: size.sentences.join("-"),
    messages,
    instances: gifts.map(giftText),
  };
}

/** A story with needles before random sentences, behind the last one, too, and cut anywhere, as by tokens. */
function haystack(random: Random, length: number, needles: string[]): string {
  const story = storySentences(random, length);
  const last = story.length - 1;
  if (last >= 0) {
    const words = story[last]!.split(" ");
    story[last] = words.slice(0, random.integer(1, words.length)).join(" ");
  }
  const parts = story.map((text, i) => i === 0 ? text : ` ${text}`);
  const inserted = Array.from({ length: length + 1 }, () => "");
  for (const text of needles) inserted[place(random, length)] += text;
  return inserted.map((text, i) => text + (parts[i] ?? "")).join("");
}

/** A needle's place: both ends, which are depths of the grid, more often than the others. */
function place(random: Random, length: number): number {
  const end = random.integer(1, 10);
  return end === 1 ? 0 : end === 2 ? length : random.integer(0, length);
}

function question(verb: string, { person }: Gift): string {
  return `You should ${verb} ${person}`;
}

function sentence(verb: string, gift: Gift): string {
  return `You should ${verb} ${giftText(gift)}.`;
}

/** As upstream's needle: on a line of its own. */
function needle(verb: string, gift: Gift): string {
  return `\n${sentence(verb, gift)}\n`;
}
