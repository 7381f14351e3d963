/**
 * Shannon entropy of the softmax of a row of logits.
 *
 * @module
 */

/**
 * Entropy in nats of the softmax of the `width` logits from `begin` on; `NaN` where there is no distribution.
 *
 * @param max The row's largest logit. @param rest ln sum exp of the row less `max` (see `logsumexp.ts`).
 */
export function entropy(
  values: Float32Array,
  begin: number,
  width: number,
  max: number,
  rest: number,
): number {
  if (!Number.isFinite(max)) return NaN;
  let sum = 0;
  for (let i = begin; i < begin + width; i++) {
    const logarithm = values[i]! - max - rest;
    const probability = Math.exp(logarithm);
    if (probability !== 0) sum -= probability * logarithm;
  }
  return Math.max(sum, 0);
}
