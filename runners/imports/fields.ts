/**
 * Fields of records from elsewhere: each is there and of its type, or the message says what was found.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import type { LooseJson } from "./parse_json.ts";

/** A record and where it stands, for messages: `file, line 3`. */
export interface Placed {
  place: string;
  record: Record<string, unknown>;
}

type Kind = "string" | "integer" | "object" | "array" | "string or integer";

const CHECKS: Record<Kind, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isSafeInteger(value),
  object: isObject,
  array: Array.isArray,
  "string or integer": (value) => typeof value === "string" || Number.isSafeInteger(value),
};

/** True for JSON objects. */
export function isObject(value: unknown): value is Record<string, LooseJson> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in few characters. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value, (_, part) => typeof part === "bigint" ? Number(part) : part) ??
    String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The record of a placed value that must be an object. */
export function recordAt(place: string, value: unknown): Placed {
  if (isObject(value)) return { place, record: value };
  throw new UserError(`${place}: found ${shown(value)}, expected an object`);
}

/**
 * A field of the kind.
 *
 * @throws {UserError} When it is missing or of another kind.
 */
export function field(at: Placed, name: string, kind: "string"): string;
export function field(at: Placed, name: string, kind: "integer"): number;
export function field(at: Placed, name: string, kind: "string or integer"): string | number;
export function field(at: Placed, name: string, kind: "object"): Record<string, LooseJson>;
export function field(at: Placed, name: string, kind: "array"): LooseJson[];
export function field({ place, record }: Placed, name: string, kind: Kind): unknown {
  const value = record[name];
  if (CHECKS[kind](value)) return value;
  throw new UserError(`${place}, field "${name}": found ${shown(value)}, expected ${kind}`);
}

/** A field's text; null where it is missing or no text. */
export function textOr(record: Record<string, unknown>, name: string): string | null {
  const value = record[name];
  return typeof value === "string" ? value : null;
}

/** Token ids as int32; null for anything else, and for an empty list. */
export function tokenIds(value: unknown): number[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const ids = value.map(Number);
  return ids.every((id) => Number.isInteger(id) && id >= 0 && id < 2 ** 31) ? ids : null;
}
