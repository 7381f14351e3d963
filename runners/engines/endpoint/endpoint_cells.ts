import type { Cell, Engine, Variant } from "../../../data/types.ts";
import { askedInputs, planCell } from "../../cells/plan_cell.ts";
import type { Experiment } from "../../experiment/shape.ts";
import type { Facts } from "../../facts.ts";
import { servedAs } from "./endpoint.ts";

/** Why an endpoint gives no logits. */
export const NO_LOGITS =
  "not possible on this engine: an endpoint gives text, at best log-probabilities of a few tokens; these are no " +
  "logits (their log-sum-exp is 0), so energy, effective rank of logits and divergences cannot be made of them";

/**
 * The cells of variants that are served elsewhere: no checkpoints, and captures only to say that there are none.
 */
export function endpointCells(variants: Variant[], experiment: Experiment, facts: Facts): Cell[] {
  const engine: Engine = {
    name: "endpoint",
    version: "unknown",
    device: "unknown",
    dtype: "unknown",
    maxModelLength: experiment.engine.maxModelLength,
  };
  const served = (variant: Variant) => ({ ...servedAs(variant, experiment) });
  const evaluated = variants.flatMap((variant) =>
    askedInputs(variant.model, facts).flatMap(({ benchmark, inputs }) =>
      experiment.seeds.map((seed) =>
        planCell("evaluate", variant, { benchmark, seed, needs: [] }, {
          benchmark: inputs,
          temperature: experiment.temperature,
          seed,
          engine: { ...engine },
          served: served(variant),
        })
      )
    )
  );
  const captured = variants.flatMap((variant) =>
    experiment.captures.map(({ benchmark, samples }) =>
      planCell("capture", variant, { benchmark, seed: experiment.seeds[0]!, needs: [] }, {
        benchmark,
        samples,
        engine: { ...engine },
        served: served(variant),
      })
    )
  );
  return [...evaluated, ...captured];
}
