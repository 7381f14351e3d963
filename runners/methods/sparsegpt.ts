/**
 * SparseGPT: weights are removed column by column, and those that stay make up for the error.
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

/** SparseGPT. */
export const sparsegpt: Method<Pruning> = {
  name: "sparsegpt",
  source: "Frantar and Alistarh 2023, arXiv:2301.00774",
  // Asked for none, llm-compressor still removes a weight of each block of columns.
  settings: pruningSettings("sparsegpt", 0.01),
  needsCalibration: () => true,
  title: (settings) => prunedTitle("SparseGPT", settings),
  id: (settings) => prunedId("sparsegpt", settings),
  recipe: (settings) => [
    { modifier: "SparseGPTModifier", arguments: pruningArguments(settings) },
  ],
  expect: expectPruned,
  quantizes: false,
  weightBits: () => 16,
  // Zeros are stored like any weight.
  engineHasKernel: () => true,
};
