/**
 * Files of a cell's folder while it is worked on.
 *
 * @module
 */
import { join } from "node:path";
import { writeAtomically } from "../../data/atomic_write.ts";
import { hashFile } from "../hash.ts";

/** Name of the file of samples that a Python script reads. */
export const SAMPLES = "samples.jsonl";

/** Empties a cell's folder: whatever an earlier, unfinished try left goes. */
export async function emptyFolder(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(folder, { recursive: true });
}

/** Writes records as JSONL, atomically. */
export async function writeJsonLines(path: string, records: unknown[]): Promise<void> {
  await writeAtomically(path, records.map((record) => JSON.stringify(record) + "\n").join(""));
}

/** Reads what a script of ours wrote as JSONL. */
export async function readJsonLines(path: string): Promise<Record<string, unknown>[]> {
  const text = await Deno.readTextFile(path);
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** SHA-256 of every log of a cell, by its file's name. */
export async function hashLogs(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && /\.(parquet|arrow)$/.test(name)) {
      hashes[name] = await hashFile(join(folder, name));
    }
  }
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => a < b ? -1 : 1));
}
