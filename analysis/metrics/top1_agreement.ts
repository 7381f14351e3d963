import { rowStatisticsOf } from "./derived.ts";
import { eachPosition } from "./measured.ts";
import type { PairedMetric } from "./metric.ts";

/** 1 where both rank the same token first (equal logits settled by the lower id), else 0. */
export const top1Agreement: PairedMetric = {
  name: "top1_agreement",
  title: "Top-1 agreement",
  unit: "",
  better: "higher",
  range: { low: 0, high: 1 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "standard",
  measureCapture(variant, baseline) {
    const [of, from] = [rowStatisticsOf(variant), rowStatisticsOf(baseline)];
    return eachPosition(variant, null, (row) => {
      const [ours, theirs] = [of.topIds[row * of.count]!, from.topIds[row * from.count]!];
      if (ours === -1 || theirs === -1) return NaN;
      return ours === theirs ? 1 : 0;
    });
  },
};
