/**
 * The questions: sums in words as in GSM8K, and choices of four as in MMLU.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { PEOPLE } from "../words.ts";
import type { Subject } from "./facts.ts";

/** A question and how it is answered. */
export interface Question {
  /** The question, with its options where it has some. */
  text: string;
  /** The answer: one sentence of reasoning and the sentence that scorers look for. */
  answer: string;
  /** The answer as the benchmark's file gives it. */
  gold: string;
  /** What no two questions of one prompt share. */
  topic: string;
  /** What the split depends on. */
  instance: string;
}

interface Sum {
  sign: "+" | "-" | "*";
  wordings: readonly string[];
  draw(random: Random): [a: number, b: number];
}

const NAMES = PEOPLE.slice(0, 12);
const THINGS = "apples eggs cups lamps boats birds letters books keys pens".split(" ");
const LARGEST = 20;
const LARGEST_STEP = 9;

const SUMS: readonly Sum[] = [
  {
    sign: "+",
    wordings: [
      "{name} has {a} {things} and buys {b}. How many {things} now?",
      "{name} has {a} {things}, {other} has {b}. How many {things} in all?",
      "{name} sees {a} {things} and then {b} more. How many {things} in all?",
    ],
    draw(random) {
      const b = random.integer(2, LARGEST_STEP);
      return [random.integer(2, LARGEST - b), b];
    },
  },
  {
    sign: "-",
    wordings: [
      "{name} has {a} {things} and sells {b}. How many {things} now?",
      "{name} gives {b} of {a} {things} to {other}. How many are left?",
      "Of {a} {things}, {name} takes {b}. How many are left?",
    ],
    draw(random) {
      const b = random.integer(2, LARGEST_STEP);
      return [random.integer(b + 1, LARGEST), b];
    },
  },
  {
    sign: "*",
    wordings: [
      "{name} buys {a} boxes of {b} {things}. How many {things} in all?",
      "{a} tables have {b} {things} each. How many {things} in all?",
    ],
    draw: (random) => [random.integer(2, 5), random.integer(2, 4)],
  },
];

/** Draws a sum in words; numbers and results go up to 20. */
export function drawSum(random: Random): Question {
  const { sign, wordings, draw } = random.pick(SUMS);
  const [a, b] = draw(random);
  const result = sign === "+" ? a + b : sign === "-" ? a - b : a * b;
  const [name, other] = random.sample(NAMES, 2) as [string, string];
  const values: Record<string, string> = {
    name,
    other,
    things: random.pick(THINGS),
    a: String(a),
    b: String(b),
  };
  const text = random.pick(wordings).replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key]!);
  const equation = `${a} ${sign} ${b} = ${result}`;
  return {
    text,
    answer: `${equation}. The answer is ${result}.`,
    gold: `${equation}\n#### ${result}`,
    topic: equation,
    instance: text,
  };
}

const LETTERS = ["A", "B", "C", "D"] as const;

/** Draws a question of a subject, with four options. */
export function drawChoice(random: Random, { facts }: Subject): Question {
  const { question, answer, statement, topic, others } = random.pick(facts);
  const wrong = random.sample(others, LETTERS.length - 1);
  const options = random.sample([answer, ...wrong], LETTERS.length);
  const letter = LETTERS[options.indexOf(answer)]!;
  return {
    text: `${question}\n${options.map((option, i) => `(${LETTERS[i]}) ${option}`).join(" ")}`,
    answer: `${statement} The answer is (${letter}).`,
    gold: letter,
    topic,
    instance: `${question} ${options.toSorted().join(", ")}`,
  };
}
