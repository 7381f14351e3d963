/**
 * Which of several paragraphs a summary is about: they name the same person.
 *
 * @module
 */
import { storySentences } from "../needle_in_a_haystack/story.ts";
import { drawParagraphs, numbered, paragraphInstance } from "./paragraphs.ts";
import type { LongBenchSuiteSet } from "./record.ts";

const PARAGRAPHS: [low: number, high: number] = [2, 9];

/** Further sentences of a paragraph. */
const MORE: [low: number, high: number] = [0, 2];

/** The set. What is said names the person, too: only the numbers in it are scored. */
export const passageRetrievalEn: LongBenchSuiteSet = {
  name: "passage_retrieval_en",
  template: "Which paragraph is the summary about?\n\n{context}\n\nSummary: {input}\nAnswer:",
  followUp: "Summary: {input}\nAnswer:",
  chat: true,
  classes: null,

  task(random, split, questions) {
    const paragraphs = drawParagraphs(random, split, random.integer(...PARAGRAPHS));
    const texts = paragraphs.map(({ text }) =>
      [text, ...storySentences(random, random.integer(...MORE))].join(" ")
    );
    const asked = random.sample(paragraphs, Math.min(questions, paragraphs.length));
    return {
      context: numbered(texts),
      questions: asked.map((paragraph) => {
        const number = paragraphs.indexOf(paragraph) + 1;
        return {
          input: `A story of ${paragraphInstance(paragraph)}.`,
          answer: `Paragraph ${number}`,
          said: `Paragraph of ${paragraph.person}: ${number}`,
          instance: paragraphInstance(paragraph),
        };
      }),
    };
  },
};
