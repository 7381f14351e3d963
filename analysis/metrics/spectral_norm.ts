import { eachLayer, eachMatrix, type OfSpectrum } from "./each_matrix.ts";
import type { SingleMetric } from "./metric.ts";

/**
 * The largest singular value: by how much the matrix can stretch a vector. ERank does not see a factor on
 * the whole matrix, and says of two spectra of one shape that they are alike; this tells their sizes.
 */
export const spectralNorm: SingleMetric = {
  name: "spectral_norm",
  title: "Spectral norm",
  unit: "",
  better: "neither",
  range: { low: 0 },
  needs: ["logits", "hidden_states", "spectra"],
  needsBaseline: false,
  source: "standard (Golub and Van Loan, Matrix Computations, 2.3)",
  measureCapture: (variant) => eachMatrix(variant, largest),
  measureSpectra: (variant) => eachLayer(variant, "raw", largest),
};

const largest: OfSpectrum = (values) =>
  values.length === 0 ? { reason: "the matrix is empty" } : values[0]!;
