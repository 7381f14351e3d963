import type { Spectrum } from "../spectra.ts";
import { meanOverLayers } from "./each_matrix.ts";
import { measured, type Outcome } from "./measured.ts";
import type { PairedMetric } from "./metric.ts";

/**
 * How far a layer's singular values moved, relative to the baseline's: ||sigma' - sigma|| / ||sigma||. It
 * is a lower bound of ||W' - W|| / ||W|| (Frobenius), so it finds the layers that compression changed
 * although only spectra are logged; a rotation of the same spectrum it cannot see.
 */
export const spectrumShift: PairedMetric = {
  name: "spectrum_shift",
  title: "Shift of the spectrum",
  unit: "",
  better: "lower",
  range: { low: 0 },
  needs: ["spectra"],
  needsBaseline: true,
  source: "Mirsky 1960 (the bound)",
  measureSpectra(variant, baseline) {
    const raw = ({ transform }: Spectrum) => transform === "raw";
    const others = new Map(baseline.filter(raw).map((spectrum) => [spectrum.layer, spectrum]));
    const layers = variant.filter(raw).map((spectrum) =>
      measured(shift(spectrum, others.get(spectrum.layer)), {
        parameter: `source=weights,layer=${spectrum.layer}`,
      })
    );
    return layers.length === 0 ? [] : [...layers, meanOverLayers(layers)];
  },
};

function shift({ values, rows, columns }: Spectrum, other: Spectrum | undefined): Outcome {
  if (!other) return { reason: "the baseline has no such matrix" };
  if (other.rows !== rows || other.columns !== columns) {
    return {
      reason: `it is ${rows} x ${columns}, the baseline's ${other.rows} x ${other.columns}`,
    };
  }
  let moved = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    moved += (values[i]! - other.values[i]!) ** 2;
    squares += other.values[i]! ** 2;
  }
  return squares > 0
    ? Math.sqrt(moved / squares)
    : { reason: "the baseline's matrix is all zeros" };
}
