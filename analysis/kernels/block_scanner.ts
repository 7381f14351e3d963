/**
 * The kernels' module with its work space.
 *
 * @module
 */
import type { Float } from "../../data/vector_rows.ts";
import {
  type Address,
  counters,
  MOST_BINS,
  type RowModule,
  rowModule,
  scratchBytes,
  STATE,
} from "./row_module.ts";

/** Rows of logits in the module's memory. */
export interface BlockInput {
  address: Address;
  float: Float;
}

/** The module with its work space for blocks of up to `rows` rows. */
export interface BlockScanner {
  memory: WebAssembly.Memory;
  module: RowModule;
  width: number;
  /** Top ids a row. */
  count: number;
  rows: number;
  areas: Areas;
}

/** Addresses of the work space. */
export interface Areas {
  tokens: Address;
  states: [Address, Address];
  tops: [Address, Address];
  gathered: Address;
  normalisers: Address;
  divergences: Address;
  counts: Address;
  scratch: Address;
}

/** Sizes of a work space. */
export interface ScannerShape {
  width: number;
  /** Top ids a row, at most 64 and at most `width`. */
  count: number;
  rows: number;
}

/** Bytes of work space that {@link blockScanner} takes. */
export function workBytes(shape: ScannerShape): number {
  return layout(0, shape).end;
}

/** A scanner whose work space begins at `address` in the memory. */
export function blockScanner(
  memory: WebAssembly.Memory,
  address: Address,
  shape: ScannerShape,
): BlockScanner {
  const { areas } = layout(Math.ceil(address / 16) * 16, shape);
  return { memory, module: rowModule(memory), ...shape, areas };
}

/** The module's argument for how a block is stored. */
export function isHalf({ float }: BlockInput): number {
  return float === "float16" ? 1 : 0;
}

function layout(
  begin: Address,
  { width, rows, count }: ScannerShape,
): { areas: Areas; end: Address } {
  let end = begin;
  const take = (bytes: number) => {
    const address = end;
    end = Math.ceil((end + bytes) / 16) * 16;
    return address;
  };
  const areas: Areas = {
    scratch: take(scratchBytes(width)),
    counts: take(counters(MOST_BINS) * 4),
    tokens: take(rows * 4),
    states: [take(rows * STATE.length * 8), take(Math.max(rows, 1) * STATE.length * 8)],
    tops: [take(rows * count * 8), take(rows * count * 8)],
    gathered: take(rows * count * 4),
    normalisers: take(rows * 16),
    divergences: take(rows * 8),
  };
  return { areas, end: end + 16 };
}
