/**
 * AWQ: weight columns that meet large activations are scaled up before rounding, found by a grid search.
 *
 * @module
 */
import { z } from "zod";
import type { Method } from "./method.ts";
import { settingsOf, unusual } from "./settings.ts";
import {
  quantizationArguments,
  quantizedId,
  quantizedTitle,
  type WeightQuantization,
  weightQuantization,
  wna16Kernel,
} from "./weight_quantization.ts";

/** Settings of AWQ. */
export type AwqSettings = WeightQuantization & {
  /** Scales tried for each group of layers. */
  gridPoints: number;
};

/** AWQ, with zero points unless told otherwise, as in the paper. */
export const awq: Method<AwqSettings> = {
  name: "awq",
  source: "Lin et al. 2024, arXiv:2306.00978",
  settings: settingsOf("awq", {
    ...weightQuantization,
    symmetric: weightQuantization.symmetric.unwrap().default(false),
    gridPoints: z.int({ error: "gridPoints must be a whole number of at least 3" })
      .min(3, { error: "gridPoints must be a whole number of at least 3" }).default(20),
  }),
  needsCalibration: () => true,
  title: (settings) => quantizedTitle("AWQ", settings, false),
  id: (settings) =>
    quantizedId("awq", settings, false) +
    unusual({ gridPoints: settings.gridPoints }, { gridPoints: 20 }),
  recipe: (settings) => [
    { modifier: "AWQModifier", arguments: { n_grid: settings.gridPoints } },
    { modifier: "QuantizationModifier", arguments: quantizationArguments(settings) },
  ],
  expect: () => null,
  quantizes: true,
  weightBits: (settings) => settings.bits,
  engineHasKernel: wna16Kernel,
};
