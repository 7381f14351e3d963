/**
 * Counts of logits in bins of equal width.
 *
 * @module
 */
import { type BlockInput, type BlockScanner, isHalf } from "./block_scanner.ts";
import { counters, MOST_BINS } from "./row_module.ts";

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
  const { first, high, scale } = binning(of);
  for (const value of values) {
    if (value - value !== 0) out.notFinite++;
    else if (value > high) out.above++;
    else {
      const place = Math.fround(value * scale + first);
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
  const { first, high, scale } = binning(of);
  const { bins } = of;
  const { memory, module, width, areas } = scanner;
  const found = new Int32Array(memory.buffer, areas.counts, counters(bins)).fill(0);
  module.histogram(
    input.address,
    isHalf(input),
    rows * width,
    first,
    high,
    scale,
    bins,
    areas.counts,
    areas.scratch,
  );
  addCounters(found, bins, out);
}

/** Adds what the kernel counted, by pairs of places and singly, to the counts. */
export function addCounters(found: Int32Array, bins: number, out: Counts): void {
  const places = bins + 2;
  const sums = new Float64Array(places);
  for (let first = 0; first < places; first++) {
    for (let second = 0; second < places; second++) {
      const count = found[first * places + second]!;
      sums[first]! += count;
      sums[second]! += count;
    }
  }
  const singles = places * places;
  sums.forEach((sum, place) => sums[place] = sum + found[singles + place]!);
  const [atBelow, atAbove] = [found[singles + places]!, found[singles + places + 1]!];
  out.notFinite += atBelow + atAbove;
  out.below += sums[0]! - atBelow;
  out.above += sums[places - 1]! - atAbove;
  for (let bin = 0; bin < bins; bin++) out.counts[bin]! += sums[bin + 1]!;
}

/** Bins as the kernel takes them: an entry belongs to place floor(x scale + first), of which 1 is the first bin. */
export function binning({ low, high, bins }: Bins): { first: number; high: number; scale: number } {
  if (!(Number.isInteger(bins) && bins > 0 && bins <= MOST_BINS && low < high)) {
    throw new RangeError(
      `${bins} bins from ${low} to ${high}, expected 1 to ${MOST_BINS} and low < high`,
    );
  }
  const scale = Math.fround(bins / (high - low));
  return { first: Math.fround(1 - low * scale), high: Math.fround(high), scale };
}
