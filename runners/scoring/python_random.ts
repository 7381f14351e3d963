/**
 * `random.Random(seed).shuffle` of the Python library, for orders that upstream draws by seed.
 *
 * @module
 */

const STATE = 624;

/**
 * Shuffles a list as `random.Random(seed).shuffle(list)` does.
 *
 * @param seed 0 to 2^32 - 1.
 * @returns A new list.
 */
export function pythonShuffle<T>(items: readonly T[], seed: number): T[] {
  const next = mersenneTwister(seed);
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = below(next, i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/** A number below n: as many random bits as n has, drawn again until they fit. */
function below(next: () => number, n: number): number {
  const bits = 32 - Math.clz32(n);
  for (;;) {
    const value = next() >>> (32 - bits);
    if (value < n) return value;
  }
}

/** MT19937 (Matsumoto and Nishimura 1998), seeded by the array that holds only the seed. */
function mersenneTwister(seed: number): () => number {
  const state = seeded(seed);
  let index = STATE;
  return () => {
    if (index === STATE) {
      refill(state);
      index = 0;
    }
    let y = state[index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

function seeded(seed: number): Uint32Array {
  const state = new Uint32Array(STATE);
  state[0] = 19650218;
  for (let i = 1; i < STATE; i++) {
    state[i] = Math.imul(1812433253, state[i - 1]! ^ (state[i - 1]! >>> 30)) + i;
  }
  let i = 1;
  for (let k = 0; k < STATE; k++) {
    const mixed = Math.imul(state[i - 1]! ^ (state[i - 1]! >>> 30), 1664525);
    state[i] = (state[i]! ^ mixed) + seed;
    i = following(state, i);
  }
  for (let k = 0; k < STATE - 1; k++) {
    const mixed = Math.imul(state[i - 1]! ^ (state[i - 1]! >>> 30), 1566083941);
    state[i] = (state[i]! ^ mixed) - i;
    i = following(state, i);
  }
  state[0] = 0x80000000;
  return state;
}

function following(state: Uint32Array, i: number): number {
  if (i + 1 < STATE) return i + 1;
  state[0] = state[STATE - 1]!;
  return 1;
}

function refill(state: Uint32Array): void {
  for (let k = 0; k < STATE; k++) {
    const y = (state[k]! & 0x80000000) | (state[(k + 1) % STATE]! & 0x7fffffff);
    state[k] = state[(k + 397) % STATE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
