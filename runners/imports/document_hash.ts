import type { Json } from "../../data/types.ts";
import { hashJson } from "../hash.ts";

/**
 * Hash of a question and its right answer. Addresses in memory, which Python prints for objects that have no
 * text (such as images), are left out: they differ from run to run.
 */
export function documentHash(document: unknown): string {
  return hashJson(stable(document) as Json);
}

function stable(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(/ at 0x[0-9a-f]+>/g, ">");
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(stable);
  if (value === null || typeof value !== "object") return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, stable(part)]));
}
