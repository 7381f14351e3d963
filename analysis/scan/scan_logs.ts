/**
 * Statistics of logs of logits, block by block: memory does not grow with the files.
 *
 * @module
 */
import type { VectorSource } from "../../data/logs.ts";
import { rowBytes, type VectorRows } from "../../data/vector_rows.ts";
import { type ScanStatistics, statisticsBytes, statisticsIn } from "../kernels/row_statistics.ts";
import { type Blocks, blocksOf, rowsOfBlock, type ScanShape, scanShare } from "./scan_share.ts";

/** What to scan. The rows of both logs are of the same tokens. */
export interface Scan {
  baseline: VectorSource;
  /** Null to scan the baseline's log, or any other, alone. */
  variant: VectorSource | null;
  /** Top ids wanted a row, at most 64; a smaller vocabulary gives fewer. */
  k: number;
  /** The rows that are wanted; the statistics of others stay 0. */
  ranges: readonly { begin: number; end: number }[];
}

/** What a worker is sent. */
export interface Share {
  shape: ScanShape;
  baseline: VectorRows;
  variant: VectorRows | null;
  tokens: Int32Array;
  blocks: Blocks;
  /** One number: the next block. */
  next: Int32Array;
  statistics: SharedArrayBuffer;
}

/** What a worker answers. */
export interface ShareEnd {
  /** Message of what failed; null when the share is done. */
  error: string | null;
}

/** Bytes from which on the start of workers pays. */
const PARALLEL_BYTES = 128 * 2 ** 20;

/** More threads than memory has bandwidth for. */
const MOST_WORKERS = 8;

/** Scans in this thread. */
export function scanLogs(scan: Scan): ScanStatistics {
  const { shape, blocks, buffer } = prepare(scan);
  const statistics = statisticsIn(buffer, shape.rows, shape.count, scan.variant !== null);
  let next = 0;
  const { baseline, variant } = scan;
  scanShare(shape, baseline, variant, baseline.tokenId, blocks, () => next++, statistics);
  return statistics;
}

/**
 * Scans with one worker a processor where the logs are files large enough for it, else in this thread. The
 * result is the same to the last bit.
 *
 * @param leastBytes Below it the scan stays in this thread.
 * @throws {Error} When a file cannot be read.
 */
export async function scanLogsInParallel(
  scan: Scan,
  workers: number = Math.min(navigator.hardwareConcurrency, MOST_WORKERS),
  leastBytes: number = PARALLEL_BYTES,
): Promise<ScanStatistics> {
  const { shape, blocks, buffer } = prepare(scan);
  const { baseline, variant } = scan;
  const count = Math.min(workers, blocks.length / 2);
  const inFiles = baseline.file !== null && (variant === null || variant.file !== null);
  if (!inFiles || count < 2 || bytesOf(scan) < leastBytes) return scanLogs(scan);
  const share: Share = {
    shape,
    baseline: baseline.file!,
    variant: variant && variant.file!,
    tokens: baseline.tokenId,
    blocks,
    next: new Int32Array(new SharedArrayBuffer(4)),
    statistics: buffer,
  };
  await Promise.all(Array.from({ length: count }, () => work(share)));
  return statisticsIn(buffer, shape.rows, shape.count, variant !== null);
}

function prepare({ baseline, variant, k, ranges }: Scan) {
  const { rows, width, float } = baseline;
  const shape: ScanShape = {
    width,
    rows,
    count: Math.min(k, width),
    float,
    variantFloat: variant && variant.float,
    // The wider of both decides.
    blockRows: rowsOfBlock(width, variant?.float === "float32" ? "float32" : float),
  };
  const buffer = new SharedArrayBuffer(statisticsBytes(rows, shape.count, variant !== null));
  return { shape, blocks: blocksOf(ranges, shape.blockRows), buffer };
}

function bytesOf({ baseline, variant, ranges }: Scan): number {
  const rows = ranges.reduce((sum, { begin, end }) => sum + end - begin, 0);
  return rows * (rowBytes(baseline) + (variant ? rowBytes(variant) : 0));
}

async function work(share: Share): Promise<void> {
  const worker = new Worker(new URL("./scan_worker.ts", import.meta.url), { type: "module" });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ShareEnd>) => {
        if (data.error === null) resolve();
        else reject(new Error(data.error));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      worker.postMessage(share);
    });
  } finally {
    worker.terminate();
  }
}
