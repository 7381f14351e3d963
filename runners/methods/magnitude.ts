/**
 * Magnitude pruning: the smallest weights of each layer are removed (ACBench, Eq. 3).
 *
 * The step is our own: llm-compressor's MagnitudePruningModifier leaves the weights as they are.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { expectPruned, prunedId, prunedTitle, type Pruning, pruningSettings } from "./pruning.ts";

/** Magnitude pruning, layer by layer. */
export const magnitude: Method<Pruning> = {
  name: "magnitude",
  source: "Han et al. 2015, arXiv:1506.02626",
  settings: pruningSettings("magnitude"),
  needsCalibration: () => false,
  title: (settings) => prunedTitle("Magnitude", settings),
  id: (settings) => prunedId("magnitude", settings),
  recipe: (settings) => [{ torch: "magnitude", arguments: { ...settings } }],
  expect: expectPruned,
  quantizes: false,
  weightBits: () => 16,
  // Zeros are stored like any weight.
  engineHasKernel: () => true,
};
