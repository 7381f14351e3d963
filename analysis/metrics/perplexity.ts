import { eachSample } from "./measured.ts";
import type { SingleMetric } from "./metric.ts";
import { negativeLogLikelihoodOf } from "./negative_log_likelihood.ts";

/**
 * exp of the mean negative log-likelihood of a sample's tokens (those that the baseline wrote). The summary
 * pools by tokens: exp(sum of all negative log-likelihoods / number of all tokens), the corpus perplexity,
 * which is the geometric mean of the samples' perplexities weighted by their tokens.
 */
export const perplexity: SingleMetric = {
  name: "perplexity",
  title: "Perplexity",
  unit: "",
  better: "lower",
  range: { low: 1 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: false,
  source: "standard; ACBench, Figure 5",
  pooling: "tokens",
  measureCapture(variant) {
    const loss = negativeLogLikelihoodOf(variant);
    const tokens = new Map(
      variant.samples.map(({ sampleId, count }) => [sampleId, count]),
    );
    return eachSample(variant, null, ({ ranges, count }) => {
      let sum = 0;
      for (const { begin, end } of ranges) {
        for (let row = begin; row < end; row++) sum += loss(row);
      }
      return Math.exp(sum / count);
    }).map((values) => ({
      ...values,
      weight: Float64Array.from(values.sample, (index) => tokens.get(values.samples[index]!)!),
    }));
  },
};
