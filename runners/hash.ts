/**
 * Hashes of all that decides a result.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Json } from "../data/types.ts";

/** JSON with sorted keys, so that equal values have equal texts. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(
    value,
    (_, part) =>
      part !== null && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0))
        : part,
  );
}

/** SHA-256 of a JSON value, in hexadecimal; the order of keys does not matter. */
export function hashJson(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** SHA-256 of a file, read in pieces. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  const block = new Uint8Array(1 << 20);
  for (let read = await file.read(block); read !== null; read = await file.read(block)) {
    hash.update(block.subarray(0, read));
  }
  return hash.digest("hex");
}

/** SHA-256 over the names and contents of a folder's files that pass, in the order of their names. */
export async function hashFolder(folder: string, pass: (name: string) => boolean): Promise<string> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && pass(entry.name)) names.push(entry.name);
  }
  const hash = createHash("sha256");
  for (const name of names.sort()) {
    hash.update(`${name}\0${await hashFile(join(folder, name))}\0`);
  }
  return hash.digest("hex");
}
