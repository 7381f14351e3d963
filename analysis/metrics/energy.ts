import type { Capture } from "../capture.ts";
import { scanTemperatures } from "../scan/scan_temperatures.ts";
import { requireRawLogits, rowStatisticsOf } from "./derived.ts";
import { eachPosition } from "./measured.ts";
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
  needs: ["logits"],
  needsBaseline: false,
  source: "ACBench, Eq. 7",
  measureCapture(variant) {
    return eachTemperature(variant, (temperature) => energyOf(variant, temperature));
  },
};

/** A value for each position and temperature, T=… the parameter. */
export function eachTemperature(
  capture: Capture,
  at: (temperature: number) => (row: number) => number,
): Measured[] {
  return capture.temperatures.flatMap((temperature) =>
    eachPosition(capture, `T=${temperature}`, at(temperature))
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
    const others = capture.temperatures.filter((temperature) => temperature !== 1);
    const sums = scanTemperatures(capture.logits, others, capture.samples);
    return new Map(others.map((temperature, index) => [temperature, sums[index]!]));
  }).get(temperature)!;
  return (row) => Number.isFinite(found[row]!) ? -temperature * found[row]! : NaN;
}
