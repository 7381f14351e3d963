/**
 * The reason, retrieve and understand abilities: thought, name and arguments of the next call, after
 * none or some of the calls that the request needs.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { drawFrom, type Split, splitOf } from "../suite.ts";
import type { Tool } from "./catalogue.ts";
import { type Call, renderCall, renderJson } from "./render.ts";
import { callOf, drawSteps, type Step } from "./steps.ts";
import type { Turn } from "./turn.ts";
import { request, success, thought } from "./wording.ts";

/** What is asked of the next call. */
export type Part = "reason_str" | "retrieve_str" | "understand_str" | "rru_json";

/** Numbers of steps, drawn equally often. */
const STEPS = [1, 1, 2, 2, 2, 3];

/** A request for 1 to 3 of the tools, what was done so far, and the question for the next call. */
export function drawNextCall(
  random: Random,
  split: Split,
  tools: readonly Tool[],
  part: Part,
): Turn {
  const draw = () => {
    const steps = drawSteps(random, split, random.sample(tools, random.pick(STEPS)));
    return { steps, next: random.integer(0, steps.length - 1) };
  };
  const { steps, next } = drawFrom(
    split,
    draw,
    ({ steps, next }) => renderCall(callOf(steps, next)),
    ({ steps, next }) =>
      steps.slice(0, next).every((_, i) => splitOf(renderCall(callOf(steps, i))) === split),
  );
  const call = callOf(steps, next);
  const gold = { thought: thought(steps[next]!), name: call.name, args: call.args };
  const { instruction, answer } = ask(part, gold);
  return {
    prompt: [request(random, steps), ...history(random, steps, next), instruction].join("\n"),
    answer,
    instance: renderCall(call),
    fields: {
      ground_truth: part === "understand_str" ? { ...gold, args: answer } : gold,
      meta_data: { response_format: part === "rru_json" ? "json" : "str" },
    },
  };
}

function history(random: Random, steps: readonly Step[], next: number): string[] {
  return steps.slice(0, next).flatMap(({ tool, result }, i) => [
    `Call: ${renderCall(callOf(steps, i))}`,
    `Result: ${success(random, tool, result)}`,
  ]);
}

function ask(part: Part, gold: Call & { thought: string }) {
  switch (part) {
    case "reason_str":
      return { instruction: "Say the next thought.", answer: gold.thought };
    case "retrieve_str":
      return { instruction: "Say the name of the next tool.", answer: gold.name };
    case "understand_str":
      return {
        instruction: `Say the args of the next tool, ${gold.name}.`,
        answer: renderJson(gold.args),
      };
    case "rru_json":
      return {
        instruction: "Say the next thought, name and args as JSON.",
        answer: renderJson(gold),
      };
  }
}
