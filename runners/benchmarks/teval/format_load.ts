/**
 * How T-Eval (open-compass/T-Eval 58f2240) cuts and reads a prediction.
 *
 * @module
 */
import { parsePythonJson } from "../../scoring/python_json.ts";
import { parsePythonLiteral } from "../../scoring/python_literal.ts";
import { strip, stripCharacters } from "../../scoring/python_text.ts";
import { PythonError, type PythonValue } from "../../scoring/python_value.ts";

const SPECIAL_TOKENS = [
  "<eoa>",
  "<TOKENS_UNUSED_1>",
  "<|im_end|>",
  "\nuser",
  "\nassistant",
  "\nUSER",
  "[INST]",
  "<|user|>",
];
const FENCE = "```json";

/** Cuts an answer where the next turn begins and takes off a code fence. */
export function splitSpecialTokens(text: string): string {
  let kept = text;
  for (const token of SPECIAL_TOKENS) kept = kept.split(token, 1)[0]!;
  kept = strip(kept);
  if (kept.startsWith(FENCE)) kept = kept.slice(FENCE.length);
  return strip(stripCharacters(kept, "`"));
}

/**
 * Reads a prediction as a Python literal, else as JSON, else as JSON with `'` for `"`.
 *
 * @param raw A text; any other value is taken as already read.
 * @param start Character from which the text counts; where it is missing, upstream keeps only the
 *   last character.
 * @param end Character up to which the text counts; where it is missing, nothing is left.
 * @throws {PythonError} When none of the three reads it.
 */
export function formatLoad(raw: PythonValue, start = "", end = ""): PythonValue {
  if (typeof raw !== "string") return raw;
  const text = slice(raw, start, end);
  const readers = [
    () => parsePythonLiteral(text),
    () => parsePythonJson(text),
    () => parsePythonJson(text.replaceAll("'", '"')),
  ];
  for (const read of readers) {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
    }
  }
  throw new PythonError("Exception", "Cannot parse raw data");
}

function slice(raw: string, start: string, end: string): string {
  let text = raw;
  const fence = text.indexOf(FENCE);
  if (fence !== -1) text = stripCharacters(text.slice(fence + FENCE.length), "`");
  if (start !== "") {
    const at = text.indexOf(start);
    text = at === -1 ? Array.from(text.slice(-2)).at(-1) ?? "" : text.slice(at);
  }
  if (end !== "") text = text.slice(0, text.lastIndexOf(end) + end.length);
  return text;
}
