/**
 * Calls, plans and tools as text.
 *
 * @module
 */
import type { Tool, Value } from "./catalogue.ts";

/** A call of a tool; the arguments are in the order of the tool's parameters. */
export interface Call {
  name: string;
  args: Record<string, Value>;
}

/**
 * JSON with a space after every colon and comma, as Python's `json.dumps` writes it.
 *
 * @param value Texts, numbers, lists and objects of these.
 */
export function renderJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) =>
    `${JSON.stringify(key)}: ${renderJson(field)}`
  );
  return `{${fields.join(", ")}}`;
}

/**
 * A call as a string.
 *
 * @example
 * ```ts
 * renderCall({ name: "Hotel.book", args: { city: "Oslo", nights: 3 } });
 * // Hotel.book(city="Oslo", nights=3)
 * ```
 */
export function renderCall({ name, args }: Call): string {
  const fields = Object.entries(args).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${name}(${fields.join(", ")})`;
}

/** A tool and its parameters, e.g. `Hotel.book(city, nights)`. */
export function renderSignature({ name, parameters }: Tool): string {
  return `${name}(${parameters.map((parameter) => parameter.name).join(", ")})`;
}
