/**
 * Pieces of the methods' settings that several of them share.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { JsonObject } from "../../data/types.ts";

/**
 * A strict object of settings.
 *
 * @param method Named in messages.
 * @param shape Settings with their defaults.
 */
export function settingsOf<T extends z.core.$ZodLooseShape>(
  method: string,
  shape: T,
): z.ZodObject<T, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `${method} has no setting ${issue.keys.join(", ")}; ` +
          (known.length === 0 ? "it takes none" : `it has ${known.join(", ")}`)
        : `expected the settings of ${method} as key: value pairs, found ${show(issue.input)}`,
  });
}

/** One of the listed values. */
export function oneOf<const V extends string | number>(what: string, values: readonly V[]) {
  return z.literal([...values], {
    error: (issue) => `${what} must be ${list(values)}, found ${show(issue.input)}`,
  });
}

/** A number in [low, high]. */
export function numberIn(what: string, low: number, high: number) {
  const error = (issue: { input?: unknown }) =>
    `${what} must be a number from ${low} to ${high}, found ${show(issue.input)}`;
  return z.number({ error }).min(low, { error }).max(high, { error });
}

/** Layers to leave alone, by name or `re:` pattern, as llm-compressor matches them. */
export const ignore = z.array(z.string(), {
  error: (issue) => `ignore must be a list of layer names, found ${show(issue.input)}`,
}).default(["lm_head"]);

/**
 * Ending of an id for settings that the readable part does not show: empty while they are at their
 * defaults, else a short hash of those that are not.
 *
 * @param settings The settings that the readable part leaves out, with the values in use.
 * @param defaults The same settings at their defaults.
 */
export function unusual(settings: JsonObject, defaults: JsonObject): string {
  const changed = Object.keys(defaults).sort()
    .filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(defaults[key]))
    .map((key) => [key, settings[key]]);
  if (changed.length === 0) return "";
  return "-" + createHash("sha256").update(JSON.stringify(changed)).digest("hex").slice(0, 6);
}

function list(values: readonly (string | number)[]): string {
  const shown = values.map(String);
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
