/**
 * Samples of needle in a haystack: a grid of lengths and depths over a text and needles of the user's.
 *
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Sample, Score } from "../benchmark.ts";
import { valued } from "../make_scores.ts";
import { filesAt } from "../read_official.ts";
import type { ScorerMode } from "../../scoring/score_context.ts";
import type { Tokenizer } from "../../tokenizer.ts";
import { BUFFER, insertNeedles, type NeedleGrid, trimToLength } from "./haystack.ts";
import { type HiddenNeedle, OFFICIAL_NEEDLE } from "./needles.ts";
import { overlapScore, rougeScore } from "./score.ts";

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

/** What a sample's answer is compared with. */
export type NeedleGold = { needle: string; expected: string };

/**
 * A sample for each length, depth and needle, prompted as ACBench did.
 *
 * @param needles Those of the user (`readNeedles`); the official one where there are none.
 * @throws {UserError} When a length has no room for a needle.
 */
export function needleSamples(
  haystack: string,
  grid: NeedleGrid,
  tokenizer: Tokenizer,
  needles: readonly HiddenNeedle[] | null = null,
): Sample[] {
  const cached = caching(tokenizer);
  return grid.lengths.flatMap((length) => {
    const text = trimToLength(haystack, length, cached);
    return grid.depths.flatMap((depth) =>
      (needles ?? [OFFICIAL_NEEDLE]).map((hidden, i) => {
        const context = hide(text, hidden, depth, length, cached, grid.buffer ?? BUFFER);
        const gold: NeedleGold = { needle: hidden.needle, expected: hidden.expected };
        return {
          id: `needle/${length}/${depth}${needles === null ? "" : `/${i}`}`,
          subtask: String(length),
          messages: [{ role: "user" as const, content: prompt(context, hidden.question) }],
          gold,
        };
      })
    );
  });
}

/** Each length's text is needed for every depth and needle, but encoded once. */
function caching(tokenizer: Tokenizer): Tokenizer {
  const known = new Map<string, number[]>();
  return {
    decode: (tokens) => tokenizer.decode(tokens),
    encode(text) {
      const tokens = known.get(text) ?? tokenizer.encode(text);
      known.set(text, tokens);
      return tokens;
    },
  };
}

function prompt(context: string, question: string): string {
  return `This is a very long story book: <book> ${context} </book>.\n` +
    `Based on the content of the book, Question: ${question}\nAnswer:`;
}

/** The text with the needle at a depth and its distractors spread evenly. */
function hide(
  text: string,
  { needle, distractors }: HiddenNeedle,
  depth: number,
  length: number,
  tokenizer: Tokenizer,
  buffer: number,
): string {
  const spread = distractors.map((distractor, i) => ({
    needle: distractor,
    depth: 100 * (i + 1) / (distractors.length + 1),
  }));
  const hidden = [{ needle, depth }, ...spread];
  const size = hidden.reduce((sum, each) => sum + tokenizer.encode(each.needle).length, 0);
  if (size > length - buffer) {
    throw new UserError(
      `The needle ${
        JSON.stringify(needle.trim())
      } with its distractors has ${size} tokens, but a ` +
        `length of ${length} leaves ${length - buffer} beside the buffer of ${buffer}; ` +
        `choose longer lengths or a smaller buffer`,
    );
  }
  return insertNeedles(text, hidden, length, tokenizer, buffer);
}

/**
 * `score` is the overlap that the figures plot; `rouge1` the ROUGE-1 F that the run stored, 0 to 1.
 *
 * @param gold A sample's `gold`.
 */
export function scoreNeedle(
  completion: string,
  mode: ScorerMode,
  gold: NeedleGold = OFFICIAL_NEEDLE,
): Score[] {
  const response = completion.trim();
  return valued({
    score: overlapScore(response, mode, gold.expected),
    rouge1: rougeScore(response, gold.needle) / 10,
  });
}
