/**
 * T-Eval's reason, retrieve and understand abilities: thought, name and arguments of one call.
 *
 * @module
 */
import { pythonStr } from "../../scoring/python_repr.ts";
import { stripCharacters } from "../../scoring/python_text.ts";
import {
  isDict,
  lookUp,
  type PythonDict,
  pythonDict,
  PythonError,
  type PythonValue,
} from "../../scoring/python_value.ts";
import type { ScorerMode, Similarity } from "../../scoring/score_context.ts";
import { formatLoad } from "./format_load.ts";

/** What was read of an answer; a part that it lacks is absent. */
export interface Thinking {
  thought?: string;
  name?: string;
  args?: PythonDict | string;
}

/** Which part a string answer is. */
export type StringPart = "thought" | "name" | "args";

/** Scores by part, and whether the answer was read. */
export interface ThinkingScore {
  thought?: number;
  name?: number;
  args?: number;
  parse_rate: number;
}

/**
 * Reads `{thought, name, args}`; null when it is no mapping.
 *
 * @param textArgs Whether `args` is kept as Python prints it (string prompts) or as a mapping.
 */
export function readThinking(data: PythonValue, textArgs: boolean): Required<Thinking> | null {
  let loaded: PythonValue;
  try {
    loaded = formatLoad(data, "{", "}");
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
  if (!isDict(loaded)) return null;
  const args = lookUp(loaded, "args");
  return {
    thought: printed(loaded, "thought"),
    name: printed(loaded, "name"),
    args: textArgs ? printed(loaded, "args") : isDict(args) ? args : pythonDict(),
  };
}

function printed(dict: PythonDict, key: string): string {
  const value = lookUp(dict, key);
  try {
    return value === undefined ? "" : pythonStr(value);
  } catch (error) {
    if (error instanceof PythonError) return "";
    throw error;
  }
}

/** Scores all three parts of an answer in JSON. */
export function scoreThinkingJson(
  prediction: PythonValue,
  goldData: PythonValue,
  similarity: Similarity,
  mode: ScorerMode,
): Required<ThinkingScore> {
  const gold = readThinking(goldData, false);
  const answer = readThinking(prediction, false);
  if (gold === null || answer === null) return { thought: 0, name: 0, args: 0, parse_rate: 0 };
  return {
    thought: clip(similarity(answer.thought, gold.thought), mode),
    name: answer.name === gold.name ? 1 : 0,
    args: scoreArgs(answer.args as PythonDict, gold.args as PythonDict, mode),
    parse_rate: 1,
  };
}

/** Scores one part, given as text. */
export function scoreThinkingText(
  part: StringPart,
  prediction: string,
  goldData: PythonValue,
  similarity: Similarity,
  mode: ScorerMode,
): ThinkingScore {
  const gold = readThinking(goldData, true);
  if (gold === null) return { [part]: 0, parse_rate: 1 };
  if (part === "thought") {
    return { thought: clip(similarity(prediction, gold.thought), mode), parse_rate: 1 };
  }
  if (part === "name") return { name: scoreName(prediction, gold.name, mode), parse_rate: 1 };
  return { args: scoreArgsText(prediction, gold.args as string, mode), parse_rate: 1 };
}

/** Rounding carries a cosine to 1.0000001; `fixed` cuts it at 1. */
function clip(similarity: number, mode: ScorerMode): number {
  const value = Math.max(similarity, 0);
  return mode === "fixed" ? Math.min(value, 1) : value;
}

/** `\w+\.\w+`; that it starts where a word starts changes nothing but the time. */
const DOTTED = /(?<![\p{L}\p{N}_])[\p{L}\p{N}_]+\.[\p{L}\p{N}_]+/gu;
/** Names only, of any number of parts: "3.5" is none. */
const NAMES = /(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)+/gu;

/** The gold name stands in the answer, and no other name does. */
function scoreName(prediction: string, gold: string, mode: ScorerMode): number {
  if (mode === "fixed" && prediction.trim() === gold) return 1;
  if (!prediction.includes(gold)) return 0;
  const found: string[] = prediction.match(mode === "fixed" ? NAMES : DOTTED) ?? [];
  if (prediction.includes("FinishAction")) found.push("FinishAction");
  return found.every((name) => name === gold) ? 1 : 0;
}

function scoreArgsText(prediction: string, gold: string, mode: ScorerMode): number {
  const bare = (text: string) => stripCharacters(stripCharacters(text, "'"), '"');
  if (mode === "fixed") return bare(prediction.trim()) === bare(gold.trim()) ? 1 : 0;
  return bare(prediction) === gold ? 1 : 0;
}

/** Share of the gold arguments whose printed values agree; upstream adds 1e-5 to their number. */
function scoreArgs(args: PythonDict, gold: PythonDict, mode: ScorerMode): number {
  if (gold.entries.size === 0) return args.entries.size === 0 ? 1 : 0;
  let right = 0;
  for (const [key, [, value]] of gold.entries) {
    const found = args.entries.get(key)?.[1];
    if (found !== undefined && pythonStr(found) === pythonStr(value)) right++;
  }
  return right / (gold.entries.size + (mode === "upstream" ? 1e-5 : 0));
}
