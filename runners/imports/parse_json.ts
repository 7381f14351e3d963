/**
 * JSON as Python's `json` module writes it.
 *
 * @module
 */
import type { Json } from "../../data/types.ts";
import { parsePythonJson } from "../scoring/python_json.ts";
import type { PythonValue } from "../scoring/python_value.ts";

/** A parsed value; unlike {@linkcode Json} its numbers may be NaN or infinite. */
export type LooseJson = null | boolean | number | string | LooseJson[] | {
  [key: string]: LooseJson;
};

/**
 * Parses JSON; `NaN` and `Infinity`, which Python writes and JSON forbids, are numbers.
 *
 * @throws {Error} The message says where and why it is not JSON.
 */
export function parseJson(text: string): LooseJson {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return asJson(parsePythonJson(text));
  }
}

function asJson(value: PythonValue): LooseJson {
  if (typeof value === "bigint") return Number(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(asJson);
  if (value.kind !== "dict") throw new TypeError(`JSON holds no ${value.kind}`);
  const entries = [...value.entries.values()];
  return Object.fromEntries(entries.map(([key, item]) => [String(key), asJson(item)]));
}
