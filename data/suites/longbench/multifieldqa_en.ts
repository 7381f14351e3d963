/**
 * Questions about a text in which a list stands: who gets which gift, and from which city.
 *
 * @module
 */
import { drawGifts, giftText } from "../needle_in_a_haystack/gifts.ts";
import { storySentences } from "../needle_in_a_haystack/story.ts";
import { CITIES } from "../words.ts";
import type { LongBenchSuiteSet } from "./record.ts";

/** People of a list. */
const PEOPLE_LISTED: [low: number, high: number] = [2, 6];

/** Sentences before the list, and behind it. */
const STORY: [low: number, high: number] = [0, 6];

/** The set. */
export const multifieldqaEn: LongBenchSuiteSet = {
  name: "multifieldqa_en",
  template: "Read the text and answer the question.\n\n{context}\n\nQuestion: {input}\nAnswer:",
  followUp: "Question: {input}\nAnswer:",
  chat: true,
  classes: null,

  task(random, split, questions) {
    const gifts = drawGifts(random, split, random.integer(...PEOPLE_LISTED));
    const cities = random.sample(CITIES, gifts.length);
    const rows = gifts.map((gift, i) => `- ${giftText(gift)} ${cities[i]}`);
    const story = () => storySentences(random, random.integer(...STORY)).join(" ");
    const list = ["Gifts by name and city:", ...rows].join("\n");
    return {
      context: [story(), list, story()].filter((part) => part !== "").join("\n"),
      questions: random.sample(gifts, Math.min(questions, gifts.length)).map((gift) => {
        const row = rows[gifts.indexOf(gift)]!;
        return {
          input: `Which gift and which city belong to ${gift.person}?`,
          answer: row,
          said: row,
          instance: giftText(gift),
        };
      }),
    };
  },
};
