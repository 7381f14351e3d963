import { effectiveRanks, effectiveRanksOfWeights } from "./effective_ranks.ts";
import type { SingleMetric } from "./metric.ts";

/** Effective rank of the covariance of centred, unit-length rows, as ACBench's released code computes it. */
export const erankCovariance: SingleMetric = {
  name: "erank_covariance",
  title: "ERank (covariance)",
  unit: "",
  better: "neither",
  range: { low: 1 },
  needs: ["logits", "hidden_states", "spectra"],
  needsBaseline: false,
  source: "Wei et al. 2024 (Diff-eRank); ACBench's released code",
  measureCapture: (variant) => effectiveRanks(variant, "erank_covariance"),
  measureSpectra: (variant) => effectiveRanksOfWeights(variant, "erank_covariance"),
};
