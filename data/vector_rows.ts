/**
 * Rows of vectors, read from a file by where they lie. A `VectorRows` is plain data, so it can be sent to a
 * worker.
 *
 * @module
 */
import { LogError } from "./log_error.ts";

/** How a number is stored. */
export type Float = "float32" | "float16";

/** Rows `[first, first + rows)` of a log, which lie without gaps from a byte offset on. */
export interface RowSpan {
  first: number;
  rows: number;
  offset: number;
}

/** Where the vectors of a log lie. */
export interface VectorRows {
  path: string;
  width: number;
  float: Float;
  /** In the order of their rows. */
  spans: RowSpan[];
}

/** An open file of vectors. */
export interface OpenRows extends Disposable {
  /** Copies the bytes of the rows `[begin, end)`, as they are stored, to the beginning of `into`. */
  readInto(begin: number, end: number, into: Uint8Array): void;
  /** Likewise the numbers `[from, to)` of each of the rows. */
  readColumnsInto(begin: number, end: number, from: number, to: number, into: Uint8Array): void;
}

/** Bytes of one row. */
export function rowBytes({ width, float }: { width: number; float: Float }): number {
  return width * (float === "float16" ? 2 : 4);
}

/** Opens the file; dispose of it afterwards. */
export function openRows(source: VectorRows): OpenRows {
  const file = Deno.openSync(source.path);
  const bytes = rowBytes(source);
  return {
    readInto(begin, end, into) {
      let at = 0;
      for (const { first, rows, offset } of source.spans) {
        const [from, to] = [Math.max(begin, first), Math.min(end, first + rows)];
        if (from >= to) continue;
        const part = into.subarray(at, at + (to - from) * bytes);
        readExactly(source.path, file, offset + (from - first) * bytes, part);
        at += part.length;
      }
      if (at !== (end - begin) * bytes) {
        throw new RangeError(`${source.path} has no rows ${begin} to ${end}`);
      }
    },
    readColumnsInto(begin, end, from, to, into) {
      const size = bytes / source.width;
      const length = (to - from) * size;
      let at = 0;
      for (const { first, rows, offset } of source.spans) {
        const last = Math.min(end, first + rows);
        for (let row = Math.max(begin, first); row < last; row++, at += length) {
          const place = offset + (row - first) * bytes + from * size;
          readExactly(source.path, file, place, into.subarray(at, at + length));
        }
      }
      if (at !== (end - begin) * length) {
        throw new RangeError(`${source.path} has no rows ${begin} to ${end}`);
      }
    },
    [Symbol.dispose]: () => file.close(),
  };
}

/**
 * Fills `into` with a file's bytes from an offset on.
 *
 * @throws {LogError} When the file ends before.
 */
export function readExactly(
  path: string,
  file: Deno.FsFile,
  offset: number,
  into: Uint8Array,
): void {
  file.seekSync(offset, Deno.SeekMode.Start);
  let at = 0;
  while (at < into.length) {
    const count = file.readSync(into.subarray(at));
    if (count === null) {
      throw new LogError(
        path,
        `ends after ${offset + at} bytes, expected ${offset + into.length}`,
        "It changed while it was read: run the command again",
      );
    }
    at += count;
  }
}
