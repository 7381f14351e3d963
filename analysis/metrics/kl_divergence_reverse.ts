import { eachDivergence } from "./each_divergence.ts";
import type { PairedMetric } from "./metric.ts";

/**
 * KL(variant || baseline) of the next-token distributions, in nats: large where the variant puts weight on tokens
 * that the baseline finds unlikely. Infinite where the baseline forbids a token that the variant allows.
 */
export const klDivergenceReverse: PairedMetric = {
  name: "kl_divergence_reverse",
  title: "KL divergence to the baseline",
  unit: "nats",
  better: "lower",
  range: { low: 0 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "Kullback and Leibler 1951",
  measureCapture: (variant, baseline) => eachDivergence(variant, baseline, "reverse"),
};
