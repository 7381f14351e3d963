/**
 * A worker of `scan_logs.ts`.
 *
 * @module
 */
import { openRows } from "../../data/vector_rows.ts";
import { statisticsIn } from "../kernels/row_statistics.ts";
import type { Share, ShareEnd } from "./scan_logs.ts";
import { scanShare } from "./scan_share.ts";

const host = globalThis as unknown as Worker;

host.onmessage = ({ data }: MessageEvent<Share>) => {
  let error: string | null = null;
  try {
    work(data);
  } catch (cause) {
    error = cause instanceof Error ? cause.message : String(cause);
  }
  host.postMessage({ error } satisfies ShareEnd);
};

function work({ shape, baseline, variant, tokens, blocks, next, statistics }: Share): void {
  using rows = openRows(baseline);
  using others = variant && openRows(variant);
  const out = statisticsIn(statistics, shape.rows, shape.count, variant !== null);
  scanShare(shape, rows, others, tokens, blocks, () => Atomics.add(next, 0, 1), out);
}
