/**
 * Reading of golden documents, whose whole and broken numbers must stay apart.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import { isDict, lookUp, type PythonDict, type PythonValue } from "../scoring/python_value.ts";
import type { Similarity } from "../scoring/score_context.ts";

/** A field that must be there. @throws {UserError} Naming the field. */
export function field(dict: PythonDict, name: string): PythonValue {
  const value = lookUp(dict, name);
  if (value === undefined) throw new UserError(`the golden entry has no field "${name}"`);
  return value;
}

/** A text field. @throws {UserError} When it is missing or no text. */
export function text(dict: PythonDict, name: string): string {
  const value = field(dict, name);
  if (typeof value !== "string") throw new UserError(`the golden field "${name}" is no text`);
  return value;
}

/** A number field. @throws {UserError} When it is missing or no number. */
export function number(dict: PythonDict, name: string): number {
  const value = field(dict, name);
  if (typeof value !== "bigint" && typeof value !== "number") {
    throw new UserError(`the golden field "${name}" is no number`);
  }
  return Number(value);
}

/** A mapping field. @throws {UserError} When it is missing or no mapping. */
export function dict(parent: PythonDict, name: string): PythonDict {
  const value = field(parent, name);
  if (!isDict(value)) throw new UserError(`the golden field "${name}" is no mapping`);
  return value;
}

/** A list field; empty when it is missing. @throws {UserError} When it is no list. */
export function list(parent: PythonDict, name: string): PythonValue[] {
  const value = lookUp(parent, name) ?? [];
  if (!Array.isArray(value)) throw new UserError(`the golden field "${name}" is no list`);
  return value;
}

/** A list of mappings; empty when it is missing. */
export function dicts(parent: PythonDict, name: string): PythonDict[] {
  return list(parent, name).map((item) => {
    if (!isDict(item)) throw new UserError(`an entry of the golden list "${name}" is no mapping`);
    return item;
  });
}

/** A list of texts. */
export function texts(parent: PythonDict, name: string): string[] {
  return list(parent, name).map(String);
}

/** Plain JavaScript values: mappings as objects, whole numbers as numbers. */
// deno-lint-ignore no-explicit-any
export function plain(value: PythonValue): any {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isDict(value)) return value;
  return Object.fromEntries([...value.entries.values()].map(([k, v]) => [String(k), plain(v)]));
}

/**
 * Similarities from a table `{text: {text: number}}`, read either way round.
 *
 * @throws {UserError} For a pair that the table lacks.
 */
export function tableSimilarity(entry: PythonDict, ...names: string[]): Similarity {
  const tables = names.map((name) => lookUp(entry, name)).filter(isDict);
  const find = (a: string, b: string) => {
    for (const table of tables) {
      const row = lookUp(table, a);
      const value = isDict(row) ? lookUp(row, b) : undefined;
      if (value !== undefined) return Number(value);
    }
    return null;
  };
  return (a, b) => {
    const value = find(a, b) ?? find(b, a);
    if (value === null) {
      throw new UserError(
        `no similarity stored for ${JSON.stringify(a)} and ${JSON.stringify(b)}`,
      );
    }
    return value;
  };
}
