/**
 * Gifts for people: what the needles tell, and what LongBench's lists hold.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { drawFrom, type Split } from "../suite.ts";
import { PEOPLE } from "../words.ts";
import { GIFT_ADJECTIVES, GIFTS } from "./words.ts";

/** A person and a gift of two words. */
export interface Gift {
  person: string;
  adjective: string;
  noun: string;
}

/** What identifies a gift, e.g. `Anna silver keys`. */
export function giftText({ person, adjective, noun }: Gift): string {
  return `${person} ${adjective} ${noun}`;
}

/**
 * Gifts of a split. No two of them share a word, so each word of a haystack's needles leads to one
 * needle only.
 *
 * @param taken Gifts that they must share no word with either.
 */
export function drawGifts(
  random: Random,
  split: Split,
  count: number,
  taken: readonly Gift[] = [],
): Gift[] {
  const gifts = [...taken];
  const draw = () => ({
    person: random.pick(PEOPLE),
    adjective: random.pick(GIFT_ADJECTIVES),
    noun: random.pick(GIFTS),
  });
  const isNew = (gift: Gift) =>
    gifts.every((other) =>
      other.person !== gift.person && other.adjective !== gift.adjective && other.noun !== gift.noun
    );
  for (let i = 0; i < count; i++) gifts.push(drawFrom(split, draw, giftText, isNew));
  return gifts.slice(taken.length);
}
