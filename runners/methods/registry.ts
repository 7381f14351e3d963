/**
 * All compression methods by name.
 *
 * @module
 */
import { awq } from "./awq.ts";
import { gptq } from "./gptq.ts";
import { magnitude } from "./magnitude.ts";
import type { Method } from "./method.ts";
import { none } from "./none.ts";
import { rtn } from "./rtn.ts";
import { smoothquant } from "./smoothquant.ts";
import { sparsegpt } from "./sparsegpt.ts";
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
};
