import { spearmanRho as spearmanRhoOf } from "../kernels/spearman_rho.ts";
import { pairStatisticsOf, rowStatisticsOf } from "./derived.ts";
import type { PairedMetric } from "./metric.ts";
import { CONSTANT_RANKING, rankTopK } from "./top_k_ranking.ts";

/** Spearman's rho between the logits of both on the k tokens that the baseline ranks highest. */
export const spearmanRho: PairedMetric = {
  name: "spearman_rho",
  title: "Spearman's ρ",
  unit: "",
  better: "higher",
  range: { low: -1, high: 1 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "ACBench, Figures 4 and 5 (midranks, on the baseline's top-k)",
  measureCapture(variant, baseline) {
    const { topLogits } = rowStatisticsOf(baseline);
    const { variantAtTop } = pairStatisticsOf(variant, baseline);
    return rankTopK(variant, baseline, ({ k, idsBegin }) => {
      const rho = spearmanRhoOf(topLogits, variantAtTop, idsBegin, k);
      return Number.isNaN(rho) ? CONSTANT_RANKING : rho;
    });
  },
};
