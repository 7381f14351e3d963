/**
 * The review ability: a call was made; did it succeed, and if not, why?
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Split } from "../suite.ts";
import type { Tool } from "./catalogue.ts";
import { judged, type Verdict, VERDICTS } from "./judged.ts";
import { renderCall } from "./render.ts";
import { callOf, drawSteps } from "./steps.ts";
import type { Turn } from "./turn.ts";
import { request } from "./wording.ts";

const OPTIONS = Object.entries(VERDICTS).map(([letter, text]) => `${letter}: ${text}`).join(", ");

/** A request, the call that was made for it, and the tool's answer. */
export function drawReview(random: Random, split: Split, tools: readonly Tool[]): Turn {
  const steps = drawSteps(random, split, [random.pick(tools)]);
  const verdict = random.pick(Object.keys(VERDICTS) as Verdict[]);
  const { call, said } = judged(random, steps[0]!, verdict);
  return {
    prompt: `${request(random, steps)}\nCall: ${renderCall(call)}\nResult: ${said}\n` +
      `Judge the result. ${OPTIONS}`,
    answer: verdict,
    instance: renderCall(callOf(steps, 0)),
    fields: {
      template: {},
      ground_truth: { answer: verdict },
      meta_data: { response_format: "str" },
    },
  };
}
