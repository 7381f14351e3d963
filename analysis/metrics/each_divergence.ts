import type { Capture } from "../capture.ts";
import { boundsOf, pairStatisticsOf } from "./derived.ts";
import { eachPosition } from "./measured.ts";
import type { Measured } from "./metric.ts";

/**
 * A divergence at every position. From full logits it is what it is. From sketches it is an estimate, and two more
 * values, with the parameters `bound=low` and `bound=high`, hold it between them: see
 * `sketch/divergence_bounds.ts`. A capture that kept both has the bounds beside the value.
 */
export function eachDivergence(
  variant: Capture,
  baseline: Capture,
  which: "forward" | "reverse" | "jensenShannon",
): Measured[] {
  const values = pairStatisticsOf(variant, baseline)[which];
  const bounds = boundsOf(variant, baseline);
  return [
    ...eachPosition(variant, null, (row) => values[row]!),
    ...(bounds === null ? [] : [
      ...eachPosition(variant, "bound=low", (row) => bounds[which].low[row]!),
      ...eachPosition(variant, "bound=high", (row) => bounds[which].high[row]!),
    ]),
  ];
}
