import { eachDivergence } from "./each_divergence.ts";
import type { PairedMetric } from "./metric.ts";

/**
 * Jensen-Shannon divergence of the next-token distributions, in nats: the mean of both divergences from their
 * mixture. Symmetric and, unlike KL, never above ln 2.
 */
export const jsDivergence: PairedMetric = {
  name: "js_divergence",
  title: "Jensen-Shannon divergence",
  unit: "nats",
  better: "lower",
  range: { low: 0, high: Math.LN2 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "Lin 1991",
  measureCapture: (variant, baseline) => eachDivergence(variant, baseline, "jensenShannon"),
};
