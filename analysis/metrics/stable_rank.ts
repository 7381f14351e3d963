import { eachLayer, eachMatrix, type OfSpectrum } from "./each_matrix.ts";
import type { SingleMetric } from "./metric.ts";

/**
 * Squared Frobenius norm over squared spectral norm, from 1 to the rank. A second effective rank, which the
 * many small singular values that quantization noise adds hardly move: it goes with their squares, ERank
 * (Eq. 4) with themselves.
 */
export const stableRank: SingleMetric = {
  name: "stable_rank",
  title: "Stable rank",
  unit: "",
  better: "neither",
  range: { low: 1 },
  needs: ["logits", "hidden_states", "spectra"],
  needsBaseline: false,
  source: "Rudelson and Vershynin 2007",
  measureCapture: (variant) => eachMatrix(variant, stableRankOf),
  measureSpectra: (variant) => eachLayer(variant, "raw", stableRankOf),
};

const stableRankOf: OfSpectrum = (values) => {
  const largest = values[0];
  if (!(largest! > 0 && largest! < Infinity)) {
    return { reason: "no stable rank: the matrix is empty, all zeros, or holds NaN or infinity" };
  }
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! / largest!) ** 2;
  return sum;
};
