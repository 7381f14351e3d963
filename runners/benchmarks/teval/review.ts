/**
 * T-Eval's review ability: one letter.
 *
 * @module
 */
import { strip } from "../../scoring/python_text.ts";
import type { ScorerMode } from "../../scoring/score_context.ts";

/** Whether a letter was found, and whether it is the right one. */
export interface ReviewScore {
  parse_rate: number;
  review_quality: number;
}

/**
 * Scores the first character after the first colon, A to E.
 *
 * Upstream takes it also from a word ("Apparently"); `fixed` wants the letter alone.
 */
export function scoreReview(prediction: string, gold: string, mode: ScorerMode): ReviewScore {
  const text = strip(prediction.slice(prediction.indexOf(":") + 1));
  const pattern = mode === "fixed" ? /^[A-E](?![\p{L}\p{N}_])/u : /^[A-E]/;
  const letter = pattern.exec(text)?.[0];
  if (letter === undefined) return { parse_rate: 0, review_quality: 0 };
  return { parse_rate: 1, review_quality: letter === gold ? 1 : 0 };
}
