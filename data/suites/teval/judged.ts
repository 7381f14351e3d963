/**
 * A call with what the tool said to it, for the review ability.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { CATALOGUE, type Tool } from "./catalogue.ts";
import type { Call } from "./render.ts";
import type { Step } from "./steps.ts";
import { fill, success } from "./wording.ts";

/** The benchmark's letters. */
export const VERDICTS = {
  A: "success",
  B: "internal error",
  C: "input error",
  D: "irrelevant answer",
  E: "cannot be done",
} as const;

/** One of the letters. */
export type Verdict = keyof typeof VERDICTS;

const INTERNAL_ERRORS = [
  "server error",
  "the server is down",
  "the tool broke down",
  "error, try again later",
];
const MISSING = ["{parameter} is missing", "there is no {parameter}"];
const EMPTY = ["{parameter} is empty", "bad {parameter}"];
const REFUSALS = [
  "sorry, I cannot do that",
  "sorry, nothing is left",
  "this is not possible",
  "you may not do that",
];

/**
 * What happened when a call was made.
 *
 * @param step The call that is wanted. With verdict C, an argument is missing or empty.
 * @returns The call that was made, and the tool's answer.
 */
export function judged(random: Random, step: Step, verdict: Verdict): { call: Call; said: string } {
  const call = { name: step.tool.name, args: step.args };
  switch (verdict) {
    case "A":
      return { call, said: success(random, step.tool, step.result) };
    case "B":
      return { call, said: random.pick(INTERNAL_ERRORS) };
    case "C":
      return wrongInput(random, call);
    case "D":
      return { call, said: answerOfAnother(random, step.tool) };
    case "E":
      return { call, said: random.pick(REFUSALS) };
  }
}

function wrongInput(random: Random, { name, args }: Call): { call: Call; said: string } {
  const parameter = random.pick(Object.keys(args));
  if (random.integer(0, 1) === 0) {
    const { [parameter]: _, ...left } = args;
    return { call: { name, args: left }, said: fill(random.pick(MISSING), { parameter }) };
  }
  const call = { name, args: { ...args, [parameter]: "" } };
  return { call, said: fill(random.pick(EMPTY), { parameter }) };
}

function answerOfAnother(random: Random, tool: Tool): string {
  const other = random.pick(CATALOGUE.filter((candidate) => candidate !== tool));
  return success(random, other, other.results.length > 0 ? random.pick(other.results) : "");
}
