import { eachPosition } from "./measured.ts";
import type { SingleMetric } from "./metric.ts";
import { rowMomentsOf } from "./row_moments_of.ts";

/**
 * Squared distance of the next-token distribution from the token that stands at the position (the
 * baseline's): the sum over the vocabulary of (p - [it is the token])², from 0 to 2. Unlike the negative
 * log-likelihood it is bounded, so one token without probability cannot decide a mean.
 */
export const brierScore: SingleMetric = {
  name: "brier_score",
  title: "Brier score",
  unit: "",
  better: "lower",
  range: { low: 0, high: 2 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: false,
  source: "Brier 1950 (the form over all classes)",
  measureCapture(variant) {
    const { squares, token } = rowMomentsOf(variant);
    return eachPosition(variant, null, (row) => {
      const p = token[row]!;
      // (1 - p)² of the token itself, and the squares of the others.
      return (1 - p) * (1 - p) + Math.max(squares[row]! - p * p, 0);
    });
  },
};
