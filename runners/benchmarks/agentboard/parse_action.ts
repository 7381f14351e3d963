/**
 * How AgentBoard reads actions from a model's answer.
 *
 * @module
 */
import { linearPattern } from "../../scoring/linear_pattern.ts";
import { parsePythonLiteral } from "../../scoring/python_literal.ts";
import { strip, stripCharacters } from "../../scoring/python_text.ts";
import { PythonError, type PythonValue } from "../../scoring/python_value.ts";
import { NoScore } from "../../scoring/score_context.ts";

const TOOL_ACTION = linearPattern(
  String.raw`\AAction:\s*(.*?)\s*with\s*Action Input:\s*(.*?)$`,
);
const ANY_ACTION = linearPattern(String.raw`\s*(.*?)\s*with\s*Action Input:\s*(.*?)$`);

/** Longer answers hold no action. */
const MAX_SEARCHED = 100_000;

/** Name and input of `… with Action Input: …`, as texts; nulls when there is none. */
export function extractAction(answer: string): [string, string] | [null, null] {
  const groups = search(ANY_ACTION, answer);
  return groups === null ? [null, null] : [groups[0]!, groups[1]!];
}

/**
 * Name and parameters of `Action: X with Action Input: {…}`; null when the text is anything else.
 *
 * Upstream evaluates the parameters as Python code; here they must be a literal.
 *
 * @throws {NoScore} For parameters that cannot be read, where upstream raises.
 */
export function parseToolAction(action: string): [string, PythonValue] | null {
  const groups = search(TOOL_ACTION, action);
  if (groups === null) return null;
  try {
    return [groups[0]!, parsePythonLiteral(groups[1]!)];
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    throw new NoScore("parameters in the action input are not valid");
  }
}

function search(pattern: ReturnType<typeof linearPattern>, text: string): string[] | null {
  if (!text.includes("Action Input:") || text.length > MAX_SEARCHED) return null;
  return pattern.findAll(text, 1)[0]?.groups.map((group) => group ?? "") ?? null;
}

/**
 * The action in a chatty answer (`action_parser_for_special_llms`).
 *
 * @throws {NoScore} Where upstream raises: "next action" after a line that ends in "action:".
 */
export function parseChattyAction(answer: string): string {
  let action = findAction(answer);
  if (strip(action) === "") action = answer.split("\n")[0]!;
  return stripCharacters(strip(action), "'/").split("\n")[0]!;
}

function findAction(answer: string): string {
  if (!answer.toLowerCase().includes("action")) return answer;
  let action = answer;
  const lines = answer.split("\n");
  let overwritten = false; // upstream reuses the name of its list of lines
  for (const line of lines) {
    if (line.includes("next action") && line.includes(":")) {
      if (overwritten) throw new NoScore("upstream raises: the list of lines was overwritten");
      action = lines.slice(lines.indexOf(line) + 1).find((next) => next !== "") ?? action;
    }
    if (line.split(":")[0]!.toLowerCase().endsWith("with action input")) return line;
    if (!line.toLowerCase().includes("action")) continue;
    for (const separator of [":", "is to"]) {
      if (!line.includes(separator)) continue;
      const pieces = line.split(separator);
      const rest = separator === ":" ? pieces.slice(1).join(":") : pieces[1]!;
      if (rest !== "") return rest;
      overwritten = true;
    }
  }
  return action;
}

/** Jericho: an action up to its first comma or full stop, and of at most 20 words. */
export function shortenJerichoAction(action: string): string {
  return action.split(",")[0]!.split(".")[0]!.split(" ").slice(0, 20).join(" ");
}
