/**
 * Length of the longest strictly increasing subsequence.
 *
 * @param values Numbers in order.
 * @returns 0 for no values.
 */
export function longestIncreasingLength(values: readonly number[]): number {
  const tails: number[] = []; // tails[k]: least end of an increasing subsequence of length k + 1
  for (const value of values) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tails[middle]! < value) low = middle + 1;
      else high = middle;
    }
    tails[low] = value;
  }
  return tails.length;
}
