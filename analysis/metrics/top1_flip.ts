import { eachPosition } from "./measured.ts";
import type { PairedMetric } from "./metric.ts";
import { rowMomentsOf } from "./row_moments_of.ts";

/** From this probability on the baseline is called sure of its token. */
const SURE = 0.9;

/**
 * 1 where the most likely token is another than the baseline's, else 0: at all positions (`baseline=any`), and at those
 * where the baseline gives its token a probability of 0.9 or more (`baseline=sure`). A flip between
 * near-equals is what another engine or batch order does too; one of a token that the baseline was sure of is damage.
 */
export const top1Flip: PairedMetric = {
  name: "top1_flip",
  title: "Top-1 flips",
  unit: "",
  better: "lower",
  range: { low: 0, high: 1 },
  needs: ["logits", "logit_sketch"],
  needsBaseline: true,
  source: "Dutta et al. 2024 (Accuracy Is Not All You Need), at the level of tokens",
  measureCapture(variant, baseline) {
    const [of, from] = [rowMomentsOf(variant), rowMomentsOf(baseline)];
    const flip = (row: number) => {
      if (of.top[row] === -1 || from.top[row] === -1) return NaN;
      return of.top[row] === from.top[row] ? 0 : 1;
    };
    return [
      ...eachPosition(variant, "baseline=any", flip),
      ...eachPosition(
        variant,
        "baseline=sure",
        (row) =>
          Math.exp(-from.rest[row]!) < SURE
            ? { reason: `the baseline gives its token a probability below ${SURE}` }
            : flip(row),
      ),
    ];
  },
};
