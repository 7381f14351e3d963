import type { Capture } from "../capture.ts";
import { rowStatisticsOf } from "./derived.ts";
import { eachPosition } from "./measured.ts";
import type { SingleMetric } from "./metric.ts";

/** -ln of the probability of the token that stands at the position (the baseline's), in nats. */
export const negativeLogLikelihood: SingleMetric = {
  name: "negative_log_likelihood",
  title: "Negative log-likelihood",
  unit: "nats",
  better: "lower",
  range: { low: 0 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: false,
  source: "standard; the logarithm of perplexity is its mean",
  measureCapture(variant) {
    const loss = negativeLogLikelihoodOf(variant);
    return eachPosition(variant, null, loss);
  },
};

/** Negative log-likelihood of a row's token; infinite where the token has no probability. */
export function negativeLogLikelihoodOf(capture: Capture): (row: number) => number {
  const { max, rest, tokenLogit } = rowStatisticsOf(capture);
  return (row) => rest[row]! - (tokenLogit[row]! - max[row]!);
}
