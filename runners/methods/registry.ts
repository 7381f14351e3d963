/**
 * All compression methods by name.
 *
 * @module
 */
import { awq } from "./awq.ts";
import { checkpoint } from "./checkpoint.ts";
import { distilled } from "./distilled.ts";
import { fp8 } from "./fp8.ts";
import { gptq } from "./gptq.ts";
import { kvCache } from "./kv_cache.ts";
import { magnitude } from "./magnitude.ts";
import type { Method } from "./method.ts";
import { mxfp4 } from "./mxfp4.ts";
import { none } from "./none.ts";
import { nvfp4 } from "./nvfp4.ts";
import { pipeline } from "./pipeline.ts";
import { rtn } from "./rtn.ts";
import { served } from "./served.ts";
import { smoothquant } from "./smoothquant.ts";
import { sparsegpt } from "./sparsegpt.ts";
import { untrained } from "./untrained.ts";
import { wanda } from "./wanda.ts";

/** A new method is one line here. */
export const METHODS: Record<string, Method> = {
  none,
  rtn,
  gptq,
  awq,
  smoothquant,
  wanda,
  sparsegpt,
  magnitude,
  fp8,
  mxfp4,
  nvfp4,
  kv_cache: kvCache,
  pipeline,
  checkpoint,
  distilled,
  untrained,
  served,
};
