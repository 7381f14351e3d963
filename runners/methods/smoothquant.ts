/**
 * SmoothQuant W8A8: part of the activations' range moves into the weights, then both become 8-bit
 * integers: weights per output channel, activations per token as they come.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { ignore, numberIn, oneOf, settingsOf, unusual } from "./settings.ts";

/** Settings of SmoothQuant. */
export type SmoothQuantSettings = {
  /** Alpha: 0 leaves the range in the activations, 1 moves all of it into the weights. */
  strength: number;
  /** How the smoothed weights are rounded: to nearest as in the paper, or by GPTQ. */
  rounding: "rtn" | "gptq";
  ignore: string[];
};

/** SmoothQuant. */
export const smoothquant: Method<SmoothQuantSettings> = {
  name: "smoothquant",
  source: "Xiao et al. 2023, arXiv:2211.10438",
  settings: settingsOf("smoothquant", {
    strength: numberIn("strength", 0, 1).default(0.5),
    rounding: oneOf("rounding", ["rtn", "gptq"]).default("rtn"),
    ignore,
  }),
  needsCalibration: () => true,
  title: (settings) =>
    settings.rounding === "gptq" ? "SmoothQuant + GPTQ W8A8" : "SmoothQuant W8A8",
  id: (settings) =>
    `smoothquant-w8a8-${settings.rounding}` +
    unusual(
      { strength: settings.strength, ignore: settings.ignore },
      { strength: 0.5, ignore: ["lm_head"] },
    ),
  recipe: (settings) => [
    { modifier: "SmoothQuantModifier", arguments: { smoothing_strength: settings.strength } },
    {
      modifier: settings.rounding === "gptq" ? "GPTQModifier" : "QuantizationModifier",
      arguments: {
        config_groups: {
          group_0: {
            targets: ["Linear"],
            weights: {
              num_bits: 8,
              type: "int",
              symmetric: true,
              dynamic: false,
              strategy: "channel",
            },
            input_activations: {
              num_bits: 8,
              type: "int",
              symmetric: true,
              dynamic: true,
              strategy: "token",
            },
          },
        },
        ignore: settings.ignore,
      },
    },
  ],
  expect: () => null,
  quantizes: true,
  weightBits: () => 8,
  // Both have int8 matrix products (CPU tried).
  engineHasKernel: () => true,
};
