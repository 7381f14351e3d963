/**
 * Reads the regular expressions of Python's `re` that datasets bring along.
 *
 * @module
 */
import { isBlank, isDigit, isWord } from "./python_text.ts";

/** Whether a character belongs to a class. */
export type Test = (character: string) => boolean;

/** A parsed pattern. */
export type Pattern =
  | { kind: "character"; test: Test }
  | { kind: "assertion"; name: "start" | "end" | "boundary" | "not-boundary" | "text-end" }
  | { kind: "sequence"; items: Pattern[] }
  | { kind: "choice"; options: Pattern[] }
  | { kind: "group"; index: number; body: Pattern }
  | { kind: "repeat"; body: Pattern; least: number; most: number; greedy: boolean };

/** A pattern that this reader refuses: malformed, or beyond the subset. */
export class PatternError extends Error {}

const MAX_REPEAT = 200;

interface Reader {
  text: string[];
  at: number;
  groups: number;
  dotAll: boolean;
  depth: number;
}

/**
 * Reads a pattern: literals, classes, `.`, groups, `|`, repetitions (greedy and lazy), `^ $ \A \Z \b \B`.
 *
 * @param dotAll Whether `.` matches a new line (`re.S`).
 * @returns The pattern and the number of its capturing groups.
 * @throws {PatternError} For malformed patterns, look-around, back-references and inline flags.
 */
export function parsePattern(
  source: string,
  { dotAll = false }: { dotAll?: boolean } = {},
): { pattern: Pattern; groups: number } {
  const reader: Reader = { text: Array.from(source), at: 0, groups: 0, dotAll, depth: 0 };
  const pattern = readChoice(reader);
  if (reader.at < reader.text.length) throw new PatternError("unbalanced parenthesis");
  return { pattern, groups: reader.groups };
}

function peek(reader: Reader): string | undefined {
  return reader.text[reader.at];
}

function take(reader: Reader, characters: string): boolean {
  const wanted = Array.from(characters);
  if (!wanted.every((character, i) => reader.text[reader.at + i] === character)) return false;
  reader.at += wanted.length;
  return true;
}

function readChoice(reader: Reader): Pattern {
  const options = [readSequence(reader)];
  while (take(reader, "|")) options.push(readSequence(reader));
  return options.length === 1 ? options[0]! : { kind: "choice", options };
}

function readSequence(reader: Reader): Pattern {
  const items: Pattern[] = [];
  for (let next = peek(reader); next !== undefined && next !== "|" && next !== ")";) {
    items.push(readRepeated(reader));
    next = peek(reader);
  }
  return { kind: "sequence", items };
}

function readRepeated(reader: Reader): Pattern {
  let body = readAtom(reader);
  for (let first = true;; first = false) {
    const counts = readCounts(reader);
    if (counts === null) return body;
    if (!first) throw new PatternError("multiple repeat");
    if (body.kind === "assertion") throw new PatternError("nothing to repeat");
    body = { kind: "repeat", body, ...counts, greedy: !take(reader, "?") };
  }
}

function readCounts(reader: Reader): { least: number; most: number } | null {
  if (take(reader, "*")) return { least: 0, most: Infinity };
  if (take(reader, "+")) return { least: 1, most: Infinity };
  if (take(reader, "?")) return { least: 0, most: 1 };
  const match = /^\{(\d*)(,?)(\d*)\}/.exec(reader.text.slice(reader.at, reader.at + 20).join(""));
  if (match === null || match[0] === "{}" || match[2] === "" && match[1] === "") return null;
  reader.at += match[0].length;
  const least = Number(match[1] || 0);
  const most = match[2] === "" ? least : match[3] === "" ? Infinity : Number(match[3]);
  if (most < least) throw new PatternError("min repeat greater than max repeat");
  if (least > MAX_REPEAT || most !== Infinity && most > MAX_REPEAT) {
    throw new PatternError(`a repetition of more than ${MAX_REPEAT} times is not supported`);
  }
  return { least, most };
}

function readAtom(reader: Reader): Pattern {
  const character = reader.text[reader.at++]!;
  if (character === "(") return readGroup(reader);
  if (character === "[") return { kind: "character", test: readClass(reader) };
  if (character === "\\") return readEscape(reader);
  if (character === ".") {
    const { dotAll } = reader;
    return { kind: "character", test: (c) => dotAll || c !== "\n" };
  }
  if (character === "^") return { kind: "assertion", name: "start" };
  if (character === "$") return { kind: "assertion", name: "end" };
  if (character === "*" || character === "+" || character === "?") {
    throw new PatternError("nothing to repeat");
  }
  return { kind: "character", test: (c) => c === character };
}

