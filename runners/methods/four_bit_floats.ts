/**
 * Weights of 4-bit floats (E2M1) in small groups: what MXFP4 and NVFP4 share.
 *
 * @module
 */
import type { JsonObject } from "../../data/types.ts";
import type { Method } from "./method.ts";
import { ignore, oneOf, settingsOf, unusual } from "./settings.ts";

/** Settings of 4-bit floats. */
export type FourBitFloats = {
  /** Bits of the activations: 4 rounds them to the same grid, 16 leaves them alone. */
  activations: 4 | 16;
  ignore: string[];
};

/** What sets the two formats apart, in the words of compressed-tensors. */
export interface FourBitFormat {
  name: "mxfp4" | "nvfp4";
  source: string;
  weights: JsonObject;
  activations: JsonObject;
  /** True when activations need a calibrated scale. */
  calibrated: boolean;
}

/** The method of a format. */
export function fourBitFloats(format: FourBitFormat): Method<FourBitFloats> {
  return {
    name: format.name,
    source: format.source,
    settings: settingsOf(format.name, {
      activations: oneOf("activations", [4, 16]).default(4),
      ignore,
    }),
    needsCalibration: ({ activations }) => activations === 4 && format.calibrated,
    title: ({ activations }) => `${format.name.toUpperCase()} W4A${activations}`,
    id: ({ activations, ignore }) =>
      `${format.name}-w4a${activations}${unusual({ ignore }, { ignore: ["lm_head"] })}`,
    recipe: ({ activations, ignore }) => [{
      modifier: "QuantizationModifier",
      arguments: {
        config_groups: {
          group_0: {
            targets: ["Linear"],
            weights: format.weights,
            ...(activations === 4 ? { input_activations: format.activations } : {}),
          },
        },
        ignore,
      },
    }],
    expect: () => null,
    quantizes: true,
    weightBits: () => 4,
    // CPUs have no kernel (tried). On GPUs older than Blackwell vLLM multiplies 16-bit activations even
    // when 4 bits were asked for: another computation, so only the format with 16 bits counts as native.
    engineHasKernel: ({ activations }, device) => device === "cuda" && activations === 16,
  };
}
