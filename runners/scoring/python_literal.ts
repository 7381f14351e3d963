/**
 * `ast.literal_eval` of CPython 3.11 for untrusted text.
 *
 * Accepts exactly what it accepts: one expression of numbers, strings, bytes, tuples, lists, dicts,
 * sets, `True`, `False`, `None`, `...`, signs and `a+bj`. Known differences: `\N{name}` escapes are
 * refused (no table of names), a set keeps insertion order, and an escaped surrogate pair becomes one
 * character.
 *
 * @module
 */
import { lookingAtNumber, readNumber } from "./python_number_literal.ts";
import { readString, stringStart } from "./python_string_literal.ts";
import { hasLoneSurrogate } from "./python_text.ts";
import { hashKey, type PythonComplex, pythonDict, PythonError } from "./python_value.ts";
import type { PythonValue } from "./python_value.ts";

/** The tokenizer of CPython refuses more open brackets than this. */
const MAX_BRACKETS = 200;

interface Source {
  text: string;
  at: number;
  brackets: number;
}

/** A value and what made it, since `1`, `-1` and `1+2j` may stand in different places. */
interface Node {
  value: PythonValue;
  form: "number" | "signed" | "other";
}

/**
 * Reads one Python literal.
 *
 * @param text Source text of one expression.
 * @returns Its value.
 * @throws {PythonError} Where `ast.literal_eval` raises.
 *
 * @example
 * ```ts
 * import { parsePythonLiteral } from "./python_literal.ts";
 * parsePythonLiteral("[1, 1.0, True]"); // [1n, 1, true]
 * ```
 */
export function parsePythonLiteral(text: string): PythonValue {
  if (text.includes("\0")) throw syntaxError("source code string cannot contain null bytes");
  if (hasLoneSurrogate(text)) {
    throw new PythonError("UnicodeEncodeError", "surrogates not allowed");
  }
  const source = { text: text.replace(/^[ \t]+/, "").replace(/\r\n?/g, "\n"), at: 0, brackets: 0 };
  skipLines(source);
  const value = readTop(source);
  skipBlanks(source);
  if (source.at < source.text.length) {
    if (source.text[source.at] !== "\n") throw unexpected(source);
    source.at++;
    skipLines(source);
    if (source.at < source.text.length) throw unexpected(source);
  }
  return value;
}

function readTop(source: Source): PythonValue {
  const first = readExpression(source);
  if (!take(source, ",")) return first;
  const items = [first];
  while (startsValue(source)) {
    items.push(readExpression(source));
    if (!take(source, ",")) break;
  }
  return { kind: "tuple", items };
}

function startsValue(source: Source): boolean {
  skipBlanks(source);
  const character = source.text[source.at];
  return character !== undefined && !"\n)]},:".includes(character);
}

/** `atom`, `-atom`, or a real number plus or minus an imaginary one. */
function readExpression(source: Source): PythonValue {
  return readNode(source).value;
}

function readNode(source: Source): Node {
  skipBlanks(source);
  let left: Node;
  const sign = source.text[source.at];
  if (sign === "-" || sign === "+") {
    source.at++;
    const operand = readAtom(source);
    if (operand.form !== "number") throw malformed("a sign before something that is no number");
    left = { value: sign === "-" ? negate(operand.value) : operand.value, form: "signed" };
  } else {
    left = readAtom(source);
  }
  skipBlanks(source);
  const operator = source.text[source.at];
  if (operator !== "+" && operator !== "-") return left;
  source.at++;
  const right = readAtom(source);
  if (left.form === "other" || typeof left.value === "object" || right.form !== "number") {
    throw malformed("an operation other than a real plus an imaginary number");
  }
  if (typeof right.value !== "object") throw malformed("a sum of real numbers");
  const imaginary = (right.value as PythonComplex).imaginary;
  const real = Number(left.value as bigint | number);
  if (typeof left.value === "bigint" && !Number.isFinite(real)) {
    throw new PythonError("OverflowError", "int too large to convert to float");
  }
  const sum = operator === "-" ? 0 - imaginary : 0 + imaginary;
  return { value: { kind: "complex", real, imaginary: sum }, form: "other" };
}

function negate(value: PythonValue): PythonValue {
  if (typeof value === "bigint" || typeof value === "number") return -value;
  const { imaginary, real } = value as PythonComplex;
  return { kind: "complex", real: -real, imaginary: -imaginary };
}

function readAtom(source: Source): Node {
  skipBlanks(source);
  const { text, at } = source;
  const character = text[at];
  if (character === undefined) throw syntaxError("unexpected end");
  if (character === "(") return readParenthesis(source);
  if (character === "[") return other(readList(source));
  if (character === "{") return other(readBraces(source));
  if (text.startsWith("...", at)) {
    source.at += 3;
    return other({ kind: "ellipsis" });
  }
  if (lookingAtNumber(text, at)) {
    const number = readNumber(text, at);
    source.at = number.end;
    return { value: number.value, form: "number" };
  }
  if (stringStart(text, at) !== null) return other(readStrings(source));
  return other(readName(source));
}

function other(value: PythonValue): Node {
  return { value, form: "other" };
}

