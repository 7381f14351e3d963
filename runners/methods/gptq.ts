/**
 * GPTQ: weights are rounded column by column, and those still to come make up for the error.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { numberIn, oneOf, settingsOf, unusual } from "./settings.ts";
import {
  quantizationArguments,
  quantizedId,
  quantizedTitle,
  type WeightQuantization,
  weightQuantization,
  wna16Kernel,
} from "./weight_quantization.ts";

/** Settings of GPTQ. */
export type GptqSettings = WeightQuantization & {
  /** Added to the Hessian's diagonal, as a share of its mean. */
  dampening: number;
  /** `static` takes columns with large activations first and keeps the groups; `none` goes left to right. */
  order: "static" | "none";
};

/** GPTQ. */
export const gptq: Method<GptqSettings> = {
  name: "gptq",
  source: "Frantar et al. 2023, arXiv:2210.17323",
  settings: settingsOf("gptq", {
    ...weightQuantization,
    dampening: numberIn("dampening", 0.0001, 1).default(0.01),
    order: oneOf("order", ["static", "none"]).default("static"),
  }),
  needsCalibration: () => true,
  title: (settings) => quantizedTitle("GPTQ", settings),
  id: (settings) =>
    quantizedId("gptq", settings) +
    unusual(
      { dampening: settings.dampening, order: settings.order },
      { dampening: 0.01, order: "static" },
    ),
  recipe: (settings) => [{
    modifier: "GPTQModifier",
    arguments: {
      ...quantizationArguments(settings),
      dampening_frac: settings.dampening,
      actorder: settings.order === "none" ? null : settings.order,
    },
  }],
  expect: () => null,
  quantizes: true,
  weightBits: (settings) => settings.bits,
  engineHasKernel: wna16Kernel,
};
