/**
 * Overlap of two short lists of ids.
 *
 * @module
 */

/** How many of the `k` ids from `aBegin` in `a` also stand among the `k` ids from `bBegin` in `b`. */
export function overlap(
  a: Int32Array,
  aBegin: number,
  b: Int32Array,
  bBegin: number,
  k: number,
): number {
  let shared = 0;
  for (let i = 0; i < k; i++) {
    const id = a[aBegin + i]!;
    for (let j = 0; j < k; j++) {
      if (b[bBegin + j] === id) {
        shared++;
        break;
      }
    }
  }
  return shared;
}
