import { eachTemperature, energyOf } from "./energy.ts";
import type { PairedMetric } from "./metric.ts";

/** |E of the baseline - E of the variant| at every position, in nats, at the temperatures of `energy`. */
export const energyShift: PairedMetric = {
  name: "energy_shift",
  title: "Energy shift",
  unit: "nats",
  better: "lower",
  range: { low: 0 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "ACBench, section 2.3 (ΔE)",
  measureCapture(variant, baseline) {
    return eachTemperature(variant, (temperature) => {
      const [of, from] = [energyOf(variant, temperature), energyOf(baseline, temperature)];
      return (row) => Math.abs(from(row) - of(row));
    });
  },
};
