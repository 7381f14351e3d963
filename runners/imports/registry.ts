import { inspect } from "./inspect.ts";
import { lighteval } from "./lighteval.ts";
import { lmEval } from "./lm_eval.ts";
import { nemoEvaluator } from "./nemo_evaluator.ts";
import type { ResultFormat } from "./result_format.ts";

/** Every format, by name. */
export const FORMATS: Record<string, ResultFormat> = {
  lm_eval: lmEval,
  inspect,
  lighteval,
  nemo_evaluator: nemoEvaluator,
};
