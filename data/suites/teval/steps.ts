/**
 * What a user wants: one step or several, where a step may use what an earlier one found.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { drawFrom, type Split } from "../suite.ts";
import { CATALOGUE, findsSomething, takesText, TEXT, type Tool, type Value } from "./catalogue.ts";
import { type Call, renderCall } from "./render.ts";

/** A call that is wanted. */
export interface Step {
  tool: Tool;
  /** Values in the order of the parameters; the text is "" where it is an earlier step's result. */
  args: Record<string, Value>;
  /** The step whose result is the text, or null. It is always the last before that finds something. */
  uses: number | null;
  /** What the tool would find, or "". */
  result: string;
}

/** Of ten texts that could be an earlier result, so many are. */
const USES_OF_TEN = 8;

const FINDERS = CATALOGUE.filter(findsSomething);
const TAKERS = CATALOGUE.filter(takesText);

/** Random tools in random order; one of them finds something and another takes a text. */
export function drawTools(random: Random, count: number): Tool[] {
  const finder = random.pick(FINDERS);
  const taker = random.pick(TAKERS);
  const others = CATALOGUE.filter((tool) => tool !== finder && tool !== taker);
  return random.sample([finder, taker, ...random.sample(others, count - 2)], count);
}

/**
 * Steps that call the tools, in their order.
 *
 * @param split Of each call whose text is given; a call with a found text is known only later.
 */
export function drawSteps(random: Random, split: Split, tools: readonly Tool[]): Step[] {
  let found: number | null = null;
  return tools.map((tool, i): Step => {
    const uses = takesText(tool) && found !== null && random.integer(1, 10) <= USES_OF_TEN
      ? found
      : null;
    if (findsSomething(tool)) found = i;
    const result = findsSomething(tool) ? random.pick(tool.results) : "";
    const draw = () => drawArgs(random, tool, uses !== null);
    const args = uses === null
      ? drawFrom(split, draw, (drawn) => renderCall({ name: tool.name, args: drawn }), areDifferent)
      : draw();
    return { tool, args, uses, result };
  });
}

/** The call of a step, its text as found by the step that it uses. */
export function callOf(steps: readonly Step[], index: number): Call {
  const { tool, args, uses } = steps[index]!;
  return uses === null
    ? { name: tool.name, args }
    : { name: tool.name, args: { ...args, [TEXT]: steps[uses]!.result } };
}

/** The calls before any is made: a text that is still to be found is called `result 0`. */
export function planOf(steps: readonly Step[]): Call[] {
  return steps.map(({ tool, args, uses }) => ({
    name: tool.name,
    args: uses === null ? args : { ...args, [TEXT]: `result ${uses}` },
  }));
}

function drawArgs(random: Random, tool: Tool, found: boolean): Record<string, Value> {
  return Object.fromEntries(
    tool.parameters.map((p) => [p.name, found && p.name === TEXT ? "" : random.pick(p.values)]),
  );
}

/** Nobody goes from Oslo to Oslo, and no value could be taken for another. */
function areDifferent(args: Record<string, Value>): boolean {
  return new Set(Object.values(args)).size === Object.keys(args).length;
}
