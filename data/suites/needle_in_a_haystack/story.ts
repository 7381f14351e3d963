/**
 * Sentences of a story in which nothing matters.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { ADJECTIVES, NOUNS, VERBS } from "./words.ts";

/** A sentence of seven or eight words, e.g. `The old cat sees the red boat.` */
export function storySentence(random: Random): string {
  const subject = `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`;
  const object = `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`;
  return `The ${subject} ${random.pick(VERBS)} the ${object}.`;
}

/** A number of sentences. */
export function storySentences(random: Random, count: number): string[] {
  return Array.from({ length: count }, () => storySentence(random));
}
