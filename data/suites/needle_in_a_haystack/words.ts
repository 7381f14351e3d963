/**
 * Words of haystacks and needles. The two share no adjective and no noun, so what a needle says is
 * found nowhere else.
 *
 * @module
 */

/** Adjectives of the story. */
export const ADJECTIVES = "old new red blue small big quiet warm cold dark light green".split(" ");

/** Nouns of the story. */
export const NOUNS = (
  "cat dog bird boat lamp door river tree house garden street cloud letter window table bridge"
).split(" ");

/** Verbs of the story. */
export const VERBS = [
  "stands near",
  "is behind",
  "moves past",
  "waits for",
  "sees",
  "hides",
  "follows",
  "is under",
];

/** What is done to a person; the needles of one haystack have the same verb. */
export const GIVING = "give send bring show sell lend".split(" ");

/** What a gift is like. */
export const GIFT_ADJECTIVES = (
  "silver golden wooden paper glass yellow purple pink heavy round sweet fresh dry soft tiny broken"
).split(" ");

/** Gifts. */
export const GIFTS = (
  "keys cups books coins bells rings pens maps cakes shoes hats bags apples nuts toys flowers"
).split(" ");
