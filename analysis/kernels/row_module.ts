/**
 * The WebAssembly module of `wasm/assembly`, built by `deno task kernels`.
 *
 * @module
 */

/** An address in the module's memory. */
export type Address = number;

/** The module's functions; `wasm/assembly/index.ts` describes them. */
export interface RowModule {
  scanRows(
    values: Address,
    half: number,
    width: number,
    rows: number,
    k: number,
    tokens: Address,
    states: Address,
    tops: Address,
    scratch: Address,
  ): void;
  topRows(
    values: Address,
    half: number,
    width: number,
    rows: number,
    k: number,
    maxima: Address,
    tops: Address,
    scratch: Address,
  ): void;
  scanPairs(
    a: Address,
    halfA: number,
    b: Address,
    halfB: number,
    width: number,
    rows: number,
    k: number,
    tokens: Address,
    statesA: Address,
    statesB: Address,
    topsA: Address,
    topsB: Address,
    gathered: Address,
    scratch: Address,
  ): void;
  jensenShannonRows(
    a: Address,
    halfA: number,
    b: Address,
    halfB: number,
    width: number,
    rows: number,
    normalisers: Address,
    out: Address,
    scratch: Address,
  ): void;
  sumsAtTemperatures(
    values: Address,
    half: number,
    width: number,
    rows: number,
    inverses: Address,
    count: number,
    out: Address,
    scratch: Address,
  ): void;
  readAll(from: Address, bytes: number): number;
  histogram(
    values: Address,
    half: number,
    n: number,
    first: number,
    high: number,
    scale: number,
    bins: number,
    counts: Address,
    scratch: Address,
  ): void;
}

/** Numbers in a row's state, in float64; see `wasm/assembly/state.ts`. */
export const STATE = {
  length: 8,
  max: 0,
  min: 1,
  sum: 2,
  weighted: 3,
  cross: 4,
  rank: 5,
  token: 6,
};

/** Bytes of scratch space for rows of a width. */
export function scratchBytes(width: number): number {
  // Two blocks of 2,048 float32, 1 KiB of odds and ends, and the largest entry of each 64 of two rows.
  return 17 * 1024 + 2 * 16 * ((width + 511) >> 8);
}

/** Bins that a histogram can have. */
export const MOST_BINS = 126;

/** Counters that a histogram of so many bins needs; see `countBlock` in `wasm/assembly/histogram.ts`. */
export function counters(bins: number): number {
  return (bins + 2) * (bins + 3) + 2;
}

const PAGE = 65536;

/** The built module. */
export const MODULE_FILE = new URL("./wasm/rows.wasm", import.meta.url);

let compiled: WebAssembly.Module | null = null;

/** An instance of the module over a memory that it may share with other instances. */
export function rowModule(memory: WebAssembly.Memory): RowModule {
  compiled ??= new WebAssembly.Module(Deno.readFileSync(MODULE_FILE));
  const imports = { env: { memory }, math: { exp: Math.exp } };
  return new WebAssembly.Instance(compiled, imports).exports as unknown as RowModule;
}

/** A memory of at least so many bytes that workers can share. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}
