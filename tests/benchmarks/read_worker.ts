/**
 * A worker that reads a file's rows in the blocks of a scan, and does nothing with them.
 *
 * @module
 */
import { rowsOfBlock } from "../../analysis/scan/scan_share.ts";
import { openRows, rowBytes, type VectorRows } from "../../data/vector_rows.ts";

/** What the worker is sent. */
export interface ReadShare {
  rows: number;
  file: VectorRows;
  /** One number: the next block. */
  next: Int32Array;
}

const host = globalThis as unknown as Worker;

host.onmessage = ({ data: { rows, file, next } }: MessageEvent<ReadShare>) => {
  using open = openRows(file);
  const step = rowsOfBlock(file.width, file.float);
  const into = new Uint8Array(step * rowBytes(file));
  for (let row = Atomics.add(next, 0, step); row < rows; row = Atomics.add(next, 0, step)) {
    open.readInto(row, Math.min(row + step, rows), into);
  }
  host.postMessage(null);
};
