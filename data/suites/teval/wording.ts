/**
 * How users, tools and the agent put things into words.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { TEXT, type Tool, type Value } from "./catalogue.ts";
import type { Step } from "./steps.ts";

const ONE_STEP = ["Please {a}.", "Can you {a}?", "I want you to {a}."];

/** Two steps: {a} comes before {b} in time. */
const TWO_STEPS = [
  "Please {a}, then {b}.",
  "First {a} and then {b}.",
  "I want you to {a} and then {b}.",
  "After you {a}, {b}.",
  "Before you {b}, {a}.",
  "Please {b}, but first {a}.",
];

const FURTHER_STEP = ["Then {a}.", "After that, {a}.", "Next, {a}."];

const SUCCESSES = ["{a}", "ok, {a}", "done, {a}"];

/** A user's request for the steps, in one sentence or several. */
export function request(random: Random, steps: readonly Step[]): string {
  const clauses = steps.map((step) => clause(step, random.pick(step.tool.clauses)));
  const [a, b, ...rest] = clauses as [string, ...string[]];
  const start = b === undefined
    ? fill(random.pick(ONE_STEP), { a })
    : fill(random.pick(TWO_STEPS), { a, b });
  return [start, ...rest.map((c) => fill(random.pick(FURTHER_STEP), { a: c }))].join(" ");
}

/** What a good agent thinks before it makes the call of the step. */
export function thought(step: Step): string {
  return `I should ${clause(step, step.tool.clauses[0])}, so I use ${step.tool.name}.`;
}

/** What a tool says after a success. */
export function success(random: Random, tool: Tool, result: string): string {
  return fill(random.pick(SUCCESSES), { a: fill(tool.outcome, { result }) });
}

/** Puts the values into a template's `{names}`. */
export function fill(template: string, values: Record<string, Value>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

function clause({ tool, args, uses }: Step, template: string): string {
  const text = uses === null ? `the ${args[TEXT]}` : "it";
  return fill(template, tool.parameters[0]?.name === TEXT ? { ...args, [TEXT]: text } : args);
}
