/**
 * Python's idea of text: which characters are blank, letters, digits or printable, and the `str`
 * methods whose JavaScript namesakes differ.
 *
 * @module
 */
import { LATER_LETTERS_AND_NUMBERS, LATER_PRINTABLE } from "./later_unicode.ts";

/** Character class body of what `str.isspace`, `str.split()`, `str.strip()` and `\s` call blank. */
export const BLANK =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/** Character class body of `\w` in a `str` pattern, for regular expressions with the `u` flag. */
export const WORD = "\\p{L}\\p{N}_";

/** Character class body of `\d` in a `str` pattern, for regular expressions with the `u` flag. */
export const DIGIT = "\\p{Nd}";

const BLANKS = new RegExp(`[${BLANK}]+`, "u");
const LEADING = new RegExp(`^[${BLANK}]+`, "u");
const BLANK_CHARACTER = new RegExp(`[${BLANK}]`, "u");
const WORD_CHARACTER = new RegExp(`[${WORD}]`, "u");
const DIGIT_CHARACTER = new RegExp(`[${DIGIT}]`, "u");
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

/** `str.split()` without arguments: the words between runs of blanks. */
export function splitWords(text: string): string[] {
  return strip(text).split(BLANKS).filter((word) => word !== "");
}

/** `str.strip()` without arguments. */
export function strip(text: string): string {
  return stripRight(text.replace(LEADING, ""));
}

function stripRight(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text[end - 1]!)) end--; // a regular expression would take quadratic time
  return text.slice(0, end);
}

/** `str.strip(characters)`. */
export function stripCharacters(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text[start]!)) start++;
  while (end > start && characters.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

/** `str.lstrip(characters)`. */
export function stripLeft(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text[start]!)) start++;
  return text.slice(start);
}

/** Whether one character is blank. */
export function isBlank(character: string): boolean {
  return BLANK_CHARACTER.test(character);
}

/** Whether one character matches Python's `\w`. */
export function isWord(character: string): boolean {
  return WORD_CHARACTER.test(character) && !within(LATER_LETTERS_AND_NUMBERS, character);
}

/** Whether one character matches Python's `\d`. */
export function isDigit(character: string): boolean {
  return DIGIT_CHARACTER.test(character) && !within(LATER_LETTERS_AND_NUMBERS, character);
}

/** `str.isprintable` of one character. */
export function isPrintable(character: string): boolean {
  if (character === " ") return true;
  return !UNPRINTABLE.test(character) && !within(LATER_PRINTABLE, character);
}

/** Whether a text has half of a surrogate pair alone, which UTF-8 cannot carry. */
export function hasLoneSurrogate(text: string): boolean {
  return !text.isWellFormed();
}

function within(ranges: readonly (readonly [number, number])[], character: string): boolean {
  const code = character.codePointAt(0)!;
  if (code < 0x0100) return false;
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle]!;
    if (code < first) high = middle - 1;
    else if (code > last) low = middle + 1;
    else return true;
  }
  return false;
}
