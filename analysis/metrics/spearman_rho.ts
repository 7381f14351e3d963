import { spearmanRho as spearmanRhoOf } from "../kernels/spearman_rho.ts";
import type { PairedMetric } from "./metric.ts";
import { CONSTANT_RANKING, rankTopK } from "./top_k_ranking.ts";

/** Spearman's rho between the logits of both on the k tokens that the baseline ranks highest. */
export const spearmanRho: PairedMetric = {
  name: "spearman_rho",
  title: "Spearman's ρ",
  unit: "",
  better: "higher",
  range: { low: -1, high: 1 },
  needs: ["logits"],
  needsBaseline: true,
  source: "ACBench, Figures 4 and 5 (midranks, on the baseline's top-k)",
  measureCapture(variant, baseline) {
    const { values: x, width } = baseline.logits;
    const { values: y } = variant.logits;
    return rankTopK(variant, baseline, ({ row, k, ids, idsBegin }) => {
      const begin = row * width;
      const rho = spearmanRhoOf(x, begin, y, begin, ids, idsBegin, k);
      return Number.isNaN(rho) ? CONSTANT_RANKING : rho;
    });
  },
};
