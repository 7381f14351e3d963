/**
 * Lists of words to repeat and to look words up in. Nothing is tested with it: it is a warm-up that
 * teaches a new model to copy from its context, which all the other suites need.
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";
import { type Conversation, drawFrom, type Message, type Suite } from "../suite.ts";

/** Conversations of each suite that its words are taken from. */
const CONVERSATIONS = 200;
const SHORTEST = 4;
const LONGEST = 40;
const MOST_QUESTIONS = 8;

/**
 * Copying and looking up, for training alone.
 *
 * @param suites Whose words the lists are made of: what is to be copied later is copied here.
 */
export function recallOf(suites: readonly Suite[]): Suite {
  let words: string[] | null = null;
  return {
    name: "recall",
    files: () => new Map(),
    testInstances: () => [],
    conversation: (random, split) => conversation(words ??= wordsOf(suites), random, split),
  };
}

/** The words of conversations to train on, each once. */
function wordsOf(suites: readonly Suite[]): string[] {
  const words = new Set<string>();
  for (const suite of suites) {
    const random = createRandom(`recall/words/${suite.name}`);
    for (let i = 0; i < CONVERSATIONS; i++) {
      for (const { content } of suite.conversation(random, "train").messages) {
        for (const [word] of content.matchAll(/[A-Za-z_]{2,}|\d+/g)) words.add(word);
      }
    }
  }
  return [...words];
}

function conversation(
  all: readonly string[],
  random: Random,
  split: "train" | "calibration",
): Conversation {
  const draw = () => random.sample(all, random.integer(SHORTEST, LONGEST));
  const words = drawFrom(split, draw, (list) => list.join(" "));
  const list = words.join(" ");
  const repeats = random.integer(0, 1) === 0;
  return {
    suite: "recall",
    subtask: repeats ? "repeat" : "look_up",
    messages: repeats ? repeatTurns(list) : lookUpTurns(random, words),
    instances: [list],
  };
}

function repeatTurns(list: string): Message[] {
  return [
    { role: "user", content: `Repeat: ${list}` },
    { role: "assistant", content: list },
  ];
}

function lookUpTurns(random: Random, words: string[]): Message[] {
  const known = words.slice(0, -1);
  const asked = random.sample(known, Math.min(known.length, random.integer(2, MOST_QUESTIONS)));
  return asked.flatMap((word, turn): Message[] => [
    {
      role: "user",
      content: `${turn === 0 ? `List: ${words.join(" ")}\n` : ""}What comes after ${word}?`,
    },
    { role: "assistant", content: `${word} ${words[words.indexOf(word) + 1]}` },
  ]);
}
