/**
 * SparseGPT: weights are removed column by column, and those that stay make up for the error.
 *
 * @module
 */
import { z } from "zod";
import type { Method } from "./method.ts";
import {
  expectPruned,
  prunedId,
  prunedTitle,
  type Pruning,
  pruningArguments,
  pruningSettings,
} from "./pruning.ts";
import { unusual } from "./settings.ts";

/** Settings of SparseGPT. */
export type SparseGptSettings = Pruning & {
  /**
   * Columns whose weights are chosen together: each block loses the same share. Wider blocks choose better, and use
   * less of what is learnt on the way.
   */
  blockSize: number;
};

const blockSize = z.int({ error: "blockSize must be a whole number of columns, at least 4" })
  .min(4, { error: "blockSize must be a whole number of columns, at least 4" }).default(128);

/** SparseGPT. */
export const sparsegpt: Method<SparseGptSettings> = {
  name: "sparsegpt",
  source: "Frantar and Alistarh 2023, arXiv:2301.00774",
  // Asked for none, llm-compressor still removes a weight of each block of columns.
  settings: (pruningSettings("sparsegpt", 0.01) as unknown as z.ZodObject)
    .safeExtend({ blockSize }) as unknown as z.ZodType<SparseGptSettings>,
  needsCalibration: () => true,
  title: (settings) =>
    prunedTitle("SparseGPT", settings) +
    (settings.blockSize === 128 ? "" : `, blocks of ${settings.blockSize}`),
  id: (settings) =>
    prunedId("sparsegpt", settings) +
    unusual({ blockSize: settings.blockSize }, { blockSize: 128 }),
  recipe: (settings) => [{
    modifier: "SparseGPTModifier",
    arguments: {
      ...pruningArguments(settings),
      // Left out where it is llm-compressor's own, so that ids stay.
      ...(settings.blockSize === 128 ? {} : { block_size: settings.blockSize }),
    },
  }],
  expect: expectPruned,
  quantizes: false,
  weightBits: () => 16,
  // Zeros are stored like any weight.
  engineHasKernel: () => true,
};
