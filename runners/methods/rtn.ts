/**
 * Round to nearest: each weight to the closest level of its group's grid, without calibration.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { settingsOf } from "./settings.ts";
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
  settings: settingsOf("rtn", weightQuantization),
  needsCalibration: false,
  title: (settings) => quantizedTitle("RTN", settings),
  id: (settings) => quantizedId("rtn", settings),
  recipe: (settings) => [
    { modifier: "QuantizationModifier", arguments: quantizationArguments(settings) },
  ],
  expect: () => null,
  weightBits: (settings) => settings.bits,
  engineHasKernel: wna16Kernel,
};
