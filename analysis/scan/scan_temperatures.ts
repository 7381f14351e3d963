/**
 * ln sum exp of a log's rows at temperatures, block by block.
 *
 * @module
 */
import type { VectorSource } from "../../data/logs.ts";
import { rowBytes } from "../../data/vector_rows.ts";
import { blockScanner, workBytes } from "../kernels/block_scanner.ts";
import { logsumexpAtTemperatures, MOST_TEMPERATURES } from "../kernels/logsumexp_at.ts";
import { sharedMemory } from "../kernels/row_module.ts";
import { blocksOf, rowsOfBlock } from "./scan_share.ts";

/**
 * Reads the rows once for every {@link MOST_TEMPERATURES} temperatures.
 *
 * @param ranges The rows that are wanted; those of others stay 0.
 * @returns For each temperature ln sum exp(x / T) of every row of the log.
 * @throws {RangeError} When a temperature is not above 0.
 */
export function scanTemperatures(
  log: VectorSource,
  temperatures: readonly number[],
  ranges: readonly { begin: number; end: number }[],
): Float64Array[] {
  const out = temperatures.map(() => new Float64Array(log.rows));
  const shape = { width: log.width, count: 0, rows: rowsOfBlock(log.width, log.float) };
  // The kernels read whole vectors of 16 bytes, so a little behind the last row.
  const bytes = Math.ceil(shape.rows * rowBytes(log) / 16) * 16 + 16;
  const memory = sharedMemory(bytes + workBytes(shape));
  const scanner = blockScanner(memory, bytes, shape);
  const blocks = blocksOf(ranges, shape.rows);
  for (let block = 0; block < blocks.length; block += 2) {
    const [begin, end] = [blocks[block]!, blocks[block + 1]!];
    const rows = end - begin;
    log.readInto(begin, end, new Uint8Array(memory.buffer, 0, rows * rowBytes(log)));
    for (let first = 0; first < temperatures.length; first += MOST_TEMPERATURES) {
      const some = temperatures.slice(first, first + MOST_TEMPERATURES);
      const found = new Float64Array(rows * some.length);
      logsumexpAtTemperatures(scanner, rows, { address: 0, float: log.float }, some, found);
      some.forEach((_, index) => {
        for (let row = 0; row < rows; row++) {
          out[first + index]![begin + row] = found[row * some.length + index]!;
        }
      });
    }
  }
  return out;
}
