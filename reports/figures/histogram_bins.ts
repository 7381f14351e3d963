/**
 * Bins of equal width.
 *
 * @module
 */

/**
 * Edges of bins that hold all values, on round numbers, with an empty bin at either end.
 *
 * @param values At least one finite number; ten digits of each count.
 * @param bins About how many bins.
 * @returns Edges in rising order, one more than there are bins.
 */
export function binEdges(values: readonly number[], bins: number): number[] {
  let least = Infinity, most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(least <= most)) throw new RangeError("Bins need at least one finite value");
  const step = roundStep((most - least) / bins || 1);
  const first = Math.floor(least / step) - 1, last = Math.floor(most / step) + 2;
  // Multiples instead of sums: no edge drifts.
  return Array.from(
    { length: last - first + 1 },
    (_, i) => Number(((first + i) * step).toPrecision(12)),
  );
}

/** Share of the values in each bin `[edge, next edge)`; all 0 where there are no values. */
export function shares(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const step = edges[1]! - edges[0]!;
  for (const value of values) {
    let bin = Math.min(counts.length - 1, Math.max(0, Math.floor((value - edges[0]!) / step)));
    if (value < edges[bin]!) bin--;
    else if (value >= edges[bin + 1]! && bin < counts.length - 1) bin++;
    counts[bin]!++;
  }
  return counts.map((count) => values.length === 0 ? 0 : count / values.length);
}

/** The next of 1, 2, 2.5 and 5 times a power of ten. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 2.5, 5, 10].find((digit) => digit * power >= step * (1 - 1e-9))! * power;
}
