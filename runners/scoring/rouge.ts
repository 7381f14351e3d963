/**
 * ROUGE-1, ROUGE-2 and ROUGE-L of the PyPI package `rouge` 1.0.1 (`Rouge().get_scores`), as LongBench
 * uses it: words are unique, a sentence ends at every ".", and ROUGE-L is at summary level.
 *
 * @module
 */
import { longestCommonSubsequence, prepareColumns } from "./lcs_words.ts";
import { splitWords } from "./python_text.ts";

/** Precision, recall and F1. */
export interface RougeScore {
  r: number;
  p: number;
  f: number;
}

/** What a score was computed with. */
export interface RougeOptions {
  /**
   * Steps of the reconstruction after which Python's recursion limit strikes; Infinity for none.
   * LongBench's own call chain leaves 990 (measured on CPython 3.11.7 with `rouge` 1.0.1).
   */
  maxSteps: number;
  /** Added to the denominator of F; the package has 1e-8, so a perfect F is 0.999999995. */
  epsilon: number;
}

/** The package as upstream runs it. */
export const UPSTREAM_ROUGE: RougeOptions = { maxSteps: 990, epsilon: 1e-8 };

/** ROUGE without the recursion limit and without the constant in F. */
export const EXACT_ROUGE: RougeOptions = { maxSteps: Infinity, epsilon: 0 };

/** Thrown where the package raises: an empty text, or the recursion limit. */
export class RougeError extends Error {}

/**
 * Scores a text against a reference.
 *
 * @throws {RougeError} Where the package raises.
 */
export function rouge(
  hypothesis: string,
  reference: string,
  options: RougeOptions = UPSTREAM_ROUGE,
): { "rouge-1": RougeScore; "rouge-2": RougeScore; "rouge-l": RougeScore } {
  const hyp = sentences(hypothesis);
  const ref = sentences(reference);
  if (hyp.length === 0) throw new RougeError("Hypothesis is empty.");
  if (ref.length === 0) throw new RougeError("Reference is empty.");
  return {
    "rouge-1": rougeN(hyp, ref, 1, options),
    "rouge-2": rougeN(hyp, ref, 2, options),
    "rouge-l": rougeL(hyp, ref, options),
  };
}

/** Only ROUGE-L, which is all that LongBench reads. @throws {RougeError} Where the package raises. */
export function rougeLScore(
  hypothesis: string,
  reference: string,
  options: RougeOptions = UPSTREAM_ROUGE,
): RougeScore {
  const hyp = sentences(hypothesis);
  const ref = sentences(reference);
  if (hyp.length === 0) throw new RougeError("Hypothesis is empty.");
  if (ref.length === 0) throw new RougeError("Reference is empty.");
  return rougeL(hyp, ref, options);
}

/** Words of each piece between full stops; a blank piece is one empty word. */
function sentences(text: string): string[][] {
  return text.split(".").filter((piece) => piece.length > 0).map((piece) => {
    const words = splitWords(piece);
    return words.length === 0 ? [""] : words;
  });
}

function rougeN(hyp: string[][], ref: string[][], n: number, options: RougeOptions): RougeScore {
  const hypGrams = ngrams(hyp.flat(), n);
  const refGrams = ngrams(ref.flat(), n);
  let overlap = 0;
  for (const gram of hypGrams) if (refGrams.has(gram)) overlap++;
  return combine(
    hypGrams.size === 0 ? 0 : overlap / hypGrams.size,
    refGrams.size === 0 ? 0 : overlap / refGrams.size,
    options.epsilon,
  );
}

function ngrams(words: string[], n: number): Set<string> {
  const grams = new Set<string>();
  for (let i = 0; i + n <= words.length; i++) grams.add(words.slice(i, i + n).join(" "));
  return grams;
}

/** Words of the union, over all pairs of sentences, of their longest common subsequences. */
function rougeL(hyp: string[][], ref: string[][], options: RougeOptions): RougeScore {
  const union = new Set<string>();
  const columns = hyp.map(prepareColumns);
  for (const refSentence of ref) {
    for (const hypSentence of columns) {
      const lcs = longestCommonSubsequence(refSentence, hypSentence);
      if (lcs.steps > options.maxSteps) throw new RougeError("maximum recursion depth exceeded");
      for (const word of lcs.words) union.add(word);
    }
  }
  const refWords = new Set(ref.flat()).size;
  const hypWords = new Set(hyp.flat()).size;
  return combine(union.size / hypWords, union.size / refWords, options.epsilon);
}

function combine(p: number, r: number, epsilon: number): RougeScore {
  const sum = p + r + epsilon;
  return { r, p, f: sum === 0 ? 0 : 2 * (p * r / sum) };
}
