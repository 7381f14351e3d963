/**
 * One thread's share of a scan: it takes blocks of rows until none is left.
 *
 * @module
 */
import { type Float, type OpenRows, rowBytes } from "../../data/vector_rows.ts";
import { blockScanner, workBytes } from "../kernels/block_scanner.ts";
import { sharedMemory } from "../kernels/row_module.ts";
import type { ScanStatistics } from "../kernels/row_statistics.ts";
import { scanBlock } from "../kernels/scan_block.ts";

/** What a scan goes over. */
export interface ScanShape {
  width: number;
  /** Rows of the logs. */
  rows: number;
  /** Top ids a row. */
  count: number;
  /** How the baseline's numbers, or the only log's, are stored. */
  float: Float;
  /** How the variant's are; null where one log is scanned alone. */
  variantFloat: Float | null;
  /** Rows of the largest block. */
  blockRows: number;
}

/** Anything that gives the bytes of rows. */
export type RowReader = Pick<OpenRows, "readInto">;

/** Begins and ends of blocks of rows, one after the other. */
export type Blocks = Int32Array;

/** Bytes of one log that a block holds: they stay in the processor's last cache from the reading to the scan. */
const BLOCK_BYTES = 2 * 2 ** 20;

/** Rows of a block. */
export function rowsOfBlock(width: number, float: Float): number {
  return Math.max(1, Math.floor(BLOCK_BYTES / Math.max(1, rowBytes({ width, float }))));
}

/** Ranges of rows in blocks of at most `blockRows`; ranges that touch are joined. */
export function blocksOf(
  ranges: readonly { begin: number; end: number }[],
  blockRows: number,
): Blocks {
  const joined: { begin: number; end: number }[] = [];
  for (const { begin, end } of ranges) {
    const last = joined.at(-1);
    if (last?.end === begin) last.end = end;
    else if (end > begin) joined.push({ begin, end });
  }
  const blocks: number[] = [];
  for (const { begin, end } of joined) {
    for (let first = begin; first < end; first += blockRows) {
      blocks.push(first, Math.min(first + blockRows, end));
    }
  }
  return Int32Array.from(blocks);
}

/**
 * Scans blocks into the statistics.
 *
 * @param take Gives the index of the next block; an index behind the last one ends the share.
 * @param tokens The token of every row of the logs.
 */
export function scanShare(
  shape: ScanShape,
  baseline: RowReader,
  variant: RowReader | null,
  tokens: Int32Array,
  blocks: Blocks,
  take: () => number,
  statistics: ScanStatistics,
): void {
  const { width, count, blockRows, float, variantFloat } = shape;
  const bytes = (float: Float) => Math.ceil(blockRows * rowBytes({ width, float }) / 16) * 16;
  const first = bytes(float);
  // The kernels read whole vectors of 16 bytes, so a little behind the last row.
  const inputs = first + (variantFloat ? bytes(variantFloat) : 0) + 16;
  const work = { width, count, rows: blockRows };
  const memory = sharedMemory(inputs + workBytes(work));
  const scanner = blockScanner(memory, inputs, work);
  const input = (address: number, float: Float, reader: RowReader, begin: number, end: number) => {
    const length = (end - begin) * rowBytes({ width, float });
    reader.readInto(begin, end, new Uint8Array(memory.buffer, address, length));
    return { address, float };
  };
  for (let block = take(); 2 * block < blocks.length; block = take()) {
    const [begin, end] = [blocks[2 * block]!, blocks[2 * block + 1]!];
    scanBlock(
      scanner,
      end - begin,
      input(0, float, baseline, begin, end),
      variant && input(first, variantFloat!, variant, begin, end),
      tokens.subarray(begin, end),
      statistics,
      begin,
    );
  }
}
