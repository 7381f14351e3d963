/**
 * Files that are either whole or absent, whatever happens to the process.
 *
 * @module
 */
import { dirname } from "node:path";

/**
 * Writes a file under a temporary name beside it, flushes it to the disk and renames it.
 *
 * @param path File to write; its folder is made when absent.
 * @param content Bytes, or text written as UTF-8.
 */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await Deno.mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${Deno.pid}.partial`;
  {
    using file = await Deno.open(partial, { write: true, create: true, truncate: true });
    let written = 0;
    while (written < bytes.length) written += await file.write(bytes.subarray(written));
    await file.sync();
  }
  await Deno.rename(partial, path);
}

/** Writes a value as indented JSON with a final newline, atomically. */
export async function writeJsonAtomically(path: string, value: unknown): Promise<void> {
  await writeAtomically(path, JSON.stringify(value, null, 2) + "\n");
}
