/**
 * A compression recipe in words.
 *
 * @module
 */
import type { Json, JsonObject } from "../data/types.ts";

/** Longest value that stands in words; longer ones are in the record. */
const LONGEST_VALUE = 40;

/** Arguments that say which layers a step works on, not how. */
const PLACES = new Set(["targets", "ignore", "sequential_targets"]);

/**
 * The steps of a recipe with their settings, such as `GPTQModifier (scheme W4A16, dampening_frac 0.01)`.
 *
 * @param recipe A list of `{modifier | torch, arguments}`, or any JSON, whose scalars are then listed.
 */
export function recipeWords(recipe: Json): string {
  if (Array.isArray(recipe)) return recipe.map(recipeWords).filter(Boolean).join(", then ");
  if (!isObject(recipe)) return recipe === null ? "" : String(recipe);
  const name = recipe.modifier ?? recipe.torch;
  if (typeof name !== "string") return settings(recipe);
  const own = recipe.torch === undefined
    ? name
    : name === "cache"
    ? "key-value cache of integers"
    : `${name} mask in torch`;
  const details = isObject(recipe.arguments) ? settings(recipe.arguments) : "";
  return details === "" ? own : `${own} (${details})`;
}

function settings(values: JsonObject): string {
  return Object.entries(values).flatMap(([key, value]) => {
    if (PLACES.has(key) || value === null) return [];
    if (isObject(value)) {
      const inner = settings(value);
      // A level that only holds further levels, such as `config_groups`, says nothing.
      return inner === "" ? [] : [isWrapper(value) ? inner : `${key}: ${inner}`];
    }
    const text = String(value);
    return text === "" || text.length > LONGEST_VALUE ? [] : [`${key} ${text}`];
  }).join(", ");
}

function isWrapper(values: JsonObject): boolean {
  return Object.entries(values).every(([key, value]) => PLACES.has(key) || isObject(value));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
