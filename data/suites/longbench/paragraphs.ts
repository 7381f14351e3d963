/**
 * Numbered paragraphs, each about a person of its own.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { ADJECTIVES, NOUNS, VERBS } from "../needle_in_a_haystack/words.ts";
import { drawFrom, type Split } from "../suite.ts";
import { PEOPLE } from "../words.ts";

/** A sentence about a person. */
export interface Paragraph {
  person: string;
  /** E.g. `a blue boat`. */
  object: string;
  text: string;
}

/** Paragraphs of a split about different people. Their instance is person and object. */
export function drawParagraphs(random: Random, split: Split, count: number): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const draw = () => {
    const person = random.pick(PEOPLE);
    const object = `the ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`;
    return { person, object, text: `${person} ${random.pick(VERBS)} ${object}.` };
  };
  const isNew = ({ person }: Paragraph) => paragraphs.every((other) => other.person !== person);
  while (paragraphs.length < count) {
    paragraphs.push(drawFrom(split, draw, paragraphInstance, isNew));
  }
  return paragraphs;
}

/** What identifies a paragraph. */
export function paragraphInstance({ person, object }: Paragraph): string {
  return `${person} and ${object}`;
}

/** Paragraphs with their numbers, as the official contexts have them. */
export function numbered(texts: readonly string[]): string {
  return texts.map((text, i) => `Paragraph ${i + 1}: ${text}`).join("\n\n");
}
