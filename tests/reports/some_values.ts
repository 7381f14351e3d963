/**
 * Parts of an experiment's measured values, for tests.
 *
 * @module
 */
import type { Measurements } from "../../reports/results.ts";

/** Nothing was measured. */
export const NO_VALUES: Measurements = { blocks: () => [] };

/** The values for which `kept` says so. */
export function someValues(
  measured: Measurements,
  kept: (at: { variant: string; metric: string; position: number | null }) => boolean,
): Measurements {
  return {
    blocks: (metric) =>
      measured.blocks(metric).map((block) => {
        const { variant, metric, sample, position, value, reason } = block;
        const of = (_: number, index: number) =>
          kept({ variant, metric, position: position && position[index]! });
        return {
          ...block,
          sample: sample.filter(of),
          position: position && position.filter(of),
          value: value.filter(of),
          reason: reason && reason.filter(of),
        };
      }),
  };
}
