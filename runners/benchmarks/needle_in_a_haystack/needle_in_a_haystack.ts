/**
 * Needle in a haystack: a sentence to be found again, at every length and depth of a grid.
 *
 * @module
 */
import { z } from "zod";
import type { JsonObject } from "../../../data/types.ts";
import { UserError } from "../../errors.ts";
import type { Benchmark } from "../benchmark.ts";
import { ACBENCH_GRID, type NeedleGrid, stepLengths } from "./haystack.ts";
import { MAX_TOKENS, needleSamples, readHaystack, scoreNeedle } from "./samples.ts";

const tokens = z.number().int().positive();
const percent = z.number().min(0).max(100);

const options = z.strictObject({
  lengths: z.union([
    z.array(tokens).min(1),
    z.strictObject({ from: tokens, to: tokens, step: tokens }),
  ]).optional().describe("Tokens of text and needle: a list, or from, to and step."),
  depths: z.array(percent).min(1).optional().describe("Places of the needle, in percent."),
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
    const grid = gridOf(context?.options ?? {});
    const haystack = await readHaystack(path, Math.max(...grid.lengths), tokenizer);
    return needleSamples(haystack, grid, tokenizer);
  },

  score: (_sample, completion, { mode }) => scoreNeedle(completion, mode),
};

function gridOf(given: JsonObject): NeedleGrid {
  const { lengths, depths } = options.parse(given);
  return {
    lengths: lengths === undefined
      ? ACBENCH_GRID.lengths
      : Array.isArray(lengths)
      ? lengths
      : stepLengths(lengths.from, lengths.to, lengths.step),
    depths: depths ?? ACBENCH_GRID.depths,
  };
}
