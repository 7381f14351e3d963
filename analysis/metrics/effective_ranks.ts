/**
 * The two effective ranks, of the matrices of a capture and of a checkpoint.
 *
 * A matrix of a capture is one sample's rows: N tokens (the model's own) by d entries (the vocabulary,
 * or the hidden size). ACBench writes A in R^{d x N}; the transpose has the same singular values.
 *
 * - `erank`: Eq. 4 of ACBench as printed. p_i = sigma_i / sum of sigma, sigma the singular values of the
 *   matrix as it is.
 * - `erank_covariance`: what Diff-eRank (Wei et al. 2024) defines and ACBench's released code computes.
 *   The mean over the N tokens is subtracted from every row, every row is scaled to unit length, and Eq. 4
 *   is applied to the singular values of ZᵀZ / N, so that p_i goes with sigma_i².
 *
 * For sigma = (4, 2, 1) the first is 2.600 and the second form's p gives 1.950.
 *
 * @module
 */
import type { Capture } from "../capture.ts";
import type { SampleRows } from "../sample_rows.ts";
import { effectiveRank } from "../kernels/effective_rank.ts";
import type { VectorSource } from "../../data/logs.ts";
import type { Spectrum } from "../spectra.ts";
import { eachLayer, eachMatrix, noMatrix, SOURCES } from "./each_matrix.ts";
import { eachSample, type Outcome } from "./measured.ts";
import type { Measured } from "./metric.ts";
import { centredSpectrumOfRows } from "./spectrum_of_rows.ts";

/** Which effective rank. */
export type Form = "erank" | "erank_covariance";

const UNDEFINED = {
  reason: "no effective rank: the matrix is all zeros, or holds NaN or infinity",
};

/** Values of one form on every matrix of a capture, with the parameter `source=…`. */
export function effectiveRanks(capture: Capture, form: Form): Measured[] {
  return capture.memo(`effective ranks ${form}`, () => {
    if (form === "erank") return eachMatrix(capture, rankOf);
    return SOURCES.flatMap((source) => {
      const log = source === "logits" ? capture.logits : capture.hiddenStates;
      if (log === null) return source === "logits" ? noMatrix(capture) : [];
      return eachSample(
        capture,
        `source=${source}`,
        (rows) => covarianceRank(log, rows),
      );
    });
  });
}

/**
 * Values of one form on every layer, with the parameter `source=weights,layer=…`, and their plain mean over the
 * layers with `layer=mean`.
 */
export function effectiveRanksOfWeights(spectra: Spectrum[], form: Form): Measured[] {
  return eachLayer(spectra, form === "erank" ? "raw" : "normalised", rankOf);
}

const rankOf = (spectrum: ArrayLike<number>) => orUndefined(effectiveRank(spectrum));

function covarianceRank(log: VectorSource, rows: SampleRows): Outcome {
  if (rows.count < 2) return { reason: "centring needs two tokens" };
  const squares = centredSpectrumOfRows(log, rows);
  // The factor 1 / N of ZᵀZ / N cancels in p.
  if (typeof squares !== "number") return rankOf(squares);
  return { reason: `token ${squares} of the sample equals the mean, so it has no direction` };
}

function orUndefined(rank: number): Outcome {
  return Number.isNaN(rank) ? UNDEFINED : rank;
}
