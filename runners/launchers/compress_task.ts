import type { Cell } from "../../data/types.ts";
import type { CompressTask } from "../jobs.ts";
import { METHODS } from "../methods/registry.ts";
import { simulated } from "../plan.ts";
import type { RunContext } from "../run_context.ts";

/** The task of a cell that makes a checkpoint in the folder `out`. */
export function compressTask(context: RunContext, cell: Cell, out: string): CompressTask {
  const variant = context.plan.variants.find(({ id }) => id === cell.variant)!;
  const model = context.experiment.models.find(({ name }) => name === variant.model)!;
  const method = METHODS[variant.method]!;
  const { calibration } = variant;
  const elsewhere = method.madeElsewhere?.(variant.settings);
  return {
    id: cell.id,
    model: model.path ?? model.hub!,
    revision: model.revision ?? null,
    trustRemoteCode: model.trustRemoteCode,
    recipe: method.recipe(variant.settings),
    checkpoint: elsewhere
      ? {
        model: elsewhere.path ?? elsewhere.hub!.name,
        revision: elsewhere.hub?.revision ?? null,
        compressed: elsewhere.compressed,
      }
      : null,
    calibration: calibration && {
      file: context.facts.calibration[calibration.set]!.file,
      samples: calibration.samples,
      maxLength: calibration.maxLength,
      seed: calibration.seed,
    },
    simulate: simulated(variant, context.experiment, context.facts),
    expect: method.expect(variant.settings),
    out,
  };
}
