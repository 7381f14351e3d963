import { effectiveRanks, effectiveRanksOfWeights } from "./effective_ranks.ts";
import type { SingleMetric } from "./metric.ts";

/** Effective rank as ACBench prints it, over the singular values of the matrix as it is. */
export const erank: SingleMetric = {
  name: "erank",
  title: "ERank",
  unit: "",
  better: "neither",
  range: { low: 1 },
  needs: ["logits", "hidden_states", "spectra"],
  needsBaseline: false,
  source: "ACBench, Eq. 4",
  measureCapture: (variant) => effectiveRanks(variant, "erank"),
  measureSpectra: (variant) => effectiveRanksOfWeights(variant, "erank"),
};
