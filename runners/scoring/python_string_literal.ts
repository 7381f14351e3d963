/**
 * String and bytes tokens of Python source.
 *
 * @module
 */
import { PythonError } from "./python_value.ts";

const START = /([rR]|[uU]|[bB]|[bB][rR]|[rR][bB]|[fF][rR]?|[rR][fF])?("""|'''|"|')/y;
const SIMPLE: Record<string, string> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** How a string literal begins. */
export interface StringStart {
  /** In lower case. */
  prefix: string;
  quote: string;
}

/** Prefix and quote of the string that starts here; null when none does. */
export function stringStart(text: string, at: number): StringStart | null {
  const code = text.charCodeAt(at);
  if (code === 34 || code === 39) {
    const quote = text[at]!;
    const triple = quote + quote + quote;
    return { prefix: "", quote: text.startsWith(triple, at) ? triple : quote };
  }
  START.lastIndex = at;
  const match = START.exec(text);
  return match === null ? null : { prefix: (match[1] ?? "").toLowerCase(), quote: match[2]! };
}

/**
 * Reads one string literal, whose beginning {@linkcode stringStart} found.
 *
 * @param text Source with `\n` as its only line end.
 * @returns The decoded text (one character a byte for bytes) and the position after the closing quote.
 * @throws {PythonError} For unterminated or malformed strings, and for f-strings.
 */
export function readString(
  text: string,
  at: number,
  { prefix, quote }: StringStart,
): { value: string; isBytes: boolean; end: number } {
  const start = at + prefix.length + quote.length;
  const end = closingQuote(text, start, quote);
  const body = text.slice(start, end);
  const isBytes = prefix.includes("b");
  if (prefix.includes("f")) throw new PythonError("ValueError", "malformed node: an f-string");
  // deno-lint-ignore no-control-regex
  if (isBytes && /[^\x00-\x7f]/.test(body)) {
    throw new PythonError("SyntaxError", "bytes can only contain ASCII literal characters");
  }
  const value = prefix.includes("r") ? body : decode(body, isBytes);
  return { value, isBytes, end: end + quote.length };
}

function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "\n" && quote.length === 1) break;
    else if (character === quote[0] && text.startsWith(quote, at)) return at;
  }
  throw new PythonError("SyntaxError", "unterminated string literal");
}

function decode(body: string, isBytes: boolean): string {
  if (!body.includes("\\")) return body;
  return body.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/gu,
    (whole, octal, byte, short, long, character) => {
      if (octal !== undefined) {
        const code = parseInt(octal, 8);
        return String.fromCharCode(isBytes ? code & 0xff : code);
      }
      if (byte !== undefined) return String.fromCharCode(parseInt(byte, 16));
      if (isBytes && (short ?? long) !== undefined) return whole;
      if (short !== undefined) return String.fromCharCode(parseInt(short, 16));
      if (long !== undefined) return codePoint(parseInt(long, 16));
      return decodeCharacter(whole, character, isBytes);
    },
  );
}

function codePoint(code: number): string {
  if (code > 0x10ffff) throw new PythonError("SyntaxError", "illegal Unicode character");
  return String.fromCodePoint(code);
}

function decodeCharacter(whole: string, character: string, isBytes: boolean): string {
  if (character === "\n") return "";
  if (character === "x" || !isBytes && "uUN".includes(character)) {
    throw new PythonError("SyntaxError", `cannot decode the escape \\${character}`);
  }
  return SIMPLE[character] ?? whole;
}
