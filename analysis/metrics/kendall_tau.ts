import { kendallTau as kendallTauOf } from "../kernels/kendall_tau.ts";
import type { PairedMetric } from "./metric.ts";
import { CONSTANT_RANKING, rankTopK } from "./top_k_ranking.ts";

/** Kendall's tau-b between the logits of both on the k tokens that the baseline ranks highest. */
export const kendallTau: PairedMetric = {
  name: "kendall_tau",
  title: "Kendall's τ",
  unit: "",
  better: "higher",
  range: { low: -1, high: 1 },
  needs: ["logits"],
  needsBaseline: true,
  source: "ACBench, Figures 4 and 5 (tau-b, on the baseline's top-k)",
  measureCapture(variant, baseline) {
    const { values: x, width } = baseline.logits;
    const { values: y } = variant.logits;
    return rankTopK(variant, baseline, ({ row, k, ids, idsBegin }) => {
      const begin = row * width;
      const tau = kendallTauOf(x, begin, y, begin, ids, idsBegin, k);
      return Number.isNaN(tau) ? CONSTANT_RANKING : tau;
    });
  },
};
