/**
 * The two scores that ACBench gave a needle (pprp/ACBench da7110e, KVCache-Factory).
 *
 * @module
 */
import { splitWords } from "../../scoring/python_text.ts";
import { stemmedRouge1 } from "../../scoring/rouge1_stemmed.ts";
import type { ScorerMode } from "../../scoring/score_context.ts";

/** The sentence that is hidden. */
export const NEEDLE =
  "\nThe best thing to do in San Francisco is eat a sandwich and sit in Dolores Park on a sunny day.\n";

/** What the answer should hold. */
export const EXPECTED = "eat a sandwich and sit in Dolores Park on a sunny day.";

/** ROUGE-1 F against the needle, stemmed, times 10 (`run_needle_in_haystack.py`): 0 to 10. */
export function rougeScore(response: string, needle = NEEDLE): number {
  return response === "" ? 0 : stemmedRouge1(needle, response) * 10;
}

/**
 * Share of the expected words that the response has (`visualize.py`, the score of the figures).
 *
 * Upstream splits at blanks only, so "day." counts with its full stop alone; `fixed` drops
 * punctuation at the ends of words.
 */
export function overlapScore(response: string, mode: ScorerMode, expected = EXPECTED): number {
  const words = (text: string) => new Set(splitWords(text.toLowerCase()).map((w) => bare(w, mode)));
  const wanted = words(expected);
  const found = words(response);
  return [...wanted].filter((word) => found.has(word)).length / wanted.size;
}

function bare(word: string, mode: ScorerMode): string {
  if (mode === "upstream") return word;
  return word.replace(/^[^\p{L}\p{N}]+/u, "").replace(/[^\p{L}\p{N}]+$/u, "");
}
