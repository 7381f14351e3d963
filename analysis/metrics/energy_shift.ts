import { energyOf } from "./energy.ts";
import { eachPosition } from "./measured.ts";
import type { PairedMetric } from "./metric.ts";

/** |E of the baseline - E of the variant| at every position, in nats. */
export const energyShift: PairedMetric = {
  name: "energy_shift",
  title: "Energy shift",
  unit: "nats",
  better: "lower",
  range: { low: 0 },
  needs: ["logits"],
  needsBaseline: true,
  source: "ACBench, section 2.3 (ΔE)",
  measureCapture(variant, baseline) {
    const [of, from] = [energyOf(variant), energyOf(baseline)];
    return eachPosition(variant, "T=1", (row) => Math.abs(from(row) - of(row)));
  },
};
