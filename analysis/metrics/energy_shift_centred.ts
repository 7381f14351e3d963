import type { Capture } from "../capture.ts";
import { eachPosition } from "./measured.ts";
import type { PairedMetric } from "./metric.ts";
import { rowMomentsOf } from "./row_moments_of.ts";

/**
 * |E of the baseline - E of the variant| with each row's mean logit subtracted first, in nats: the part of
 * the energy shift that the softmax can see. A constant added to all logits of a position changes neither a probability
 * nor this, but moves `energy_shift` by as much; where the two differ, the energy shift is an offset that no
 * sampled token ever depends on. Log-probabilities serve as well as raw logits.
 */
export const energyShiftCentred: PairedMetric = {
  name: "energy_shift_centred",
  title: "Energy shift (mean-centred)",
  unit: "nats",
  better: "lower",
  range: { low: 0 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "ACBench, Eq. 7, of the logits less their mean (softmax(f + c) = softmax(f))",
  measureCapture(variant, baseline) {
    const [of, from] = [centredEnergy(variant), centredEnergy(baseline)];
    return eachPosition(variant, "T=1", (row) => {
      const shift = Math.abs(from(row) - of(row));
      return shift < Infinity ? shift : { reason: NO_MEAN };
    });
  },
};

const NO_MEAN = "a logit is infinite or NaN, so a row has no mean";

/** -ln sum exp(f - mean of f) of a row. */
function centredEnergy(capture: Capture): (row: number) => number {
  const { mean, max, rest } = rowMomentsOf(capture);
  return (row) => mean[row]! - max[row]! - rest[row]!;
}
