/**
 * Similarities with the rounding noise that a stored table lacks.
 *
 * An embedder gives the same text slightly different vectors at different places of a batch, and a
 * matrix product rounds by place; where two matchings weigh the same, this decides between them. A
 * golden table stores one number a pair of texts, so such an entry can only be checked up to the noise.
 *
 * @module
 */
import type { Similarity } from "../scoring/score_context.ts";

/** Largest noise: the golden files call an entry tie-sensitive when a change below 2e-6 moves it. */
const NOISE = 2e-6;

/** How a similarity is passed on: as it is, or with noise. */
export type Shake = (similarity: Similarity) => Similarity;

/** The similarity as it is. */
export const unshaken: Shake = (similarity) => similarity;

/** A shake whose noise a seed decides; every call draws anew, so equal texts can differ by place. */
export function shakeBy(seed: number): Shake {
  let state = seed >>> 0;
  const random = () => { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return (similarity) => (a, b) => similarity(a, b) + NOISE * (2 * random() - 1);
}
