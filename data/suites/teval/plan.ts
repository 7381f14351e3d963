/**
 * The plan ability: all the calls that a request needs, in order, before any is made.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { drawFrom, type Split } from "../suite.ts";
import type { Tool } from "./catalogue.ts";
import { renderCall, renderJson } from "./render.ts";
import { drawSteps, planOf, type Step } from "./steps.ts";
import type { Turn } from "./turn.ts";
import { request } from "./wording.ts";

const MOST_STEPS = 4;

/** A request for 2 to 4 of the tools, where one step at least uses what another found. */
export function drawPlan(
  random: Random,
  split: Split,
  tools: readonly Tool[],
  format: "json" | "str",
): Turn {
  const draw = () => {
    const count = random.integer(2, Math.min(MOST_STEPS, tools.length));
    return drawSteps(random, split, random.sample(tools, count));
  };
  const dependent = (steps: Step[]) => steps.some(({ uses }) => uses !== null);
  const steps = drawFrom(split, draw, instanceOf, dependent);
  const calls = planOf(steps);
  const lines = calls.map(renderCall);
  const plan = calls.map(({ name, args }, id) => ({ id, name, args }));
  return {
    prompt: `${request(random, steps)}\nPlan the calls as ${format === "json" ? "JSON" : "text"}.`,
    answer: format === "json" ? renderJson(plan) : lines.join("\n"),
    instance: instanceOf(steps),
    fields: {
      // The scorer compares a line of a plan in text with the arguments of a step.
      ground_truth: format === "json" ? plan : plan.map((s, i) => ({ ...s, args: lines[i]! })),
      meta: { API_list: tools.map(({ name }) => name) },
    },
  };
}

function instanceOf(steps: readonly Step[]): string {
  return planOf(steps).map(renderCall).join("; ");
}
