/**
 * The instruct ability: one call, in a form that the prompt prescribes.
 *
 * @module
 */
import type { Random } from "../random.ts";
import type { Split } from "../suite.ts";
import type { Tool } from "./catalogue.ts";
import { renderCall, renderJson } from "./render.ts";
import { callOf, drawSteps } from "./steps.ts";
import type { Turn } from "./turn.ts";
import { request } from "./wording.ts";

/** Names of the answer's fields. */
const JSON_FORMS = [
  { thought: "thought", action: "name", args: "args" },
  { thought: "goal", action: "action", args: "input" },
  { thought: "why", action: "tool", args: "with" },
] as const;

/** What stands before and after each part of the answer. */
const STRING_FORMS = [
  {
    thought_start: "Thought: ",
    thought_end: "\n",
    action_start: "Name: ",
    action_end: "\n",
    args_start: "Args: ",
    args_end: "",
  },
  {
    thought_start: "<why>",
    thought_end: "</why>",
    action_start: "<tool>",
    action_end: "</tool>",
    args_start: "<with>",
    args_end: "</with>",
  },
  {
    thought_start: "Goal: ",
    thought_end: "; ",
    action_start: "Action: ",
    action_end: "; ",
    args_start: "Input: ",
    args_end: ";",
  },
] as const;

type StringForm = (typeof STRING_FORMS)[number];

/** A call wanted as JSON or as a string, of one of the tools. */
export function drawInstruct(
  random: Random,
  split: Split,
  tools: readonly Tool[],
  format: "json" | "string",
): Turn {
  const steps = drawSteps(random, split, [random.pick(tools)]);
  const call = callOf(steps, 0);
  const parts = [steps[0]!.tool.aim, call.name, call.args] as const;
  const { template, form, answer } = format === "json"
    ? inJson(random, ...parts)
    : inString(random, ...parts);
  return {
    prompt: `${request(random, steps)}\nAnswer in this form:\n${form}`,
    answer,
    instance: renderCall(call),
    fields: {
      template,
      ground_truth: { action: call.name, args: call.args },
      meta_data: { response_format: format },
    },
  };
}

function inJson(random: Random, aim: string, name: string, args: Record<string, unknown>) {
  const template = random.pick(JSON_FORMS);
  const { thought, action, args: input } = template;
  const form = `{"${thought}": aim, "${action}": tool, "${input}": values}`;
  return { template, form, answer: renderJson({ [thought]: aim, [action]: name, [input]: args }) };
}

function inString(random: Random, aim: string, name: string, args: Record<string, unknown>) {
  const template = random.pick(STRING_FORMS);
  return {
    template,
    form: fillForm(template, "aim", "tool", "values"),
    answer: fillForm(template, aim, name, renderJson(args)),
  };
}

function fillForm(form: StringForm, thought: string, action: string, args: string): string {
  return form.thought_start + thought + form.thought_end +
    form.action_start + action + form.action_end +
    form.args_start + args + form.args_end;
}
