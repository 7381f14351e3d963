/**
 * Reading ahead: while one block is computed with, the lines of the next are touched, so that they are in the cache
 * when their turn comes. The processor's own prefetching stops at every page of 4 KiB, and WebAssembly has no
 * instruction for it; a load whose result nobody waits for does the same.
 */

/** Bytes of a cache line. */
const LINE: usize = 64;

/**
 * Touches the lines `[next, next + bytes)`, none of them behind `last`.
 *
 * @param bytes 128 or 256.
 * @returns Anything: it must be stored somewhere, or the loads are left out.
 */
// @ts-ignore: decorator
@inline
export function touch(next: usize, bytes: usize, last: usize): v128 {
  const a = v128.load(min(next, last));
  const b = v128.load(min(next + LINE, last));
  const half = v128.or(a, b);
  if (bytes <= 2 * LINE) return half;
  const c = v128.load(min(next + 2 * LINE, last));
  const d = v128.load(min(next + 3 * LINE, last));
  return v128.or(half, v128.or(c, d));
}
