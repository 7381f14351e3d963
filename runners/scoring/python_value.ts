/**
 * Values of Python literals and JSON as Python sees them: `1`, `1.0` and `True` are three values that
 * are equal. JavaScript's own JSON loses the first difference, and the upstream scorers print it.
 *
 * @module
 */

/** `None`, `bool`, `int` (bigint), `float` (number), `str`, `list`, and the tagged rest. */
export type PythonValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | PythonValue[]
  | PythonTuple
  | PythonDict
  | PythonSet
  | PythonBytes
  | PythonComplex
  | PythonEllipsis;

/** A `tuple`. */
export interface PythonTuple {
  kind: "tuple";
  items: PythonValue[];
}

/** A `dict` in insertion order; the map's keys come from {@linkcode hashKey}. */
export interface PythonDict {
  kind: "dict";
  entries: Map<string, [PythonValue, PythonValue]>;
}

/** A `set`, kept in insertion order (CPython's own order depends on hashes). */
export interface PythonSet {
  kind: "set";
  entries: Map<string, PythonValue>;
}

/** A `bytes` object, one character a byte. */
export interface PythonBytes {
  kind: "bytes";
  latin1: string;
}

/** A `complex`. */
export interface PythonComplex {
  kind: "complex";
  real: number;
  imaginary: number;
}

/** `...` */
export interface PythonEllipsis {
  kind: "ellipsis";
}

/** What Python would raise; scorers that catch everything upstream catch this. */
export class PythonError extends Error {
  /** @param type Name of Python's exception class. */
  constructor(readonly type: string, message: string) {
    super(message);
    this.name = "PythonError";
  }
}

let nanCount = 0;

/**
 * A string that is equal for two values exactly if Python calls them equal and their hashes agree, so
 * that `{1: a, True: b}` has one key.
 *
 * @throws {PythonError} for unhashable values.
 */
export function hashKey(value: PythonValue): string {
  if (value === null) return "None";
  if (typeof value === "string") return `s${value}`;
  if (typeof value === "boolean") return value ? "n1" : "n0";
  if (typeof value === "bigint") return `n${value}`;
  if (typeof value === "number") return floatKey(value);
  if (Array.isArray(value)) throw new PythonError("TypeError", "unhashable type: 'list'");
  switch (value.kind) {
    case "tuple":
      return `t${value.items.map(hashKey).map((key) => `${key.length}:${key}`).join("")}`;
    case "bytes":
      return `b${value.latin1}`;
    case "complex":
      return value.imaginary === 0
        ? floatKey(value.real)
        : `c${floatKey(value.real)},${floatKey(value.imaginary)}`;
    case "ellipsis":
      return "...";
    default:
      throw new PythonError("TypeError", `unhashable type: '${value.kind}'`);
  }
}

function floatKey(value: number): string {
  if (Number.isNaN(value)) return `nan${nanCount++}`; // no NaN equals another
  return Number.isInteger(value) ? `n${BigInt(value)}` : `f${value}`;
}

/** An empty or filled `dict`; a repeated key keeps its place and first spelling, as in Python. */
export function pythonDict(items: Iterable<[PythonValue, PythonValue]> = []): PythonDict {
  const entries = new Map<string, [PythonValue, PythonValue]>();
  for (const [key, value] of items) {
    const hash = hashKey(key);
    const first = entries.get(hash);
    entries.set(hash, [first === undefined ? key : first[0], value]);
  }
  return { kind: "dict", entries };
}

/** `dict[key]` for a string key; undefined when it is missing. */
export function lookUp(dict: PythonDict, key: string): PythonValue | undefined {
  return dict.entries.get(`s${key}`)?.[1];
}

/** Whether a value is a `dict`. */
export function isDict(value: PythonValue | undefined): value is PythonDict {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    value.kind === "dict";
}

/**
 * Python's `==`: numbers compare by value over all their types, containers by their contents.
 *
 * @example
 * ```ts
 * import { pythonEquals } from "./python_value.ts";
 * pythonEquals(1n, true); // true
 * pythonEquals(1n, "1"); // false
 * ```
 */
export function pythonEquals(a: PythonValue, b: PythonValue): boolean {
  if (isNumeric(a) && isNumeric(b)) return numericEquals(a, b);
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && sequenceEquals(a, b);
  }
  if (a.kind === "tuple") return b.kind === "tuple" && sequenceEquals(a.items, b.items);
  if (a.kind === "bytes") return b.kind === "bytes" && a.latin1 === b.latin1;
  if (a.kind === "ellipsis") return b.kind === "ellipsis";
  if (a.kind === "set") {
    if (b.kind !== "set" || a.entries.size !== b.entries.size) return false;
    return [...a.entries.keys()].every((key) => b.entries.has(key));
  }
  if (a.kind === "dict") {
    if (b.kind !== "dict" || a.entries.size !== b.entries.size) return false;
    for (const [key, [, value]] of a.entries) {
      const other = b.entries.get(key);
      if (other === undefined || !pythonEquals(value, other[1])) return false;
    }
    return true;
  }
  return false;
}

function sequenceEquals(a: PythonValue[], b: PythonValue[]): boolean {
  return a.length === b.length && a.every((item, i) => pythonEquals(item, b[i]!));
}

type Numeric = boolean | bigint | number | PythonComplex;

function isNumeric(value: PythonValue): value is Numeric {
  if (typeof value === "object") {
    return value !== null && !Array.isArray(value) && value.kind === "complex";
  }
  return typeof value !== "string";
}

function numericEquals(a: Numeric, b: Numeric): boolean {
  if (typeof a === "object" || typeof b === "object") {
    const [x, y] = [parts(a), parts(b)];
    return realEquals(x[0], y[0]) && x[1] === y[1];
  }
  return realEquals(a, b);
}

function parts(value: Numeric): [boolean | bigint | number, number] {
  return typeof value === "object" ? [value.real, value.imaginary] : [value, 0];
}

function realEquals(a: boolean | bigint | number, b: boolean | bigint | number): boolean {
  const x = typeof a === "boolean" ? BigInt(a) : a;
  const y = typeof b === "boolean" ? BigInt(b) : b;
  return x == y; // loose on purpose: bigint == number compares by exact value
}
