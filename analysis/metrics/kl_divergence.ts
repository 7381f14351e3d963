import { eachDivergence } from "./each_divergence.ts";
import type { PairedMetric } from "./metric.ts";

/**
 * KL(baseline || variant) of the next-token distributions, in nats. Infinite where the variant gives no
 * probability to a token that the baseline allows.
 */
export const klDivergence: PairedMetric = {
  name: "kl_divergence",
  title: "KL divergence from the baseline",
  unit: "nats",
  better: "lower",
  range: { low: 0 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "Kullback and Leibler 1951",
  measureCapture: (variant, baseline) => eachDivergence(variant, baseline, "forward"),
};
