/**
 * Seeded random numbers: the same seed gives the same suite on every machine.
 *
 * The generator is xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c),
 * its state filled from a seed by SplitMix32.
 *
 * @module
 */

/** A stream of random choices. */
export interface Random {
  /** A uniform integer in [0, 2^32). */
  next(): number;
  /** A uniform integer in [low, high], both ends included. */
  integer(low: number, high: number): number;
  /** A uniform element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** `count` different elements of a list, in random order. */
  sample<T>(list: readonly T[], count: number): T[];
}

/**
 * A 32-bit hash of a text: FNV-1a over its UTF-16 units, then MurmurHash3's finalizer.
 *
 * @param text Any text.
 * @returns An integer in [0, 2^32).
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One step of xoshiro128** 1.1 on a state of four unsigned 32-bit integers, changed in place. */
export function xoshiro128StarStar(state: Uint32Array): number {
  const a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
  const scrambled = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
  const mixedC = c ^ a;
  const mixedD = d ^ b;
  state[0] = a ^ mixedD;
  state[1] = b ^ mixedC;
  state[2] = mixedC ^ (b << 9);
  state[3] = rotateLeft(mixedD, 11);
  return scrambled;
}

/**
 * A stream of random choices that its name alone decides.
 *
 * @param seed What the stream is for, e.g. `needle/test/1`.
 */
export function createRandom(seed: string): Random {
  const state = Uint32Array.from(splitMix32(hashText(seed), 4));
  const next = () => xoshiro128StarStar(state);

  function integer(low: number, high: number): number {
    const span = high - low + 1;
    // The incomplete last block of the 2^32 values would favour small results: draw again.
    const limit = 2 ** 32 - (2 ** 32 % span);
    let value = next();
    while (value >= limit) value = next();
    return low + (value % span);
  }

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError("Cannot pick from an empty list");
    return list[integer(0, list.length - 1)] as T;
  }

  function sample<T>(list: readonly T[], count: number): T[] {
    if (count > list.length) {
      throw new RangeError(`Cannot sample ${count} of ${list.length} elements`);
    }
    const left = [...list];
    for (let i = 0; i < count; i++) {
      const j = integer(i, left.length - 1);
      [left[i], left[j]] = [left[j] as T, left[i] as T];
    }
    return left.slice(0, count);
  }

  return { next, integer, pick, sample };
}

function splitMix32(seed: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    let z = (seed + Math.imul(i + 1, 0x9e3779b9)) >>> 0;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  });
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
