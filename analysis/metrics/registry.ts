/**
 * All metrics. A new one is a file in this folder and a line here; the key is the file's name and the
 * value in the `metric` column.
 *
 * @module
 */
import { brierScore } from "./brier_score.ts";
import { cka } from "./cka.ts";
import { diffErank } from "./diff_erank.ts";
import { energy } from "./energy.ts";
import { energyShift } from "./energy_shift.ts";
import { energyShiftCentred } from "./energy_shift_centred.ts";
import { entropy } from "./entropy.ts";
import { erank } from "./erank.ts";
import { erankCovariance } from "./erank_covariance.ts";
import { expectedCalibrationError } from "./expected_calibration_error.ts";
import { jsDivergence } from "./js_divergence.ts";
import { kendallTau } from "./kendall_tau.ts";
import { klDivergence } from "./kl_divergence.ts";
import { klDivergenceReverse } from "./kl_divergence_reverse.ts";
import type { Metric } from "./metric.ts";
import { negativeLogLikelihood } from "./negative_log_likelihood.ts";
import { perplexity } from "./perplexity.ts";
import { spearmanRho } from "./spearman_rho.ts";
import { spectralNorm } from "./spectral_norm.ts";
import { spectrumShift } from "./spectrum_shift.ts";
import { stableRank } from "./stable_rank.ts";
import { tokenRank } from "./token_rank.ts";
import { top1Agreement } from "./top1_agreement.ts";
import { top1Flip } from "./top1_flip.ts";
import { topkJaccard } from "./topk_jaccard.ts";

/** Metrics by name. */
export const METRICS: Record<string, Metric> = {
  brier_score: brierScore,
  cka,
  diff_erank: diffErank,
  energy,
  energy_shift: energyShift,
  energy_shift_centred: energyShiftCentred,
  entropy,
  erank,
  erank_covariance: erankCovariance,
  expected_calibration_error: expectedCalibrationError,
  js_divergence: jsDivergence,
  kendall_tau: kendallTau,
  kl_divergence: klDivergence,
  kl_divergence_reverse: klDivergenceReverse,
  negative_log_likelihood: negativeLogLikelihood,
  perplexity,
  spearman_rho: spearmanRho,
  spectral_norm: spectralNorm,
  spectrum_shift: spectrumShift,
  stable_rank: stableRank,
  token_rank: tokenRank,
  top1_agreement: top1Agreement,
  top1_flip: top1Flip,
  topk_jaccard: topkJaccard,
};

/** The metric of a name; undefined for names that are not in the registry, such as those of scores. */
export function metricNamed(name: string): Metric | undefined {
  return Object.hasOwn(METRICS, name) ? METRICS[name] : undefined;
}
