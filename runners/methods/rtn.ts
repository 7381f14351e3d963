/**
 * Round to nearest: each weight to the closest level of its group's grid, without calibration.
 *
 * With 16 bits nothing is rounded, and the task fails unless the weights come out as they were: a check
 * of all that happens to a model on its way.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { oneOf, settingsOf } from "./settings.ts";
import {
  quantizationArguments,
  quantizedId,
  quantizedTitle,
  type WeightQuantization,
  weightQuantization,
  wna16Kernel,
} from "./weight_quantization.ts";

/** Round to nearest. */
export const rtn: Method<WeightQuantization> = {
  name: "rtn",
  source: "Jacob et al. 2018, arXiv:1712.05877",
  settings: settingsOf("rtn", {
    ...weightQuantization,
    bits: oneOf("bits", [2, 3, 4, 8, 16]).default(4),
  }),
  needsCalibration: () => false,
  title: (settings) => quantizedTitle("RTN", settings),
  id: (settings) => quantizedId("rtn", settings),
  recipe: (settings) => [
    { modifier: "QuantizationModifier", arguments: quantizationArguments(settings) },
  ],
  expect: ({ bits }) => bits === 16 ? { sparsity: 0, pattern: "0:0", identity: true } : null,
  quantizes: true,
  weightBits: (settings) => settings.bits,
  engineHasKernel: wna16Kernel,
};
