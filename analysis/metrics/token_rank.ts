import { rowStatisticsOf } from "./derived.ts";
import { eachPosition } from "./measured.ts";
import type { SingleMetric } from "./metric.ts";

/**
 * Rank among the logits of the token that stands at the position (the baseline's): 1 where it is the most likely
 * one; equal logits are settled by the lower id.
 */
export const tokenRank: SingleMetric = {
  name: "token_rank",
  title: "Rank of the token",
  unit: "",
  better: "lower",
  range: { low: 1 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: false,
  source: "standard",
  measureCapture(variant) {
    const { tokenRank } = rowStatisticsOf(variant);
    return eachPosition(variant, null, (row) => {
      const rank = tokenRank[row]!;
      return rank === -1 ? { reason: "the logits hold NaN" } : rank;
    });
  },
};
