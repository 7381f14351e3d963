import { SKETCH_TEMPERATURES } from "../../data/schema.ts";
import type { Capture } from "../capture.ts";
import { rangesOf } from "../sample_rows.ts";
import { scanTemperatures } from "../scan/scan_temperatures.ts";
import { requireRawLogits, rowStatisticsOf } from "./derived.ts";
import { eachPosition, NEEDS_FULL_LOGITS } from "./measured.ts";
import type { Measured, SingleMetric } from "./metric.ts";

/**
 * Free energy of the logits, E = -T ln sum exp(f / T), in nats at the temperatures T that the capture asks for, 1
 * unless told. It moves with a constant that is added to all logits while the distribution stays the same: read it
 * beside `kl_divergence`. Table 2 of ACBench prints it without its sign.
 */
export const energy: SingleMetric = {
  name: "energy",
  title: "Energy",
  unit: "nats",
  better: "neither",
  needs: ["logits", "logit_sketch"],
  needsBaseline: false,
  source: "ACBench, Eq. 7",
  measureCapture(variant) {
    return eachTemperature(variant, (temperature) => energyOf(variant, temperature));
  },
};

/** Where a sketch has a temperature; -1 where it has not. */
function sketched(temperature: number): number {
  return SKETCH_TEMPERATURES.findIndex((one) => one === temperature);
}

/** A value for each position and temperature, T=… the parameter. */
export function eachTemperature(
  capture: Capture,
  at: (temperature: number) => (row: number) => number,
): Measured[] {
  const known = (temperature: number) =>
    capture.logits !== null || temperature === 1 || sketched(temperature) >= 0;
  return capture.temperatures.flatMap((temperature) =>
    eachPosition(
      capture,
      `T=${temperature}`,
      known(temperature) ? at(temperature) : () => NEEDS_FULL_LOGITS,
    )
  );
}

/** Energy of a row; NaN where it is not finite. Throws where the log holds log-probabilities. */
export function energyOf(capture: Capture, temperature: number): (row: number) => number {
  requireRawLogits(capture);
  if (temperature === 1) {
    const { max, rest } = rowStatisticsOf(capture);
    return (row) => Number.isFinite(max[row]!) ? -(max[row]! + rest[row]!) : NaN;
  }
  const found = capture.memo("ln sum exp at temperatures", () => {
    const { logits, sketch } = capture;
    const others = capture.temperatures.filter((temperature) => temperature !== 1);
    const sums = logits
      ? scanTemperatures(logits, others, rangesOf(capture.samples))
      : others.map((temperature) => sketch!.logSumsExp[sketched(temperature)]!);
    return new Map(others.map((temperature, index) => [temperature, sums[index]!]));
  }).get(temperature)!;
  return (row) => Number.isFinite(found[row]!) ? -temperature * found[row]! : NaN;
}
