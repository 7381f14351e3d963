import type { VectorSource } from "../../data/logs.ts";
import type { RowRange } from "../sample_rows.ts";

/** Reads the rows of several ranges of a log one behind the other into an array, which has room for them. */
export function readRanges<Into extends Float32Array | Float64Array>(
  log: VectorSource,
  ranges: readonly RowRange[],
  into: Into,
): Into {
  let at = 0;
  for (const { begin, end } of ranges) {
    into.set(log.read(begin, end), at);
    at += (end - begin) * log.width;
  }
  return into;
}
