import { rowStatisticsOf } from "./derived.ts";
import { eachPosition } from "./measured.ts";
import type { SingleMetric } from "./metric.ts";

/** Shannon entropy of the next-token distribution, in nats. */
export const entropy: SingleMetric = {
  name: "entropy",
  title: "Entropy",
  unit: "nats",
  better: "neither",
  range: { low: 0 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: false,
  source: "Shannon 1948",
  measureCapture(variant) {
    const { entropy } = rowStatisticsOf(variant);
    return eachPosition(variant, null, (row) => entropy[row]!);
  },
};
