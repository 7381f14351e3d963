/**
 * A compressed checkpoint as it is: a folder or a hub's model in the form of GPTQ, AWQ or
 * compressed-tensors. Which of them, and whether the engine runs it, its config.json tells.
 *
 * @module
 */
import type { Method } from "./method.ts";
import {
  type Elsewhere,
  elsewhereId,
  elsewhereSettings,
  nameOf,
  placeOf,
} from "./made_elsewhere.ts";

/** A compressed checkpoint. */
export const checkpoint: Method<Elsewhere> = {
  name: "checkpoint",
  source: "the checkpoint itself",
  settings: elsewhereSettings("checkpoint"),
  needsCalibration: () => false,
  title: nameOf,
  id: (settings) => elsewhereId("checkpoint", settings),
  recipe: () => [],
  expect: () => null,
  quantizes: true,
  weightBits: () => 16,
  madeElsewhere: (settings) => placeOf(settings, true),
  // `plan()` looks at the checkpoint's own form: see checkpoint_form.ts.
  engineHasKernel: () => true,
};
