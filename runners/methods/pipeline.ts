/**
 * Several methods one after another: pruning, then quantization, then the key-value cache.
 *
 * Quantization keeps the zeros: a weight that was removed stays so (see `../python/keep_zeros.py`).
 *
 * @module
 */
import { z } from "zod";
import type { JsonObject } from "../../data/types.ts";
import { awq } from "./awq.ts";
import { fp8 } from "./fp8.ts";
import { gptq } from "./gptq.ts";
import { kvCache } from "./kv_cache.ts";
import { magnitude } from "./magnitude.ts";
import type { Method } from "./method.ts";
import { mxfp4 } from "./mxfp4.ts";
import { nvfp4 } from "./nvfp4.ts";
import { rtn } from "./rtn.ts";
import { settingsOf } from "./settings.ts";
import { smoothquant } from "./smoothquant.ts";
import { sparsegpt } from "./sparsegpt.ts";
import { wanda } from "./wanda.ts";

const PRUNING: Method[] = [magnitude, wanda, sparsegpt];
const QUANTIZATION: Method[] = [rtn, gptq, awq, smoothquant, fp8, mxfp4, nvfp4];
/** The steps in the only order in which they make sense; of each kind there is at most one. */
const KINDS = [PRUNING, QUANTIZATION, [kvCache] as Method[]];
const METHODS = KINDS.flat();

/** Settings of a pipeline. */
export type PipelineSettings = {
  /** Methods by name, each with its settings. */
  steps: ({ name: string } & JsonObject)[];
};

type Option = z.ZodObject<{ name: z.ZodLiteral<string> }>;
const options = METHODS.map((method) =>
  (method.settings as z.ZodObject).safeExtend({ name: z.literal(method.name) }) as unknown as Option
);

/** Methods one after another. */
export const pipeline: Method<PipelineSettings> = {
  name: "pipeline",
  source: "Frantar and Alistarh 2023, arXiv:2301.00774, section 3.5",
  settings: settingsOf("pipeline", {
    steps: z.array(z.discriminatedUnion("name", options as [Option, ...Option[]])).min(2, {
      error: "a pipeline has at least two steps; give a single one as a method",
    }).refine(inOrder, {
      error: "steps go in this order, at most one of a kind: " +
        KINDS.map((kind) => kind.map(({ name }) => name).join(" or ")).join("; then "),
    }),
  }) as unknown as z.ZodType<PipelineSettings>,
  needsCalibration: (settings) =>
    parts(settings).some(([method, own]) => method.needsCalibration(own)),
  title: (settings) => parts(settings).map(([method, own]) => method.title(own)).join(" + "),
  id: (settings) =>
    `pipeline-${parts(settings).map(([method, own]) => method.id(own)).join("-then-")}`,
  recipe: (settings) => parts(settings).flatMap(([method, own]) => method.recipe(own)),
  expect(settings) {
    const [[first, own]] = parts(settings) as [[Method, JsonObject]];
    const expected = first.expect(own);
    // Rounding makes more zeros.
    return expected && PRUNING.includes(first) ? { ...expected, atLeast: true } : null;
  },
  quantizes: true,
  weightBits: (settings) =>
    Math.min(...parts(settings).map(([method, own]) => method.weightBits(own))),
  engineHasKernel: (settings, device) =>
    parts(settings).every(([method, own]) => method.engineHasKernel(own, device)),
};

function inOrder(steps: { name: string }[]): boolean {
  const kinds = steps.map(({ name }) =>
    KINDS.findIndex((kind) => kind.some((method) => method.name === name))
  );
  return kinds.every((kind, index) => index === 0 || kind > kinds[index - 1]!);
}

function parts({ steps }: PipelineSettings): [Method, JsonObject][] {
  return steps.map(({ name, ...own }) => [METHODS.find((method) => method.name === name)!, own]);
}
