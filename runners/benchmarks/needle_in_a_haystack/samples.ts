/**
 * Samples of needle in a haystack: a grid of lengths and depths over a text of the user's.
 *
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Sample, Score } from "../benchmark.ts";
import { valued } from "../make_scores.ts";
import { filesAt } from "../read_official.ts";
import type { ScorerMode } from "../../scoring/score_context.ts";
import { insertNeedle, type NeedleGrid, type Tokenizer, trimToLength } from "./haystack.ts";
import { NEEDLE, overlapScore, rougeScore } from "./score.ts";

const QUESTION = "The best thing to do in San Francisco is: ";
/** Longest answer, in tokens. */
export const MAX_TOKENS = 30;

/**
 * Reads a haystack: a text file, or all `.txt` files of a folder in order of names, repeated until it is
 * long enough.
 *
 * @param length Tokens that are needed.
 * @throws {UserError} When there is no text.
 */
export async function readHaystack(
  path: string,
  length: number,
  tokenizer: Tokenizer,
): Promise<string> {
  const texts = await Promise.all((await filesAt(path, [".txt"])).map((f) => Deno.readTextFile(f)));
  const whole = texts.join("");
  const tokens = tokenizer.encode(whole).length;
  if (tokens === 0) throw new UserError(`${path}: the haystack holds no text`);
  return whole.repeat(Math.ceil(length / tokens));
}

/** One sample for each length and depth, prompted as ACBench did. */
export function needleSamples(
  haystack: string,
  grid: NeedleGrid,
  tokenizer: Tokenizer,
): Sample[] {
  return grid.lengths.flatMap((length) => {
    const text = trimToLength(haystack, length, tokenizer);
    return grid.depths.map((depth) => {
      const context = insertNeedle(text, NEEDLE, depth, length, tokenizer);
      return {
        id: `needle/${length}/${depth}`,
        subtask: String(length),
        messages: [{
          role: "user" as const,
          content: `This is a very long story book: <book> ${context} </book>.\n` +
            `Based on the content of the book, Question: ${QUESTION}\nAnswer:`,
        }],
        gold: NEEDLE,
      };
    });
  });
}

/** `score` is the overlap that the figures plot; `rouge1` the ROUGE-1 F that the run stored, 0 to 1. */
export function scoreNeedle(completion: string, mode: ScorerMode): Score[] {
  const response = completion.trim();
  return valued({ score: overlapScore(response, mode), rouge1: rougeScore(response) / 10 });
}
