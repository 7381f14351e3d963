/** What is known of a row so far: eight float64 at the row's place in the output. */

/** The largest entry. */
export const MAX: usize = 0;
/** The smallest entry. */
export const MIN: usize = 8;
/** Sum of exp(x - max). */
export const SUM: usize = 16;
/** Sum of exp(x - max) (x - max). */
export const WEIGHTED: usize = 24;
/** Sum of exp(x - max) times the difference of both rows' x - max, the first row's less the second's. */
export const CROSS: usize = 32;
/** Entries that rank before the row's token. */
export const RANK: usize = 40;
/** The token's own entry. */
export const TOKEN: usize = 48;
/** Always 0, see `constant` in `lanes.ts`. */
export const ZERO: usize = 56;
/** Bytes of a state. */
export const STATE: usize = 64;

/** Below every finite float32 but the lowest: the maximum of a row whose entries are all -infinity so far. */
export const LOWEST: f32 = -3.4028234663852886e38;

/** Entries of a row that are taken in at a time: 8 KiB of each of two rows stay in the L1 cache. */
export const BLOCK: i32 = 2048;

/** Below this, exp(d) counts as exp(-87), about 1.6e-38. */
export const FLOOR: f32 = -87;

/** Starts a row. */
export function begin(state: usize): void {
  memory.fill(state, 0, STATE);
  store<f64>(state, <f64> LOWEST, MAX);
  store<f64>(state, Infinity, MIN);
}

/** exp in float64, the host's; called only where a block raises the maximum. */
// @ts-ignore: decorator
@external("math", "exp")
export declare function exp(x: f64): f64;

/**
 * Moves the sums to a new, larger maximum; returns by how much it grew.
 */
export function raise(state: usize, max: f32): f64 {
  const growth = <f64> max - load<f64>(state, MAX);
  if (growth == 0) return 0;
  const factor = exp(-growth);
  const sum = load<f64>(state, SUM);
  store<f64>(state, <f64> max, MAX);
  store<f64>(state, factor * sum, SUM);
  store<f64>(state, factor * (load<f64>(state, WEIGHTED) - growth * sum), WEIGHTED);
  return growth;
}
