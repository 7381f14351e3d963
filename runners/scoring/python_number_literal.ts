/**
 * Number tokens of Python source.
 *
 * @module
 */
import { PythonError, type PythonValue } from "./python_value.ts";

/** CPython 3.11 refuses decimal integers with more digits. */
export const MAX_INTEGER_DIGITS = 4300;

const DIGITS = "[0-9](?:_?[0-9])*";
const NUMBER = new RegExp(
  "0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+" +
    `|(?:${DIGITS}\\.(?:${DIGITS})?|\\.${DIGITS}|${DIGITS})(?:[eE][-+]?${DIGITS})?[jJ]?`,
  "y",
);

/** Whether a number starts here. */
export function lookingAtNumber(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return true;
  const next = text.charCodeAt(at + 1);
  return code === 46 && next >= 48 && next <= 57;
}

/**
 * Reads the number that starts at a position.
 *
 * @returns Its value (bigint for `int`, number for `float`, or `complex`) and the position after it.
 * @throws {PythonError} For a malformed number.
 */
export function readNumber(text: string, at: number): { value: PythonValue; end: number } {
  const plain = plainInteger(text, at);
  if (plain !== null) return plain;
  NUMBER.lastIndex = at;
  const token = NUMBER.exec(text)?.[0];
  const end = at + (token?.length ?? 0);
  if (token === undefined || /[\w.]/.test(text[end] ?? "")) {
    throw new PythonError("SyntaxError", "invalid decimal literal");
  }
  return { value: numberValue(token), end };
}

/** The common case fast: up to 15 digits, not led by 0, and no letter, point or `_` after them. */
function plainInteger(text: string, at: number): { value: bigint; end: number } | null {
  let value = 0;
  let end = at;
  for (; end - at < 15; end++) {
    const digit = text.charCodeAt(end) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  const next = text.charCodeAt(end);
  const isEnd = !(next >= 48 && next <= 57 || next >= 65 && next <= 90 || next === 95 ||
    next >= 97 && next <= 122 || next === 46);
  const isPlain = isEnd && end > at && (text[at] !== "0" || end === at + 1);
  return isPlain ? { value: BigInt(value), end } : null;
}

function numberValue(token: string): PythonValue {
  const digits = token.replaceAll("_", "");
  if (/^0[xXoObB]/.test(digits)) return BigInt(digits);
  if (/[jJ]$/.test(digits)) {
    return { kind: "complex", real: 0, imaginary: Number(digits.slice(0, -1)) };
  }
  if (/[.eE]/.test(digits)) return Number(digits);
  if (/^0+[1-9]/.test(digits)) {
    throw new PythonError("SyntaxError", "leading zeros in decimal integer literals");
  }
  return decimalInteger(digits);
}

/**
 * A decimal integer of any sign.
 *
 * @throws {PythonError} Beyond {@linkcode MAX_INTEGER_DIGITS} digits.
 */
export function decimalInteger(digits: string): bigint {
  if (digits.replace(/^[-+]/, "").length > MAX_INTEGER_DIGITS) {
    throw new PythonError("ValueError", "Exceeds the limit (4300 digits) for integer conversion");
  }
  return BigInt(digits);
}
