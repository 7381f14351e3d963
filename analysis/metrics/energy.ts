import type { Capture } from "../capture.ts";
import { requireRawLogits, rowStatisticsOf } from "./derived.ts";
import { eachPosition } from "./measured.ts";
import type { SingleMetric } from "./metric.ts";

/**
 * Free energy of the logits, E = -T ln sum exp(f / T) at T = 1, in nats. It moves with a constant that is
 * added to all logits while the distribution stays the same: read it beside `kl_divergence`. Table 2 of
 * ACBench prints it without its sign.
 */
export const energy: SingleMetric = {
  name: "energy",
  title: "Energy",
  unit: "nats",
  better: "neither",
  needs: ["logits"],
  needsBaseline: false,
  source: "ACBench, Eq. 7",
  measureCapture(variant) {
    const energies = energyOf(variant);
    return eachPosition(variant, "T=1", (row) => energies(row));
  },
};

/** Energy of a row; NaN where it is not finite. Throws where the log holds log-probabilities. */
export function energyOf(capture: Capture): (row: number) => number {
  requireRawLogits(capture);
  const { max, rest } = rowStatisticsOf(capture);
  return (row) => Number.isFinite(max[row]!) ? -(max[row]! + rest[row]!) : NaN;
}
