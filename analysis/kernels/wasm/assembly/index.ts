/**
 * Kernels over rows of logits, float32 or float16, row-major. The host places everything in the memory that it
 * shares with the module, and passes addresses: nothing is allocated here, so instances may share one memory.
 *
 * `scratch` is work space that belongs to one call at a time, 16-byte aligned: 17 KiB and two float32 for every 64
 * entries of a row, up to 32 bytes more for each of the two.
 */
import { CHUNK, extremesOfBlock } from "./extremes";
import { entry, widen } from "./half";
import { countBlock } from "./histogram";
import { divergenceOfBlock } from "./jensen_shannon";
import { pairBlock } from "./pair";
import { rankBlock } from "./rank";
import { sumBlock } from "./single";
import { RUN } from "./lanes";
import { begin, BLOCK, exp, LOWEST, STATE, TOKEN, ZERO } from "./state";
import { sumOfBlockAt } from "./temperatures";
import { pickTop } from "./top";

/**
 * Where in the scratch space the second row's widened block is, the last entries of a row, and the largest entries of
 * the chunks of one row and of the other, each `maximaBytes` long.
 */
const SECOND: usize = <usize> BLOCK << 2;
const LAST: usize = <usize> BLOCK << 3;
const MAXIMA: usize = LAST + 1024;

// @ts-ignore: decorator
@inline
function rowBytes(width: i32, half: bool): usize {
  return <usize> width << (half ? 1 : 2);
}

/** The block of a row from `first` on, as float32. */
// @ts-ignore: decorator
@inline
function blockOf(row: usize, half: bool, first: i32, n: i32, scratch: usize): usize {
  if (half) return widen(row + (<usize> first << 1), n, scratch);
  return row + (<usize> first << 2);
}

/** Bytes that a run of float32 takes where it comes from. */
// @ts-ignore: decorator
@inline
function stepOf(half: bool): usize {
  return half ? RUN >> 1 : RUN;
}

/** The last vector of some rows. */
// @ts-ignore: decorator
@inline
function lastOf(values: usize, width: i32, rows: i32, half: bool): usize {
  return values + max(<usize> rows * rowBytes(width, half), 16) - 16;
}

/** Where the largest entry of the chunk that begins at an entry is. */
// @ts-ignore: decorator
@inline
function maximumAt(first: i32): usize {
  return <usize> (first / CHUNK) << 2;
}

/** Bytes of the largest entries of a row's chunks, with room to fill up. */
// @ts-ignore: decorator
@inline
function maximaBytes(width: i32): usize {
  return <usize> (width + 511 >> 8 << 4);
}

function beginRow(row: usize, half: bool, token: i32, state: usize): void {
  begin(state);
  if (token >= 0) store<f64>(state, <f64> entry(row, half, token), TOKEN);
}

/**
 * State and best entries of every row.
 *
 * @param k Best entries wanted of a row, at most 64 and at most `width`.
 * @param tokens The rows' tokens, int32; negative for none.
 * @param states Receives a state a row, see `state.ts`.
 * @param tops Receives `k` ids (int32) and `k` values (float32) a row.
 */
export function scanRows(
  values: usize,
  half: bool,
  width: i32,
  rows: i32,
  k: i32,
  tokens: usize,
  states: usize,
  tops: usize,
  scratch: usize,
): void {
  const topBytes = <usize> k << 3;
  const maxima = scratch + MAXIMA;
  const last = lastOf(values, width, rows, half);
  const step = stepOf(half);
  for (let row = 0; row < rows; row++) {
    const token = load<i32>(tokens);
    beginRow(values, half, token, states);
    let most: f32 = LOWEST;
    for (let first = 0; first < width; first += BLOCK) {
      const n = min(BLOCK, width - first);
      const block = blockOf(values, half, first, n, scratch);
      most = extremesOfBlock(block, n, maxima + maximumAt(first), states, most);
      if (token >= 0) rankBlock(block, n, first, token, states);
      const next = values + rowBytes(first + n, half);
      sumBlock(block, n, most, states, scratch + LAST, next, step, last);
    }
    pickTop(values, half, width, maxima, k, tops, scratch);
    values += rowBytes(width, half);
    tokens += 4;
    states += STATE;
    tops += topBytes;
  }
}

