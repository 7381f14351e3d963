/**
 * What the three metrics over the top-k tokens share: the rows, the k, and when there is no value.
 *
 * @module
 */
import type { Capture } from "../capture.ts";
import { rowStatisticsOf, TOP_KS } from "./derived.ts";
import { eachPosition, type Outcome } from "./measured.ts";
import type { Measured } from "./metric.ts";

/** Value of one row: `ids` are the baseline's, its row begins at `idsBegin`, and so for the variant's. */
export type RankRow = (at: {
  k: number;
  ids: Int32Array;
  variantIds: Int32Array;
  idsBegin: number;
}) => Outcome;

/**
 * A value for every position and every k of `TOP_KS`, with the parameter `k=…`.
 *
 * @param outcome Gives the value of a row whose logits have an order.
 */
export function rankTopK(variant: Capture, baseline: Capture, outcome: RankRow): Measured[] {
  const { topIds: ids, count } = rowStatisticsOf(baseline);
  const { topIds: variantIds } = rowStatisticsOf(variant);
  const { width } = baseline.tokens;
  return TOP_KS.flatMap((k) =>
    eachPosition(variant, `k=${k}`, (row) => {
      if (k > width) return { reason: `k is larger than the vocabulary of ${width}` };
      const idsBegin = row * count;
      if (ids[idsBegin] === -1) return { reason: "the baseline's logits hold NaN" };
      if (variantIds[idsBegin] === -1) return { reason: "the variant's logits hold NaN" };
      return outcome({ k, ids, variantIds, idsBegin });
    })
  );
}

/** The reason where a rank correlation is NaN. */
export const CONSTANT_RANKING = {
  reason: "a ranking is constant: all of its top-k logits are equal",
};
