/**
 * Wanda: in each row the weights with the smallest |weight| times norm of their input are removed.
 *
 * @module
 */
import type { Method } from "./method.ts";
import {
  expectPruned,
  prunedId,
  prunedTitle,
  type Pruning,
  pruningArguments,
  pruningSettings,
} from "./pruning.ts";

/** Wanda. */
export const wanda: Method<Pruning> = {
  name: "wanda",
  source: "Sun et al. 2024, arXiv:2306.11695",
  settings: pruningSettings("wanda"),
  needsCalibration: () => true,
  title: (settings) => prunedTitle("Wanda", settings),
  id: (settings) => prunedId("wanda", settings),
  recipe: (settings) => [
    { modifier: "WandaPruningModifier", arguments: pruningArguments(settings) },
  ],
  expect: expectPruned,
  quantizes: false,
  weightBits: () => 16,
  // Zeros are stored like any weight.
  engineHasKernel: () => true,
};
