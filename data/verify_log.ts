/**
 * Logs against the hashes in their cell's record.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { LogError } from "./log_error.ts";

/** Bytes that are read at a time. */
const BLOCK = 1 << 22;

/**
 * Holds that a log is the one that its cell ended with: its SHA-256 against `record.json` in the same folder. A log without
 * a record beside it, or that the record does not list, is let pass: its cell is in work, or it is not a
 * cell's. Takes about 0.7 seconds a gigabyte, a fraction of what any metric of it takes.
 *
 * @param path The log.
 * @param bytes Its bytes where they are in memory; otherwise the file is read in pieces.
 * @throws {LogError} When it was changed or cut short, or is gone.
 */
export function verifyLog(path: string, bytes?: Uint8Array): void {
  const expected = recordedHash(path);
  if (expected === undefined) return;
  const found = bytes ? createHash("sha256").update(bytes).digest("hex") : hashOf(path);
  if (found === expected) return;
  throw new LogError(
    path,
    `its SHA-256 is ${found.slice(0, 16)}…, but the cell's record says ${expected.slice(0, 16)}…`,
    "It was changed or cut short after its cell had ended: delete the cell's folder and run the experiment again",
  );
}

function recordedHash(path: string): string | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(join(dirname(path), "record.json"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    return (JSON.parse(text) as { hashes?: Record<string, string> }).hashes?.[basename(path)];
  } catch {
    return undefined; // readRecord() names a damaged record
  }
}

function hashOf(path: string): string {
  const hash = createHash("sha256");
  try {
    using file = Deno.openSync(path);
    const block = new Uint8Array(BLOCK);
    for (let read = file.readSync(block); read !== null; read = file.readSync(block)) {
      hash.update(block.subarray(0, read));
    }
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new LogError(path, "there is no such file", "Run the experiment again", { cause });
  }
  return hash.digest("hex");
}
