/**
 * Values of the spectra of all matrices: a sample's logits and hidden states, and a checkpoint's weights.
 *
 * @module
 */
import { valueAt } from "../../data/logs.ts";
import type { Capture } from "../capture.ts";
import type { Spectrum } from "../spectra.ts";
import { eachSample, measured, NEEDS_FULL_LOGITS, type Outcome } from "./measured.ts";
import type { Measured } from "./metric.ts";
import { spectrumOfRows } from "./spectrum_of_rows.ts";

/** The matrices that a capture holds. */
export const SOURCES = ["logits", "hidden_states"] as const;

/** Value of a matrix by its singular values, largest first. */
export type OfSpectrum = (values: ArrayLike<number>) => Outcome;

/** A value for each source and sample, with the parameter `source=…`. The spectra are computed once a capture. */
export function eachMatrix(capture: Capture, outcome: OfSpectrum): Measured[] {
  return SOURCES.flatMap((source) => {
    const log = source === "logits" ? capture.logits : capture.hiddenStates;
    if (log === null) return source === "logits" ? noMatrix(capture) : [];
    const spectra = capture.memo(
      `spectra ${source}`,
      () =>
        new Map(
          capture.samples.filter(({ count }) => count > 0)
            .map((rows) => [rows.sampleId, spectrumOfRows(log, rows)]),
        ),
    );
    return eachSample(
      capture,
      `source=${source}`,
      ({ sampleId }) => outcome(spectra.get(sampleId)!),
    );
  });
}

/** What stands for the values of a matrix of logits that was not kept. */
export function noMatrix(capture: Capture): Measured[] {
  return eachSample(capture, "source=logits", () => NEEDS_FULL_LOGITS);
}

/**
 * A value for each layer with a spectrum of the transform, with the parameter `source=weights,layer=…`, and
 * their plain mean with `layer=mean`.
 */
export function eachLayer(
  spectra: Spectrum[],
  transform: Spectrum["transform"],
  outcome: OfSpectrum,
): Measured[] {
  const layers = spectra.filter((spectrum) => spectrum.transform === transform);
  const values = layers.map(({ layer, values }) =>
    measured(outcome(values), { parameter: `source=weights,layer=${layer}` })
  );
  return values.length === 0 ? [] : [...values, meanOverLayers(values)];
}

/** The plain mean of the layers' values, one a layer. */
export function meanOverLayers(layers: Measured[], prefix = ""): Measured {
  const parameter = `${prefix}source=weights,layer=mean`;
  const values = layers.map((layer) => valueAt(layer, 0));
  const missing = values.filter((value) => value === null).length;
  if (missing > 0) {
    return measured({ reason: `${missing} of ${layers.length} layers have no value` }, {
      parameter,
    });
  }
  const sum = values.reduce<number>((sum, value) => sum + value!, 0);
  return measured(sum / layers.length, { parameter });
}
