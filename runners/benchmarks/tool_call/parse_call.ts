/**
 * Calls of tools, as models write them.
 *
 * @module
 */

/** A call of a tool. */
export interface Call {
  name: string;
  args: Record<string, string | number>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): value is string | number =>
  typeof value === "string" || typeof value === "number";

/** Reads `{"name": …, "args": {…}}`; null when the text is anything else. */
export function parseJsonCall(text: string): Call | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value.name !== "string" || !isRecord(value.args)) return null;
  if (!Object.values(value.args).every(isScalar)) return null;
  return { name: value.name, args: value.args as Call["args"] };
}

// A JSON string or a JSON number; neither alternative can match the same text in two ways.
const VALUE = String.raw`"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?`;
const ARGUMENT = new RegExp(String.raw`\s*(\w+)\s*=\s*(${VALUE})\s*(,|$)`, "y");

/** Reads `name(key="text", key=3)`, texts quoted as in JSON; null when the text is anything else. */
export function parseStringCall(text: string): Call | null {
  const match = /^\s*(\w+)\(([^]*)\)\s*$/.exec(text);
  if (!match) return null;
  const [, name, inside] = match as unknown as [string, string, string];
  const args: Call["args"] = {};
  let at = 0;
  while (at < inside.length) {
    ARGUMENT.lastIndex = at;
    const argument = ARGUMENT.exec(inside);
    if (!argument) return inside.trim() === "" ? { name, args } : null;
    const [, key, value, comma] = argument as unknown as [string, string, string, string];
    try {
      args[key] = JSON.parse(value);
    } catch {
      return null;
    }
    at = ARGUMENT.lastIndex;
    if (comma === "," && at === inside.length) return null;
  }
  return { name, args };
}
