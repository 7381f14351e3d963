/**
 * All metrics. A new one is a file in this folder and a line here; the key is the file's name and the
 * value in the `metric` column.
 *
 * @module
 */
import { diffErank } from "./diff_erank.ts";
import { energy } from "./energy.ts";
import { energyShift } from "./energy_shift.ts";
import { entropy } from "./entropy.ts";
import { erank } from "./erank.ts";
import { erankCovariance } from "./erank_covariance.ts";
import { jsDivergence } from "./js_divergence.ts";
import { kendallTau } from "./kendall_tau.ts";
import { klDivergence } from "./kl_divergence.ts";
import { klDivergenceReverse } from "./kl_divergence_reverse.ts";
import type { Metric } from "./metric.ts";
import { negativeLogLikelihood } from "./negative_log_likelihood.ts";
import { perplexity } from "./perplexity.ts";
import { spearmanRho } from "./spearman_rho.ts";
import { tokenRank } from "./token_rank.ts";
import { top1Agreement } from "./top1_agreement.ts";
import { topkJaccard } from "./topk_jaccard.ts";

/** Metrics by name. */
export const METRICS: Record<string, Metric> = {
  diff_erank: diffErank,
  energy,
  energy_shift: energyShift,
  entropy,
  erank,
  erank_covariance: erankCovariance,
  js_divergence: jsDivergence,
  kendall_tau: kendallTau,
  kl_divergence: klDivergence,
  kl_divergence_reverse: klDivergenceReverse,
  negative_log_likelihood: negativeLogLikelihood,
  perplexity,
  spearman_rho: spearmanRho,
  token_rank: tokenRank,
  top1_agreement: top1Agreement,
  topk_jaccard: topkJaccard,
};

/** The metric of a name; undefined for names that are not in the registry, such as those of scores. */
export function metricNamed(name: string): Metric | undefined {
  return Object.hasOwn(METRICS, name) ? METRICS[name] : undefined;
}
