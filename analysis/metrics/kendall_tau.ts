import { kendallTau as kendallTauOf } from "../kernels/kendall_tau.ts";
import { pairStatisticsOf, rowStatisticsOf } from "./derived.ts";
import type { PairedMetric } from "./metric.ts";
import { CONSTANT_RANKING, rankTopK } from "./top_k_ranking.ts";

/** Kendall's tau-b between the logits of both on the k tokens that the baseline ranks highest. */
export const kendallTau: PairedMetric = {
  name: "kendall_tau",
  title: "Kendall's τ",
  unit: "",
  better: "higher",
  range: { low: -1, high: 1 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "ACBench, Figures 4 and 5 (tau-b, on the baseline's top-k)",
  measureCapture(variant, baseline) {
    const { topLogits } = rowStatisticsOf(baseline);
    const { variantAtTop } = pairStatisticsOf(variant, baseline);
    return rankTopK(variant, baseline, ({ k, idsBegin }) => {
      const tau = kendallTauOf(topLogits, variantAtTop, idsBegin, k);
      return Number.isNaN(tau) ? CONSTANT_RANKING : tau;
    });
  },
};
