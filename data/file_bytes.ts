/**
 * Parts of a file, which must stay as it was.
 *
 * @module
 */
import { LogError } from "./log_error.ts";
import { readExactly } from "./vector_rows.ts";

/** Files up to this size are held in memory: one read in place of many. */
const HELD = 16 * 2 ** 20;

/** Bytes of a file. */
export interface FileBytes {
  size: number;
  /** The bytes `[begin, begin + length)`, in an array of their own. */
  read(begin: number, length: number): Uint8Array<ArrayBuffer>;
}

/**
 * Opens a file; a small one is read at once, of a large one only what is asked for.
 *
 * @throws {LogError} When it is missing; later, when it was written anew since.
 */
export function openBytes(path: string, mend: string): FileBytes {
  using file = open(path, mend);
  const was = file.statSync();
  const { size } = was;
  if (size <= HELD) {
    const bytes = new Uint8Array(size);
    readExactly(path, file, 0, bytes);
    return { size, read: (begin, length) => bytes.slice(begin, begin + length) };
  }
  return {
    size,
    read(begin, length) {
      using file = open(path, mend);
      const is = file.statSync();
      if (is.size !== size || is.ino !== was.ino || is.mtime?.getTime() !== was.mtime?.getTime()) {
        throw new LogError(path, "it was written anew while it was read", "Run the command again");
      }
      const bytes = new Uint8Array(length);
      readExactly(path, file, begin, bytes);
      return bytes;
    },
  };
}

function open(path: string, mend: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new LogError(path, "there is no such file", mend, { cause });
  }
}
