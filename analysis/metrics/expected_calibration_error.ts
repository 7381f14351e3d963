import type { Capture } from "../capture.ts";
import { rangesOf } from "../sample_rows.ts";
import { measured, type Outcome, withoutRows } from "./measured.ts";
import type { SingleMetric } from "./metric.ts";
import { rowMomentsOf } from "./row_moments_of.ts";

/** Bins of equal width over the confidence. */
const BINS = 15;

/**
 * Expected calibration error of the most likely token: positions are binned by its probability, and the
 * bins' |share of positions where it is the token that stands there - mean probability| are averaged by their sizes.
 * One value for the whole run, since a sample's bins would hold too few positions.
 *
 * The tokens are the baseline's own answers, at temperature 0 its most likely ones: the baseline then errs only by not
 * being sure, and a variant's value says how well its confidence tells where it agrees with the baseline. With
 * `--positions continuation` an episode's observations count too, with `all` the prompt's text.
 */
export const expectedCalibrationError: SingleMetric = {
  name: "expected_calibration_error",
  title: "Expected calibration error",
  unit: "",
  better: "lower",
  range: { low: 0, high: 1 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: false,
  source: "Guo et al. 2017 (15 bins of equal width)",
  measureCapture: (variant) => [measured(ofRun(variant), { parameter: `bins=${BINS}` })],
};

function ofRun(capture: Capture): Outcome {
  const none = withoutRows(capture);
  if (none) return none;
  const { rest, top } = rowMomentsOf(capture);
  const { tokenId } = capture.tokens;
  // Of each bin, the sum of hits less probabilities.
  const gaps = new Float64Array(BINS);
  let count = 0;
  for (const { begin, end } of rangesOf(capture.samples)) {
    for (let row = begin; row < end; row++) {
      if (top[row] === -1) {
        return { reason: "a position has no distribution (NaN or infinite logits)" };
      }
      const confidence = Math.exp(-rest[row]!);
      // Bins are open below and closed above, as in the paper.
      const bin = Math.max(Math.ceil(confidence * BINS) - 1, 0);
      gaps[bin] = gaps[bin]! + (top[row] === tokenId[row] ? 1 : 0) - confidence;
      count++;
    }
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count;
}