function readGroup(reader: Reader): Pattern {
  let index = 0;
  if (take(reader, "?")) {
    if (!take(reader, ":")) {
      const name = /^P<[A-Za-z_]\w*>/.exec(reader.text.slice(reader.at, reader.at + 60).join(""));
      if (name === null) throw new PatternError("look-around, flags and references in a group");
      reader.at += name[0].length;
      index = ++reader.groups;
    }
  } else {
    index = ++reader.groups;
  }
  if (++reader.depth > MAX_REPEAT) throw new PatternError("groups nested too deep");
  const body = readChoice(reader);
  reader.depth--;
  if (!take(reader, ")")) throw new PatternError("missing ), unterminated subpattern");
  return index === 0 ? body : { kind: "group", index, body };
}

const CONTROL: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
  v: "\v",
  a: "\x07",
};
const CLASSES: Record<string, Test> = {
  d: isDigit,
  D: (c) => !isDigit(c),
  w: isWord,
  W: (c) => !isWord(c),
  s: isBlank,
  S: (c) => !isBlank(c),
};

function readEscape(reader: Reader): Pattern {
  const letter = peek(reader);
  if (letter === "b") return assertion(reader, "boundary");
  if (letter === "B") return assertion(reader, "not-boundary");
  if (letter === "A") return assertion(reader, "start");
  if (letter === "Z") return assertion(reader, "text-end");
  if (letter !== undefined && letter in CLASSES) {
    reader.at++;
    return { kind: "character", test: CLASSES[letter]! };
  }
  if (letter !== undefined && /[1-9]/.test(letter)) {
    throw new PatternError("a back-reference is not supported");
  }
  const literal = readEscapedCharacter(reader);
  return { kind: "character", test: (c) => c === literal };
}

function assertion(
  reader: Reader,
  name: "start" | "boundary" | "not-boundary" | "text-end",
): Pattern {
  reader.at++;
  return { kind: "assertion", name };
}

function readEscapedCharacter(reader: Reader): string {
  const letter = reader.text[reader.at++];
  if (letter === undefined) throw new PatternError("bad escape (end of pattern)");
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits !== undefined) {
    const hex = reader.text.slice(reader.at, reader.at + digits).join("");
    if (hex.length !== digits || !/^[0-9a-fA-F]+$/.test(hex) || parseInt(hex, 16) > 0x10ffff) {
      throw new PatternError(`incomplete escape \\${letter}`);
    }
    reader.at += digits;
    return String.fromCodePoint(parseInt(hex, 16));
  }
  if (letter in CONTROL) return CONTROL[letter]!;
  if (letter === "0") return "\0";
  if (/[A-Za-z]/.test(letter)) throw new PatternError(`bad escape \\${letter}`);
  return letter;
}

/** `[...]`: ranges, escapes, negation. */
function readClass(reader: Reader): Test {
  const negated = take(reader, "^");
  const tests: Test[] = [];
  for (let first = true; first || peek(reader) !== "]"; first = false) {
    const low = readMember(reader);
    const isRange = peek(reader) === "-" && reader.text[reader.at + 1] !== "]" &&
      reader.text[reader.at + 1] !== undefined;
    if (!isRange) {
      tests.push(typeof low === "string" ? (c) => c === low : low);
      continue;
    }
    reader.at++;
    const high = readMember(reader);
    if (typeof low !== "string" || typeof high !== "string") throw new PatternError("bad range");
    const [from, to] = [low.codePointAt(0)!, high.codePointAt(0)!];
    if (from > to) throw new PatternError("bad character range");
    tests.push((c) => c.codePointAt(0)! >= from && c.codePointAt(0)! <= to);
  }
  reader.at++;
  return (c) => tests.some((test) => test(c)) !== negated;
}

function readMember(reader: Reader): string | Test {
  const character = reader.text[reader.at++];
  if (character === undefined) throw new PatternError("unterminated character set");
  if (character !== "\\") return character;
  const letter = peek(reader);
  if (letter !== undefined && letter in CLASSES) {
    reader.at++;
    return CLASSES[letter]!;
  }
  if (letter === "b") {
    reader.at++;
    return "\b";
  }
  return readEscapedCharacter(reader);
}