function readName(source: Source): PythonValue {
  const name = /[A-Za-z_][A-Za-z0-9_]*/y;
  name.lastIndex = source.at;
  const word = name.exec(source.text)?.[0];
  if (word === undefined) throw unexpected(source);
  source.at += word.length;
  if (word === "True") return true;
  if (word === "False") return false;
  if (word === "None") return null;
  if (word === "set" && take(source, "(")) {
    source.brackets++;
    if (!take(source, ")")) throw malformed("set() with an argument");
    source.brackets--;
    return { kind: "set", entries: new Map() };
  }
  throw malformed(`the name ${word.slice(0, 40)}`);
}

/** Adjacent string literals join. */
function readStrings(source: Source): PythonValue {
  let isBytes: boolean | null = null;
  const pieces: string[] = [];
  for (;;) {
    const start = stringStart(source.text, source.at);
    if (start === null) break;
    const piece = readString(source.text, source.at, start);
    if (isBytes !== null && isBytes !== piece.isBytes) {
      throw syntaxError("cannot mix bytes and nonbytes literals");
    }
    isBytes = piece.isBytes;
    pieces.push(piece.value);
    source.at = piece.end;
    skipBlanks(source);
  }
  const value = pieces.join("");
  return isBytes ? { kind: "bytes", latin1: value } : value;
}

/** `(x)` is x itself, with its form; `(x,)` and `()` are tuples. */
function readParenthesis(source: Source): Node {
  open(source);
  if (close(source, ")")) return other({ kind: "tuple", items: [] });
  const first = readNode(source);
  if (close(source, ")")) return first;
  const items = [first.value];
  while (take(source, ",")) {
    if (close(source, ")")) return other({ kind: "tuple", items });
    items.push(readExpression(source));
  }
  if (!close(source, ")")) throw unexpected(source);
  return other({ kind: "tuple", items });
}

function readList(source: Source): PythonValue[] {
  open(source);
  const items: PythonValue[] = [];
  while (!close(source, "]")) {
    items.push(readExpression(source));
    if (take(source, ",")) continue;
    if (close(source, "]")) break;
    throw unexpected(source);
  }
  return items;
}

function readBraces(source: Source): PythonValue {
  open(source);
  if (close(source, "}")) return pythonDict();
  const first = readExpression(source);
  return take(source, ":") ? readDict(source, first) : readSet(source, first);
}

function readDict(source: Source, firstKey: PythonValue): PythonValue {
  const pairs: [PythonValue, PythonValue][] = [[firstKey, readExpression(source)]];
  while (!close(source, "}")) {
    if (!take(source, ",")) throw unexpected(source);
    if (close(source, "}")) break;
    const key = readExpression(source);
    if (!take(source, ":")) throw unexpected(source);
    pairs.push([key, readExpression(source)]);
  }
  return pythonDict(pairs);
}

function readSet(source: Source, first: PythonValue): PythonValue {
  const items = [first];
  while (!close(source, "}")) {
    if (!take(source, ",")) throw unexpected(source);
    if (close(source, "}")) break;
    items.push(readExpression(source));
  }
  const entries = new Map<string, PythonValue>();
  for (const item of items) {
    const key = hashKey(item);
    if (!entries.has(key)) entries.set(key, item);
  }
  return { kind: "set", entries };
}

function open(source: Source): void {
  if (source.brackets >= MAX_BRACKETS) throw syntaxError("too many nested parentheses");
  source.brackets++;
  source.at++;
}

function close(source: Source, end: string): boolean {
  if (!take(source, end)) return false;
  source.brackets--;
  return true;
}

function take(source: Source, character: string): boolean {
  skipBlanks(source);
  if (source.text[source.at] !== character) return false;
  source.at++;
  return true;
}

/** Blanks, comments and joined lines; inside brackets new lines too. */
function skipBlanks(source: Source): void {
  for (;;) {
    const character = source.text[source.at];
    if (character === " " || character === "\t" || character === "\f") source.at++;
    else if (character === "\n" && source.brackets > 0) source.at++;
    else if (character === "#") skipComment(source);
    else if (character === "\\") joinLine(source);
    else return;
  }
}

function skipComment(source: Source): void {
  const end = source.text.indexOf("\n", source.at);
  source.at = end === -1 ? source.text.length : end;
}

function joinLine(source: Source): void {
  if (source.text[source.at + 1] !== "\n") throw unexpected(source);
  if (source.at + 2 >= source.text.length) throw syntaxError("unexpected EOF while parsing");
  source.at += 2;
}

/** Blank and comment lines outside of brackets; whatever follows must not be indented. */
function skipLines(source: Source): void {
  for (;;) {
    let column = 0;
    let joined = 0;
    for (;; source.at++) {
      const character = source.text[source.at];
      if (character === " " || character === "\t") column++;
      else if (character === "\f") column = 0;
      else if (character === "\\") {
        joined ||= column;
        joinLine(source);
        source.at--;
      } else break;
    }
    if (source.text[source.at] === "#") skipComment(source);
    else if (source.text[source.at] !== "\n") {
      if ((joined || column) > 0) throw new PythonError("IndentationError", "unexpected indent");
      return;
    }
    if (source.at >= source.text.length) return;
    source.at++;
  }
}

function unexpected(source: Source): PythonError {
  return syntaxError(`invalid syntax at character ${source.at}`);
}

function syntaxError(message: string): PythonError {
  return new PythonError("SyntaxError", message);
}

function malformed(message: string): PythonError {
  return new PythonError("ValueError", `malformed node or string: ${message}`);
}
