/**
 * The ids of the largest entries of rows of logits.
 *
 * @module
 */

/**
 * Writes, for every row, the ids of its `k` largest entries, largest first; of equal entries the lower id
 * comes first, so the first `j` ids are the top-`j` for every `j <= k`. A row that holds NaN has no order:
 * its ids are all -1.
 *
 * @param values `rows * width` logits, `width >= k`.
 * @param out Receives `rows * k` ids.
 */
export function topIdsRows(
  values: Float32Array,
  width: number,
  rows: number,
  k: number,
  out: Int32Array,
): void {
  const best = new Float32Array(k);
  for (let row = 0; row < rows; row++) {
    topIds(values, row * width, width, k, out, row * k, best);
  }
}

function topIds(
  values: Float32Array,
  begin: number,
  width: number,
  k: number,
  out: Int32Array,
  outBegin: number,
  best: Float32Array,
): void {
  let filled = 0;
  let worst = -Infinity;
  for (let id = 0; id < width; id++) {
    const value = values[begin + id]!;
    if (filled === k && value <= worst) continue;
    if (value !== value) {
      out.fill(-1, outBegin, outBegin + k);
      return;
    }
    let slot = filled < k ? filled++ : k - 1;
    // Strictly greater: an equal entry with a lower id stays in front.
    while (slot > 0 && value > best[slot - 1]!) {
      best[slot] = best[slot - 1]!;
      out[outBegin + slot] = out[outBegin + slot - 1]!;
      slot--;
    }
    best[slot] = value;
    out[outBegin + slot] = id;
    worst = best[k - 1]!;
  }
}
