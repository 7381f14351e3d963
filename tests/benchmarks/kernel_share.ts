/**
 * One thread's share of the row kernels over logits in shared memory.
 *
 * @module
 */
import { addCounters, binning, noCounts } from "../../analysis/kernels/histogram.ts";
import { counters, rowModule, scratchBytes, STATE } from "../../analysis/kernels/row_module.ts";
import { openRows, type VectorRows } from "../../data/vector_rows.ts";

/** What the kernels are measured on. */
export type KernelWork = "logsumexp" | "fused" | "top_k" | "histogram" | "memory" | "read";

/** The rows `[begin, end)` of two logs in one memory. */
export interface Share {
  work: KernelWork;
  memory: WebAssembly.Memory;
  width: number;
  /** Addresses of the two logs. */
  baseline: number;
  variant: number;
  begin: number;
  end: number;
  k: number;
  /** Address of {@link shareBytes} of work space that no other share uses. */
  space: number;
  /** File of the baseline, for `read`. */
  file: VectorRows;
  /** Bins and range of the histogram. */
  bins: number;
  low: number;
  high: number;
  /** Receives ln sum exp of both, KL(baseline || variant) and both entropies of every row. */
  sums: Float64Array;
  /** Receives 64 places a row. */
  top: Int32Array;
  /** Receives this share's counts. */
  counts: Float64Array;
}

/** Rows that one call of a kernel takes. */
const CALL_ROWS = 16;

/** Bytes that one read takes. */
const READ_BYTES = 2 * 2 ** 20;

/** Bytes of work space of a share: either areas for the rows of a call, or the histogram's counters. */
export function shareBytes({ width, bins }: Pick<Share, "width" | "bins">): number {
  const rows = CALL_ROWS * (4 + 2 * STATE.length * 8 + 64 * (16 + 4));
  return Math.ceil((scratchBytes(width) + Math.max(rows, counters(bins) * 4)) / 64) * 64;
}

/** Does the share's work. */
export function workShare(share: Share): void {
  const { memory, width, begin, end, work } = share;
  const module = rowModule(memory);
  const at = (address: number, row: number) => address + row * width * 4;
  if (work === "memory") {
    const bytes = (end - begin) * width * 4;
    module.readAll(at(share.baseline, begin), bytes - bytes % 64);
    return;
  }
  if (work === "read") return readFile(share);
  if (work === "histogram") return countRows(share);
  for (let row = begin; row < end; row += CALL_ROWS) {
    const rows = Math.min(CALL_ROWS, end - row);
    if (work === "fused") fused(share, row, rows);
    else if (work === "logsumexp") logsumexp(share, row, rows);
    else topK(share, row, rows);
  }
}

function areas({ space, width }: Share) {
  const tokens = space + scratchBytes(width);
  const states = tokens + CALL_ROWS * 4;
  const others = states + CALL_ROWS * STATE.length * 8;
  const tops = others + CALL_ROWS * STATE.length * 8;
  return { scratch: space, tokens, states, others, tops, gathered: tops + CALL_ROWS * 64 * 16 };
}

function noTokens(share: Share): void {
  new Int32Array(share.memory.buffer, areas(share).tokens, CALL_ROWS).fill(-1);
}

function fused(share: Share, row: number, rows: number): void {
  const { memory, width, sums } = share;
  const { scratch, tokens, states, others, tops, gathered } = areas(share);
  noTokens(share);
  const [a, b] = [share.baseline + row * width * 4, share.variant + row * width * 4];
  // deno-fmt-ignore
  rowModule(memory).scanPairs(
    a, 0, b, 0, width, rows, 0, tokens, states, others, tops, tops, gathered, scratch,
  );
  const p = new Float64Array(memory.buffer, states, rows * STATE.length);
  const q = new Float64Array(memory.buffer, others, rows * STATE.length);
  for (let i = 0; i < rows; i++) {
    const at = i * STATE.length;
    const [restP, restQ] = [Math.log(p[at + STATE.sum]!), Math.log(q[at + STATE.sum]!)];
    sums.set([
      p[at + STATE.max]! + restP,
      q[at + STATE.max]! + restQ,
      p[at + STATE.cross]! / p[at + STATE.sum]! - restP + restQ,
      restP - p[at + STATE.weighted]! / p[at + STATE.sum]!,
      restQ - q[at + STATE.weighted]! / q[at + STATE.sum]!,
    ], (row + i) * 5);
  }
}

function logsumexp(share: Share, row: number, rows: number): void {
  const { memory, width, sums } = share;
  const { scratch, tokens, states, tops } = areas(share);
  noTokens(share);
  [share.baseline, share.variant].forEach((log, which) => {
    const from = log + row * width * 4;
    rowModule(memory).scanRows(from, 0, width, rows, 0, tokens, states, tops, scratch);
    const found = new Float64Array(memory.buffer, states, rows * STATE.length);
    for (let i = 0; i < rows; i++) {
      const at = i * STATE.length;
      sums[(row + i) * 5 + which] = found[at + STATE.max]! + Math.log(found[at + STATE.sum]!);
    }
  });
}

function topK(share: Share, row: number, rows: number): void {
  const { memory, width, k, top } = share;
  const { scratch, states, tops } = areas(share);
  for (const log of [share.variant, share.baseline]) {
    rowModule(memory).topRows(log + row * width * 4, 0, width, rows, k, states, tops, scratch);
  }
  const found = new Int32Array(memory.buffer, tops, rows * k * 2);
  for (let i = 0; i < rows; i++) {
    top.set(found.subarray(i * 2 * k, i * 2 * k + k), (row + i) * 64);
  }
}

function countRows(share: Share): void {
  const { memory, width, begin, end, bins, low, high } = share;
  const tables = share.space + scratchBytes(width);
  const found = new Int32Array(memory.buffer, tables, counters(bins)).fill(0);
  const { first, scale } = binning({ low, high, bins });
  const from = share.baseline + begin * width * 4;
  const n = (end - begin) * width;
  rowModule(memory).histogram(from, 0, n, first, high, scale, bins, tables, share.space);
  const out = noCounts({ low, high, bins });
  addCounters(found, bins, out);
  share.counts.set(out.counts);
}

function readFile({ file, memory, width, baseline, begin, end }: Share): void {
  using rows = openRows(file);
  const step = Math.max(1, Math.floor(READ_BYTES / (width * 4)));
  for (let row = begin; row < end; row += step) {
    const last = Math.min(row + step, end);
    const bytes = (last - row) * width * 4;
    rows.readInto(row, last, new Uint8Array(memory.buffer, baseline + row * width * 4, bytes));
  }
}
