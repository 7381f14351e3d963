/**
 * `int(value)` of Python.
 *
 * @module
 */
import { decimalInteger } from "./python_number_literal.ts";
import { isDigit, strip } from "./python_text.ts";
import { PythonError, type PythonValue } from "./python_value.ts";

/**
 * A whole number from a number (cut towards zero), a truth value or a text of digits.
 *
 * @throws {PythonError} Where `int()` raises.
 */
export function pythonInteger(value: PythonValue): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return BigInt(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new PythonError("ValueError", `no integer: ${value}`);
    return BigInt(Math.trunc(value));
  }
  if (typeof value === "string") return fromText(strip(value));
  throw new PythonError("TypeError", "int() argument must be a string or a real number");
}

function fromText(text: string): bigint {
  let digits = "";
  for (const character of text.replace(/^[-+]/, "")) {
    digits += isDigit(character) ? String(digitValue(character)) : character;
  }
  if (!/^[0-9](?:_?[0-9])*$/.test(digits)) {
    throw new PythonError("ValueError", "invalid literal for int()");
  }
  const size = decimalInteger(digits.replaceAll("_", ""));
  return text.startsWith("-") ? -size : size;
}

/** Decimal digits of all scripts stand in runs of ten, from 0 to 9. */
function digitValue(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x80) return code - 48;
  let zero = code;
  while (isDigit(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
}
