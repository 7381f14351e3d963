/**
 * T-Eval's instruct ability: the format of one call and its arguments.
 *
 * @module
 */
import { parsePythonLiteral } from "../../scoring/python_literal.ts";
import { strip } from "../../scoring/python_text.ts";
import {
  isDict,
  lookUp,
  type PythonDict,
  pythonDict,
  pythonEquals,
  PythonError,
  type PythonValue,
} from "../../scoring/python_value.ts";
import type { ScorerMode } from "../../scoring/score_context.ts";
import { formatLoad } from "./format_load.ts";
import { parseStringAnswer, type StringTemplate } from "./parse_template.ts";

/** Format followed (0 or 1) and share of name and gold arguments that are right. */
export interface InstructScore {
  format: number;
  args: number;
}

/** A call as read from an answer; `args` is null when it was no mapping. */
interface Call {
  action: PythonValue;
  args: PythonDict | null;
}

/**
 * Scores an answer in JSON.
 *
 * @param template Names of the answer's fields: `thought`, `action`, `args`.
 * @param gold A dict with `action` and `args`.
 */
export function scoreInstructJson(
  prediction: PythonValue,
  template: PythonDict,
  gold: PythonDict,
  mode: ScorerMode,
): InstructScore {
  return scoreCall(readJsonCall(prediction, template), gold, mode);
}

/** Scores an answer in the string template. @throws {NoScore} Where upstream raises. */
export function scoreInstructString(
  prediction: string,
  template: StringTemplate,
  gold: PythonDict,
  mode: ScorerMode,
): InstructScore {
  const answer = parseStringAnswer(template, prediction, mode);
  if (answer === null) return scoreCall(null, gold, mode);
  return scoreCall({ action: strip(answer.action), args: readArgs(answer.args) }, gold, mode);
}

function readJsonCall(prediction: PythonValue, template: PythonDict): Call | null {
  let loaded: PythonValue;
  try {
    loaded = formatLoad(prediction);
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
  if (!isDict(loaded)) return null;
  const fields = ["thought", "action", "args"].map((role) =>
    lookUp(loaded, lookUp(template, role) as string)
  );
  const [thought, action, args] = fields;
  if (thought === undefined || action === undefined || args === undefined) return null;
  return { action, args: isDict(args) ? args : null };
}

function readArgs(text: string): PythonDict | null {
  try {
    const value = parsePythonLiteral(strip(text));
    return isDict(value) ? value : null;
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}

/** Upstream reads arguments that are no mapping as none, and a missing argument as an empty text. */
function scoreCall(call: Call | null, gold: PythonDict, mode: ScorerMode): InstructScore {
  if (call === null) return { format: 0, args: 0 };
  if (mode === "fixed" && call.args === null) return { format: 0, args: 0 };
  const goldArgs = lookUp(gold, "args") as PythonDict;
  const args = call.args ?? pythonDict();
  let right = pythonEquals(lookUp(gold, "action")!, call.action) ? 1 : 0;
  for (const [key, [, value]] of goldArgs.entries) {
    const missing = mode === "fixed" ? undefined : "";
    const found = args.entries.has(key) ? args.entries.get(key)![1] : missing;
    if (found !== undefined && pythonEquals(found, value)) right++;
  }
  return { format: 1, args: right / (goldArgs.entries.size + 1) };
}
