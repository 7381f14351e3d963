/**
 * Lists of words to repeat and to look words up in. Nothing is tested with it: it is a warm-up that
 * teaches a new model to copy from its context, which all the other suites need.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { type Conversation, drawFrom, type Message, type Suite } from "../suite.ts";
import { CITIES, DAYS, PEOPLE } from "../words.ts";

const WORDS = [...PEOPLE, ...CITIES, ...DAYS];
const SHORTEST = 4;
const LONGEST = 40;
const MOST_QUESTIONS = 8;

/** Copying and looking up, for training alone. */
export const recall: Suite = {
  name: "recall",
  files: () => new Map(),
  testInstances: () => [],
  conversation,
};

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const draw = () => random.sample(WORDS, random.integer(SHORTEST, LONGEST));
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