/**
 * The best entries of every row and nothing else; parameters as for `scanRows`.
 *
 * @param maxima Receives the largest entry of a row, float32.
 */
export function topRows(
  values: usize,
  half: bool,
  width: i32,
  rows: i32,
  k: i32,
  maxima: usize,
  tops: usize,
  scratch: usize,
): void {
  const state = scratch + LAST + 64;
  const ofChunks = scratch + MAXIMA;
  for (let row = 0; row < rows; row++) {
    begin(state);
    let most: f32 = LOWEST;
    for (let first = 0; first < width; first += BLOCK) {
      const n = min(BLOCK, width - first);
      const block = blockOf(values, half, first, n, scratch);
      most = extremesOfBlock(block, n, ofChunks + maximumAt(first), state, most);
    }
    pickTop(values, half, width, ofChunks, k, tops, scratch);
    store<f32>(maxima, most);
    values += rowBytes(width, half);
    maxima += 4;
    tops += <usize> k << 3;
  }
}

/**
 * States and best entries of two aligned sets of rows, with the sums of both Kullback-Leibler divergences, and the
 * second's values at the first's best ids.
 *
 * @param gathered Receives `k` float32 a row.
 */
export function scanPairs(
  a: usize,
  halfA: bool,
  b: usize,
  halfB: bool,
  width: i32,
  rows: i32,
  k: i32,
  tokens: usize,
  statesA: usize,
  statesB: usize,
  topsA: usize,
  topsB: usize,
  gathered: usize,
  scratch: usize,
): void {
  const topBytes = <usize> k << 3;
  const maximaA = scratch + MAXIMA;
  const maximaB = maximaA + maximaBytes(width);
  const lastA = lastOf(a, width, rows, halfA);
  const lastB = lastOf(b, width, rows, halfB);
  const stepA = stepOf(halfA);
  const stepB = stepOf(halfB);
  for (let row = 0; row < rows; row++) {
    const token = load<i32>(tokens);
    beginRow(a, halfA, token, statesA);
    beginRow(b, halfB, token, statesB);
    let mostA: f32 = LOWEST;
    let mostB: f32 = LOWEST;
    for (let first = 0; first < width; first += BLOCK) {
      const n = min(BLOCK, width - first);
      const blockA = blockOf(a, halfA, first, n, scratch);
      const blockB = blockOf(b, halfB, first, n, scratch + SECOND);
      mostA = extremesOfBlock(blockA, n, maximaA + maximumAt(first), statesA, mostA);
      mostB = extremesOfBlock(blockB, n, maximaB + maximumAt(first), statesB, mostB);
      if (token >= 0) {
        rankBlock(blockA, n, first, token, statesA);
        rankBlock(blockB, n, first, token, statesB);
      }
      const nextA = a + rowBytes(first + n, halfA);
      const nextB = b + rowBytes(first + n, halfB);
      pairBlock(
        blockA, blockB, n, mostA, mostB, statesA, statesB, scratch + LAST,
        nextA, stepA, lastA, nextB, stepB, lastB,
      );
    }
    pickTop(a, halfA, width, maximaA, k, topsA, scratch);
    pickTop(b, halfB, width, maximaB, k, topsB, scratch);
    for (let i = 0; i < k; i++) {
      const id = load<i32>(topsA + (<usize> i << 2));
      store<f32>(gathered + (<usize> i << 2), entry(b, halfB, id));
    }
    a += rowBytes(width, halfA);
    b += rowBytes(width, halfB);
    tokens += 4;
    statesA += STATE;
    statesB += STATE;
    topsA += topBytes;
    topsB += topBytes;
    gathered += <usize> k << 2;
  }
}

