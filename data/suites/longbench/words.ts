/**
 * Words of the small LongBench that the needles do not have.
 *
 * @module
 */

/** How many, in words: up to five paragraphs are counted. */
export const ORDINALS = "one two three four five".split(" ");

/** Fields of a class. */
export const FIELDS = "name size color price owner date place kind count title".split(" ");

/** Names of classes. */
export const CLASSES = "Cat Dog Boat Lamp House Table".split(" ");
