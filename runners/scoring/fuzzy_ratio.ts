/**
 * `ratio` and `token_set_ratio` of thefuzz 0.19 (and fuzzywuzzy 0.18) on their difflib path.
 *
 * @module
 */
import { roundHalfToEven } from "./python_round.ts";
import { isWord, splitWords, strip } from "./python_text.ts";
import { sequenceRatio } from "./sequence_matcher.ts";

/** `fuzz.ratio`: 100 for equal texts, 0 if one is empty, else the rounded difflib ratio in percent. */
export function fuzzyRatio(a: string, b: string): number {
  if (a === b) return 100;
  if (a === "" || b === "") return 0;
  return roundHalfToEven(100 * sequenceRatio(a, b));
}

/**
 * `fuzz.token_set_ratio`: the best ratio among the common words and the common words with the rest
 * of either text, words sorted.
 *
 * @returns 0 to 100; 0 where a text has no word.
 */
export function tokenSetRatio(a: string, b: string): number {
  const first = process(a);
  const second = process(b);
  if (first === "" || second === "") return 0;
  const x = new Set(splitWords(first));
  const y = new Set(splitWords(second));
  const common = join([...x].filter((word) => y.has(word)));
  const withFirst = strip(`${common} ${join([...x].filter((word) => !y.has(word)))}`);
  const withSecond = strip(`${common} ${join([...y].filter((word) => !x.has(word)))}`);
  return Math.max(
    fuzzyRatio(common, withFirst),
    fuzzyRatio(common, withSecond),
    fuzzyRatio(withFirst, withSecond),
  );
}

/** `utils.full_process(text, force_ascii=True)`, which drops only U+0080 to U+00FF. */
function process(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80 || code > 0xff) out += isWord(character) ? character : " ";
  }
  return strip(out.toLowerCase());
}

function join(words: string[]): string {
  return words.sort(compareCodePoints).join(" ");
}

/** Orders texts by code points as Python does; JavaScript orders by UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const x = Array.from(a);
  const y = Array.from(b);
  for (let i = 0; i < x.length && i < y.length; i++) {
    const difference = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}
