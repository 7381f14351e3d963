/**
 * ROUGE-1 F of Google's `rouge_score` 0.1.2 with `use_stemmer=True`.
 *
 * @module
 */
import { porterStem } from "./porter_stemmer.ts";

/**
 * F1 of the words that a target and a prediction share, counted, lower case, stemmed.
 *
 * @returns 0 to 1; 0 where a text has no word.
 */
export function stemmedRouge1(target: string, prediction: string): number {
  const targetCounts = count(tokens(target));
  const predictionCounts = count(tokens(prediction));
  let overlap = 0;
  for (const [word, n] of targetCounts) overlap += Math.min(n, predictionCounts.get(word) ?? 0);
  const precision = overlap / Math.max(total(predictionCounts), 1);
  const recall = overlap / Math.max(total(targetCounts), 1);
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

/** ASCII letters and digits only; words of more than three characters are stemmed. */
function tokens(text: string): string[] {
  return text.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== "").map((word) =>
    word.length > 3 ? porterStem(word) : word
  );
}

function count(words: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function total(counts: Map<string, number>): number {
  let sum = 0;
  for (const n of counts.values()) sum += n;
  return sum;
}
