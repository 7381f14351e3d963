import { UserError } from "../errors.ts";
import { hashFile } from "../hash.ts";
import { detectFormat } from "./detect_format.ts";
import type { ImportedLog, ResultFormat } from "./result_format.ts";

/** A file that was read. */
export interface ReadFile {
  path: string;
  bytes: number;
  sha256: string;
  format: ResultFormat;
  log: ImportedLog;
}

/**
 * Reads files, each by its format.
 *
 * @param format Name of the format of all; left out: each shows its own.
 * @throws {UserError} When a file cannot be read, or two have the same content.
 */
export async function readFiles(paths: string[], format: string | undefined): Promise<ReadFile[]> {
  const files: ReadFile[] = [];
  for (const path of paths) {
    const found = await detectFormat(path, format);
    const sha256 = await hashFile(path);
    const twin = files.find((file) => file.sha256 === sha256);
    if (twin) throw new UserError(`${path}: the same content as ${twin.path}; name it once`);
    const { size } = await Deno.stat(path);
    files.push({ path, bytes: size, sha256, format: found, log: await found.read(path) });
  }
  return files;
}
