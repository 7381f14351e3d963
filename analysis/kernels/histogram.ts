/**
 * Counts of logits in bins of equal width.
 *
 * @module
 */
import { type BlockInput, type BlockScanner, isHalf } from "./block_scanner.ts";
import { MOST_BINS } from "./row_module.ts";

/**
 * Bins of equal width over [low, high]: bin i begins at low + i (high - low) / bins, and the last one includes
 * `high`, as numpy's histogram has it. Places are computed in float32, so a number within rounding of an edge can
 * fall on either side of it.
 */
export interface Bins {
  low: number;
  high: number;
  bins: number;
}

/** Counts so far; whole numbers. */
export interface Counts {
  counts: Float64Array;
  below: number;
  above: number;
  /** NaN and infinities, which are neither below nor above. */
  notFinite: number;
}

/** No counts yet. */
export function noCounts({ bins }: Bins): Counts {
  return { counts: new Float64Array(bins), below: 0, above: 0, notFinite: 0 };
}

/** Adds numbers to the counts, in plain TypeScript. */
export function countPlain(values: Float32Array, of: Bins, out: Counts): void {
  const { low, high, scale } = checked(of);
  for (const value of values) {
    if (value - value !== 0) out.notFinite++;
    else if (value > high) out.above++;
    else {
      const place = Math.fround(Math.fround(Math.fround(value - low) * scale) + 1);
      if (place < 1) out.below++;
      else out.counts[Math.min(Math.trunc(place), of.bins) - 1]!++;
    }
  }
}

/**
 * Adds the `rows` rows of a block to the counts by the kernels; the same counts as {@link countPlain}'s.
 *
 * @throws {RangeError} When there are no bins, too many, or `high` is not above `low`.
 */
export function countBlock(
  scanner: BlockScanner,
  rows: number,
  input: BlockInput,
  of: Bins,
  out: Counts,
): void {
  const { low, high, scale } = checked(of);
  const { bins } = of;
  const { memory, module, width, areas } = scanner;
  const length = bins + 2;
  const tables = new Int32Array(memory.buffer, areas.counts, 4 * length).fill(0);
  const finite = module.histogram(
    input.address,
    isHalf(input),
    rows * width,
    low,
    high,
    scale,
    bins,
    areas.counts,
    areas.scratch,
  );
  const sum = (place: number) =>
    tables[place]! + tables[place + length]! + tables[place + 2 * length]! +
    tables[place + 3 * length]!;
  const notFinite = rows * width - finite;
  out.notFinite += notFinite;
  out.below += sum(0) - notFinite;
  out.above += sum(bins + 1);
  for (let bin = 0; bin < bins; bin++) out.counts[bin]! += sum(bin + 1);
}

function checked({ low, high, bins }: Bins): { low: number; high: number; scale: number } {
  if (!(Number.isInteger(bins) && bins > 0 && bins <= MOST_BINS && low < high)) {
    throw new RangeError(
      `${bins} bins from ${low} to ${high}, expected 1 to ${MOST_BINS} and low < high`,
    );
  }
  const [from, to] = [Math.fround(low), Math.fround(high)];
  return { low: from, high: to, scale: Math.fround(bins / (to - from)) };
}