/**
 * Twice the Jensen-Shannon divergence of aligned rows, in nats.
 *
 * @param normalisers For every row four float32: the maximum and the rest of ln sum exp of a's row, then of b's.
 * @param out Receives a float64 a row.
 */
export function jensenShannonRows(
  a: usize,
  halfA: bool,
  b: usize,
  halfB: bool,
  width: i32,
  rows: i32,
  normalisers: usize,
  out: usize,
  scratch: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const maxA = load<f32>(normalisers);
    const restA = load<f32>(normalisers, 4);
    const maxB = load<f32>(normalisers, 8);
    const restB = load<f32>(normalisers, 12);
    store<f32>(scratch + LAST + 64, 0);
    const zero = load<f32>(scratch + LAST + 64);
    let sum: f64 = 0;
    for (let first = 0; first < width; first += BLOCK) {
      const n = min(BLOCK, width - first);
      const blockA = blockOf(a, halfA, first, n, scratch);
      const blockB = blockOf(b, halfB, first, n, scratch + SECOND);
      sum += divergenceOfBlock(blockA, blockB, n, maxA, restA, maxB, restB, zero, scratch + LAST);
    }
    store<f64>(out, sum);
    a += rowBytes(width, halfA);
    b += rowBytes(width, halfB);
    normalisers += 16;
    out += 8;
  }
}

/**
 * For every row its maximum, then at each temperature the sum of exp((x - max) / T).
 *
 * @param inverses `count` numbers 1 / T, float32.
 * @param out Receives `count + 1` float64 a row.
 */
export function sumsAtTemperatures(
  values: usize,
  half: bool,
  width: i32,
  rows: i32,
  inverses: usize,
  count: i32,
  out: usize,
  scratch: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const state = scratch + LAST + 64;
    begin(state);
    memory.fill(out, 0, <usize> (count + 1) << 3);
    let most: f32 = LOWEST;
    for (let first = 0; first < width; first += BLOCK) {
      const n = min(BLOCK, width - first);
      const block = blockOf(values, half, first, n, scratch);
      const before = most;
      most = extremesOfBlock(block, n, scratch + MAXIMA, state, most);
      for (let t = 0; t < count; t++) {
        const inverse = load<f32>(inverses + (<usize> t << 2));
        const at = out + (<usize> (t + 1) << 3);
        let sum = load<f64>(at);
        if (most != before) sum *= exp((<f64> before - <f64> most) * <f64> inverse);
        store<f64>(at, sum + sumOfBlockAt(block, n, most, inverse, load<f32>(state, ZERO), scratch + LAST));
      }
    }
    store<f64>(out, <f64> most);
    values += rowBytes(width, half);
    out += <usize> (count + 1) << 3;
  }
}

/** Reads `bytes` bytes, a multiple of 64, and returns their exclusive or: for measuring the memory's speed. */
export function readAll(from: usize, bytes: usize): i32 {
  const end = from + bytes;
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  while (from < end) {
    a = v128.xor(a, v128.load(from));
    b = v128.xor(b, v128.load(from, 16));
    c = v128.xor(c, v128.load(from, 32));
    d = v128.xor(d, v128.load(from, 48));
    from += 64;
  }
  const all = v128.xor(v128.xor(a, b), v128.xor(c, d));
  return i32x4.extract_lane(all, 0) ^ i32x4.extract_lane(all, 1) ^
    i32x4.extract_lane(all, 2) ^ i32x4.extract_lane(all, 3);
}

/** Counts `n` entries in bins, see `countBlock`. */
export function histogram(
  values: usize,
  half: bool,
  n: i32,
  first: f32,
  high: f32,
  scale: f32,
  bins: i32,
  counts: usize,
  scratch: usize,
): void {
  if (!half) {
    countBlock(values, n, first, high, scale, bins, counts, lastOf(values, n, 1, false));
    return;
  }
  for (let begin = 0; begin < n; begin += BLOCK) {
    const size = min(BLOCK, n - begin);
    const block = widen(values + (<usize> begin << 1), size, scratch);
    countBlock(block, size, first, high, scale, bins, counts, scratch);
  }
}
