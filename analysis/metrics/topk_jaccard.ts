import { overlap } from "../kernels/overlap.ts";
import type { PairedMetric } from "./metric.ts";
import { rankTopK } from "./top_k_ranking.ts";

/** Jaccard overlap of the two sets of the k most likely tokens; equal logits are settled by the lower id. */
export const topkJaccard: PairedMetric = {
  name: "topk_jaccard",
  title: "Top-k Jaccard overlap",
  unit: "",
  better: "higher",
  range: { low: 0, high: 1 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "ACBench, Eq. 5",
  measureCapture(variant, baseline) {
    return rankTopK(variant, baseline, ({ k, ids, variantIds, idsBegin }) => {
      const shared = overlap(ids, idsBegin, variantIds, idsBegin, k);
      return shared / (2 * k - shared);
    });
  },
};
