/**
 * The rank of a token among a row of logits.
 *
 * @module
 */

/**
 * Rank of entry `token` of the row, 1 for the largest; of equal logits the lower id ranks first. -1 where the
 * row holds NaN and so has no order.
 */
export function tokenRank(
  values: Float32Array,
  begin: number,
  width: number,
  token: number,
): number {
  const own = values[begin + token]!;
  let before = 0;
  for (let id = 0; id < width; id++) {
    const value = values[begin + id]!;
    if (value !== value) return -1;
    if (value > own || (value === own && id < token)) before++;
  }
  return before + 1;
}
