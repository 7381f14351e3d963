/**
 * Needle in a haystack: a sentence to be found again, at every length and depth of a grid.
 *
 * @module
 */
import { z } from "zod";
import type { JsonObject } from "../../../data/types.ts";
import { UserError } from "../../errors.ts";
import type { Benchmark } from "../benchmark.ts";
import { ACBENCH_GRID, type NeedleGrid, SMALL_GRID, stepLengths } from "./haystack.ts";
import { readNeedles } from "./needles.ts";
import {
  MAX_TOKENS,
  type NeedleGold,
  needleSamples,
  readHaystack,
  scoreNeedle,
} from "./samples.ts";

const tokens = z.number().int().positive();
const percent = z.number().min(0).max(100);

const options = z.strictObject({
  lengths: z.union([
    z.array(tokens).min(1),
    z.strictObject({ from: tokens, to: tokens, step: tokens }),
  ]).optional().describe("Tokens of text and needle: a list, or from, to and step."),
  depths: z.array(percent).min(1).optional().describe("Places of the needle, in percent."),
  buffer: z.number().int().nonnegative().optional().describe(
    "Tokens of a length left free for question and answer.",
  ),
});

/** The benchmark. `score` is the share of the expected words, `rouge1` ROUGE-1 F with the needle. */
export const needleInAHaystack: Benchmark = {
  name: "needle_in_a_haystack",
  version: "1",
  title: "Needle in a haystack (ACBench)",
  upstream: "pprp/ACBench@da7110e (KVCache-Factory); gkamradt/LLMTest_NeedleInAHaystack@7b90d28",
  licence: "MIT (code); the texts keep their own licence",
  source: "a text file, or a folder of .txt files such as PaulGrahamEssays of " +
    "github.com/gkamradt/LLMTest_NeedleInAHaystack",
  data: new URL("../../../data/suites/needle_in_a_haystack/", import.meta.url),
  maxTokens: MAX_TOKENS,
  mainMetric: "score",
  needs: ["tokenizer"],
  overflow: "skip",
  options: options as unknown as z.ZodType<JsonObject>,

  async load(path, context) {
    const tokenizer = context?.tokenizer;
    if (!tokenizer) {
      throw new UserError(
        `${path}: lengths are counted in a model's tokens; name the model's folder ` +
          `(deno task score: --tokenizer)`,
      );
    }
    const needles = await readNeedles(path);
    // the official needle on ACBench's grid; needles of a file of one's own on one for small models
    const grid = gridOf(context?.options ?? {}, needles === null ? ACBENCH_GRID : SMALL_GRID);
    const haystack = await readHaystack(path, Math.max(...grid.lengths), tokenizer);
    return needleSamples(haystack, grid, tokenizer, needles);
  },

  score: (sample, completion, { mode }) => scoreNeedle(completion, mode, sample.gold as NeedleGold),
};

function gridOf(given: JsonObject, standard: NeedleGrid): NeedleGrid {
  const { buffer, depths, lengths } = options.parse(given);
  return {
    ...standard,
    ...(lengths === undefined ? {} : {
      lengths: Array.isArray(lengths)
        ? lengths
        : stepLengths(lengths.from, lengths.to, lengths.step),
    }),
    ...(depths === undefined ? {} : { depths }),
    ...(buffer === undefined ? {} : { buffer }),
  };
}
