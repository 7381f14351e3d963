/**
 * What kind of thing a question asks for, with examples of questions and kinds.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { ADJECTIVES, NOUNS, VERBS } from "../needle_in_a_haystack/words.ts";
import { drawFrom, type Split } from "../suite.ts";
import type { LongBenchSuiteSet } from "./record.ts";

/** How questions of a kind begin; what follows is the same for all kinds. */
const BEGINNINGS: Record<string, readonly string[]> = {
  Person: ["Who has", "Which person has"],
  Place: ["Where is", "In which city is"],
  Time: ["When did you see", "On which day did you see"],
  Number: ["How many people see", "How many days old is"],
  Reason: ["Why did you see", "For which reason did you see"],
};
const KINDS = Object.keys(BEGINNINGS);

/** Examples before the question. */
const EXAMPLES: [low: number, high: number] = [3, 8];

/** The set. */
export const trec: LongBenchSuiteSet = {
  name: "trec",
  template: "Give the type of the last question.\n{context}\n{input}",
  followUp: null,
  chat: false,
  classes: KINDS,

  task(random, split) {
    const examples = Array.from({ length: random.integer(...EXAMPLES) }, () => {
      const { text, kind } = drawQuestion(random, split);
      return `Question: ${text}\nType: ${kind}`;
    });
    const { text, kind } = drawQuestion(random, split);
    return {
      context: examples.join("\n"),
      questions: [{
        input: `Question: ${text}\nType:`,
        answer: kind,
        said: ` ${kind}`,
        instance: text,
      }],
    };
  },
};

function drawQuestion(random: Random, split: Split): { text: string; kind: string } {
  const draw = () => {
    const kind = random.pick(KINDS);
    const noun = () => `the ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`;
    const rest = `${noun()} that ${random.pick(VERBS)} ${noun()}?`;
    return { text: `${random.pick(BEGINNINGS[kind]!)} ${rest}`, kind };
  };
  return drawFrom(split, draw, ({ text }) => text);
}
