/**
 * Python's `repr` and `str` of values.
 *
 * @module
 */
import { MAX_INTEGER_DIGITS } from "./python_number_literal.ts";
import { isPrintable } from "./python_text.ts";
import { PythonError, type PythonValue } from "./python_value.ts";

/**
 * `str(value)`: a text is itself, anything else its `repr`.
 *
 * @throws {PythonError} For integers of more than 4,300 digits, as CPython 3.11 does.
 */
export function pythonStr(value: PythonValue): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

/**
 * `repr(value)`.
 *
 * @example
 * ```ts
 * import { pythonRepr } from "./python_repr.ts";
 * pythonRepr([1n, 1, true, null, "it's"]); // `[1, 1.0, True, None, "it's"]`
 * ```
 */
export function pythonRepr(value: PythonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return integerRepr(value);
  if (typeof value === "number") return floatRepr(value);
  if (typeof value === "string") return stringRepr(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  switch (value.kind) {
    case "tuple":
      return value.items.length === 1
        ? `(${pythonRepr(value.items[0]!)},)`
        : `(${value.items.map(pythonRepr).join(", ")})`;
    case "dict":
      return `{${
        [...value.entries.values()].map(([k, v]) => `${pythonRepr(k)}: ${pythonRepr(v)}`).join(", ")
      }}`;
    case "set":
      return value.entries.size === 0
        ? "set()"
        : `{${[...value.entries.values()].map(pythonRepr).join(", ")}}`;
    case "bytes":
      return bytesRepr(value.latin1);
    case "complex":
      return complexRepr(value.real, value.imaginary);
    case "ellipsis":
      return "Ellipsis";
  }
}

function integerRepr(value: bigint): string {
  const text = value.toString();
  if (text.length - (value < 0n ? 1 : 0) > MAX_INTEGER_DIGITS) {
    throw new PythonError("ValueError", "Exceeds the limit (4300 digits) for integer conversion");
  }
  return text;
}

/** `repr(float)`: shortest digits that read back; an exponent below 1e-4 and from 1e16. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const [mantissa, exponentText] = Math.abs(value).toExponential().split("e");
  const digits = mantissa!.replace(".", "");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

/** In a complex number a whole part is printed without `.0`. */
function complexPart(value: number): string {
  return floatRepr(value).replace(/\.0$/, "");
}

function complexRepr(real: number, imaginary: number): string {
  if (Object.is(real, 0)) return `${complexPart(imaginary)}j`;
  const tail = complexPart(imaginary);
  return `(${complexPart(real)}${/^[-]/.test(tail) ? "" : "+"}${tail}j)`;
}

function quoteFor(text: string): string {
  return text.includes("'") && !text.includes('"') ? '"' : "'";
}

function stringRepr(text: string): string {
  const quote = quoteFor(text);
  let out = quote;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === quote || character === "\\") out += `\\${character}`;
    else if (character === "\n") out += "\\n";
    else if (character === "\r") out += "\\r";
    else if (character === "\t") out += "\\t";
    else if (code >= 0x20 && code < 0x7f || code > 0x7f && isPrintable(character)) out += character;
    else out += escapeCode(code);
  }
  return out + quote;
}

function escapeCode(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

function bytesRepr(latin1: string): string {
  const quote = quoteFor(latin1);
  let out = `b${quote}`;
  for (const character of latin1) {
    const code = character.charCodeAt(0);
    if (character === quote || character === "\\") out += `\\${character}`;
    else if (character === "\n") out += "\\n";
    else if (character === "\r") out += "\\r";
    else if (character === "\t") out += "\\t";
    else out += code >= 0x20 && code < 0x7f ? character : escapeCode(code);
  }
  return out + quote;
}
