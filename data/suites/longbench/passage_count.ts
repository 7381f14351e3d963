/**
 * How many different paragraphs there are, where some stand twice or more often.
 *
 * @module
 */
import { drawParagraphs, numbered, paragraphInstance } from "./paragraphs.ts";
import type { LongBenchSuiteSet } from "./record.ts";
import { ORDINALS } from "./words.ts";

/** Different paragraphs, and how many there are with the repeated ones at most. */
const DIFFERENT: [low: number, high: number] = [1, 5];
const MOST = 7;

/** The set. What is said lists the people first: only the numbers in it are scored. */
export const passageCount: LongBenchSuiteSet = {
  name: "passage_count",
  template:
    "Some paragraphs are repeated. Count the different ones.\n\n{context}\n\nAnswer:{input}",
  followUp: null,
  chat: true,
  classes: null,

  task(random, split) {
    const paragraphs = drawParagraphs(random, split, random.integer(...DIFFERENT));
    const count = paragraphs.length;
    const order = [...paragraphs];
    for (let i = random.integer(0, Math.min(count + 1, MOST - count)); i > 0; i--) {
      order.splice(random.integer(0, order.length), 0, random.pick(paragraphs));
    }
    const people = new Set(order.map(({ person }) => person));
    const list = Array.from(people, (person, i) => `${ORDINALS[i]} ${person}`);
    return {
      context: numbered(order.map(({ text }) => text)),
      questions: [{
        input: "",
        answer: String(count),
        said: `Different: ${list.join(" ")}. Answer ${count}`,
        instance: order.map(paragraphInstance).join("; "),
      }],
    };
  },
};
