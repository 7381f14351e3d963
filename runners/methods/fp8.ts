/**
 * FP8: weights and activations as 8-bit floats (E4M3).
 *
 * @module
 */
import type { Method } from "./method.ts";
import { ignore, oneOf, settingsOf, unusual } from "./settings.ts";

/** Settings of FP8. */
export type Fp8Settings = {
  /**
   * Scales of the activations: `dynamic` finds one for each token as it comes (and keeps one for each
   * row of weights), `static` calibrates one for each layer (and keeps one for its weights).
   */
  activations: "dynamic" | "static";
  ignore: string[];
};

/** FP8. */
export const fp8: Method<Fp8Settings> = {
  name: "fp8",
  source: "Micikevicius et al. 2022, arXiv:2209.05433",
  settings: settingsOf("fp8", {
    activations: oneOf("activations", ["dynamic", "static"]).default("dynamic"),
    ignore,
  }),
  needsCalibration: ({ activations }) => activations === "static",
  title: ({ activations }) => `FP8 ${activations}`,
  id: ({ activations, ignore }) =>
    `fp8-${activations}${unusual({ ignore }, { ignore: ["lm_head"] })}`,
  recipe({ activations, ignore }) {
    const dynamic = activations === "dynamic";
    const float = { num_bits: 8, type: "float", symmetric: true };
    return [{
      modifier: "QuantizationModifier",
      arguments: {
        config_groups: {
          group_0: {
            targets: ["Linear"],
            weights: { ...float, dynamic: false, strategy: dynamic ? "channel" : "tensor" },
            input_activations: {
              ...float,
              dynamic,
              ...(dynamic
                ? { strategy: "token" }
                : { strategy: "tensor", observer: "static_minmax" }),
            },
          },
        },
        ignore,
      },
    }];
  },
  expect: () => null,
  quantizes: true,
  weightBits: () => 8,
  // vLLM's CPU build lacks the operator of static scales (tried).
  engineHasKernel: ({ activations }, device) => device === "cuda" || activations === "dynamic",
};
