/**
 * Long texts made short, saying so.
 *
 * @module
 */
import { grouped } from "../../analysis/numbers.ts";

/**
 * Keeps the beginning and the end of a text.
 *
 * @param longest Most characters kept.
 * @param whole Where the whole text is.
 */
export function shorten(text: string, longest: number, whole: string): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const head = Math.ceil(longest * 0.6), tail = longest - head;
  const left = characters.length - head - tail;
  return characters.slice(0, head).join("") +
    `\n\n[… ${grouped(left)} characters left out; the whole text is in ${whole} …]\n\n` +
    characters.slice(characters.length - tail).join("");
}
