/**
 * Prose without tasks, tools or questions: calibration texts that are not those of an agent.
 *
 * @module
 */
import { storySentence } from "./needle_in_a_haystack/story.ts";
import { ADJECTIVES, NOUNS } from "./needle_in_a_haystack/words.ts";
import { createRandom, type Random } from "./random.ts";
import { CITIES, DAYS, PEOPLE } from "./words.ts";

/** Enough for 512 tokens of the small models. */
const SENTENCES = 64;

const WAYS = ["walks to", "comes from", "waits near", "reads behind", "works in", "is late at"];

/**
 * Texts of plain sentences about people and things.
 *
 * @param count How many; a larger count goes on where a smaller one ends.
 */
export function proseTexts(count: number): { text: string }[] {
  const random = createRandom("prose/calibration/1");
  return Array.from({ length: count }, () => ({ text: proseText(random) }));
}

function proseText(random: Random): string {
  const person = random.pick(PEOPLE);
  const sentences = Array.from(
    { length: SENTENCES },
    () => random.integer(0, 2) === 0 ? personSentence(random, person) : storySentence(random),
  );
  return sentences.join(" ");
}

function personSentence(random: Random, person: string): string {
  const place = `the ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`;
  const when = random.pick([`On ${random.pick(DAYS)} `, `In ${random.pick(CITIES)} `, ""]);
  return `${when}${person} ${random.pick(WAYS)} ${place}.`;
}
