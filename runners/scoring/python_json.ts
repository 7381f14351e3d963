/**
 * `json.loads` of Python: keeps `1` and `1.0` apart, takes `NaN` and `Infinity`, and has its limits.
 *
 * @module
 */
import { decimalInteger } from "./python_number_literal.ts";
import { type PythonDict, pythonDict, PythonError, type PythonValue } from "./python_value.ts";

/** `json.loads` raises RecursionError a little below its limit of 1,000 frames. */
const MAX_DEPTH = 990;

const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
// deno-lint-ignore no-control-regex
const PLAIN = /[^"\\\x00-\x1f]*/y;
const ESCAPES: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const CONSTANTS: [string, PythonValue][] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
];

interface Source {
  text: string;
  at: number;
  depth: number;
}

/**
 * Reads a JSON document as `json.loads` does.
 *
 * @returns Integers as bigint, other numbers as number, objects as `dict`.
 * @throws {PythonError} Where `json.loads` raises.
 *
 * @example
 * ```ts
 * import { parsePythonJson } from "./python_json.ts";
 * parsePythonJson("[1, 1.0]"); // [1n, 1]
 * ```
 */
export function parsePythonJson(text: string): PythonValue {
  if (text.startsWith("\ufeff")) throw bad("unexpected UTF-8 BOM", 0);
  const source = { text, at: 0, depth: 0 };
  skipBlanks(source);
  const value = readValue(source);
  skipBlanks(source);
  if (source.at !== text.length) throw bad("extra data", source.at);
  return value;
}

function readValue(source: Source): PythonValue {
  const character = source.text[source.at];
  if (character === '"') return readString(source);
  if (character === "{" || character === "[") {
    if (source.depth >= MAX_DEPTH) throw new PythonError("RecursionError", "JSON nested too deep");
    source.depth++;
    const value = character === "{" ? readObject(source) : readArray(source);
    source.depth--;
    return value;
  }
  const digit = source.text.charCodeAt(source.at) - 48;
  if (digit >= 0 && digit <= 9) return readNumber(source);
  for (const [word, value] of CONSTANTS) {
    if (source.text.startsWith(word, source.at)) {
      source.at += word.length;
      return value;
    }
  }
  return readNumber(source);
}

function readNumber(source: Source): PythonValue {
  NUMBER.lastIndex = source.at;
  const match = NUMBER.exec(source.text);
  if (match === null) throw bad("expecting value", source.at);
  source.at += match[0].length;
  const isFloat = match[2] !== undefined || match[3] !== undefined;
  return isFloat ? Number(match[0]) : decimalInteger(match[1]!);
}

function readString(source: Source): string {
  const pieces: string[] = [];
  for (source.at++;;) {
    let character = source.text[source.at];
    if (character !== "\\" && character !== '"') {
      PLAIN.lastIndex = source.at;
      const plain = PLAIN.exec(source.text)![0];
      pieces.push(plain);
      source.at += plain.length;
      character = source.text[source.at];
    }
    if (character === '"') {
      source.at++;
      return pieces.join("");
    }
    if (character !== "\\") {
      throw bad("invalid control character or unterminated string", source.at);
    }
    pieces.push(readEscape(source));
  }
}

function readEscape(source: Source): string {
  const letter = source.text[source.at + 1];
  if (letter === "u") {
    const hex = source.text.slice(source.at + 2, source.at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw bad("invalid \\u escape", source.at);
    source.at += 6;
    return String.fromCharCode(parseInt(hex, 16));
  }
  const value = letter === undefined ? undefined : ESCAPES[letter];
  if (value === undefined) throw bad("invalid \\ escape", source.at);
  source.at += 2;
  return value;
}

function readArray(source: Source): PythonValue[] {
  source.at++;
  const items: PythonValue[] = [];
  if (take(source, "]")) return items;
  for (;;) {
    skipBlanks(source);
    items.push(readValue(source));
    if (take(source, "]")) return items;
    if (!take(source, ",")) throw bad("expecting ',' delimiter", source.at);
  }
}

function readObject(source: Source): PythonDict {
  source.at++;
  const pairs: [string, PythonValue][] = [];
  if (take(source, "}")) return pythonDict(pairs);
  for (;;) {
    skipBlanks(source);
    if (source.text[source.at] !== '"') throw bad("expecting property name", source.at);
    const key = readString(source);
    if (!take(source, ":")) throw bad("expecting ':' delimiter", source.at);
    skipBlanks(source);
    pairs.push([key, readValue(source)]);
    if (take(source, "}")) return pythonDict(pairs);
    if (!take(source, ",")) throw bad("expecting ',' delimiter", source.at);
  }
}

function take(source: Source, character: string): boolean {
  skipBlanks(source);
  if (source.text[source.at] !== character) return false;
  source.at++;
  return true;
}

function skipBlanks(source: Source): void {
  while (" \t\n\r".includes(source.text[source.at] ?? "x")) source.at++;
}

function bad(message: string, at: number): PythonError {
  return new PythonError("JSONDecodeError", `${message} at character ${at}`);
}

/** Writes a value so that {@linkcode parsePythonJson} reads it back, `1` and `1.0` apart. */
export function pythonJsonText(value: PythonValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return floatText(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonJsonText).join(", ")}]`;
  if (value.kind !== "dict") throw new PythonError("TypeError", `no JSON for a ${value.kind}`);
  const pairs = [...value.entries.values()].map(([key, item]) =>
    `${JSON.stringify(key)}: ${pythonJsonText(item)}`
  );
  return `{${pairs.join(", ")}}`;
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
