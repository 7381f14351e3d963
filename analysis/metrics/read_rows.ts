import type { VectorLog } from "../../data/logs.ts";

/** The vectors of rows `[begin, end)`, row-major; not to be written to. */
export function readRows(log: VectorLog, begin: number, end: number): Float32Array {
  return log.values.subarray(begin * log.width, end * log.width);
}
