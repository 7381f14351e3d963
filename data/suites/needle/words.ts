/**
 * Words of the haystacks.
 *
 * @module
 */

/** Surnames; none is a first name. */
export const SURNAMES = (
  "Stone Field Wood Hill Lake Reed Moss Fox Hawk Wolf Bear Crane Finch Swan Drake Lamb Rose Thorn " +
  "Birch Ash Oak Pine Frost Snow Storm Rain Bell Horn Cook Baker Mason Potter Smith Carter Fisher " +
  "Hunter King Knight Bishop Page North West Young Long Short Brown Gray White"
).split(" ");

/** What people do, after their name. */
export const ACTIVITIES = [
  "waters the garden",
  "paints the door",
  "feeds the cat",
  "opens the window",
  "cleans the lamp",
  "reads the letter",
  "mends the boat",
  "sweeps the street",
];

/** Adjectives of filler sentences. */
export const ADJECTIVES = "old new red blue small big quiet warm cold dark light green".split(" ");

/** Nouns of filler sentences. */
export const NOUNS = (
  "cat dog bird boat lamp door river tree house garden street cloud letter window table bridge"
).split(" ");

/** Verbs of filler sentences. */
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
