/**
 * Word overlap of short answers, as SQuAD's evaluation defines it.
 *
 * @module
 */
import { splitWords, WORD } from "./python_text.ts";

const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/g;
const ARTICLES = new RegExp(`(?<![${WORD}])(?:a|an|the)(?![${WORD}])`, "gu");

/** Lower case, without ASCII punctuation, then without the words a, an, the; single spaces. */
export function normalizeAnswer(text: string): string {
  const bare = text.toLowerCase().replace(ASCII_PUNCTUATION, "").replace(ARTICLES, " ");
  return splitWords(bare).join(" ");
}

/** Drops the ASCII punctuation of a text. */
export function withoutPunctuation(text: string): string {
  return text.replace(ASCII_PUNCTUATION, "");
}

/**
 * F1 of the tokens that two lists share, counted.
 *
 * @returns 0 when they share none, also when both are empty.
 */
export function tokenF1(prediction: readonly string[], gold: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const token of gold) counts.set(token, (counts.get(token) ?? 0) + 1);
  let same = 0;
  for (const token of prediction) {
    const left = counts.get(token) ?? 0;
    if (left === 0) continue;
    counts.set(token, left - 1);
    same++;
  }
  if (same === 0) return 0;
  const precision = same / prediction.length;
  const recall = same / gold.length;
  return 2 * precision * recall / (precision + recall);
}
