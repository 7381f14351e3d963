/**
 * Rows of the module's memory as numbers.
 *
 * @module
 */
import type { BlockInput, BlockScanner } from "./block_scanner.ts";

/** One row of a block as float32: a view, or a widened copy of float16. */
export function plainValues(
  { memory, width }: BlockScanner,
  row: number,
  { address, float }: BlockInput,
): Float32Array {
  if (float === "float32") {
    return new Float32Array(memory.buffer, address + row * width * 4, width);
  }
  return Float32Array.from(new Float16Array(memory.buffer, address + row * width * 2, width));
}
