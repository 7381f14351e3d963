/**
 * A quantized key-value cache: weights stay as they are, keys and values are rounded as they are stored.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { oneOf, settingsOf } from "./settings.ts";

/** Settings of a quantized cache. */
export type KvCacheSettings = {
  bits: 8 | 4;
  /**
   * `int`: a scale for each token and head, found as they come; 4 bits have a zero point besides.
   * `float`: E4M3 with one calibrated scale for a layer's keys and one for its values.
   */
  type: "int" | "float";
};

/** Key-value cache quantization. */
export const kvCache: Method<KvCacheSettings> = {
  name: "kv_cache",
  source: "Liu et al. 2024, arXiv:2402.02750",
  settings: settingsOf("kv_cache", {
    bits: oneOf("bits", [8, 4]).default(8),
    type: oneOf("type", ["int", "float"]).default("int"),
  }).refine(({ bits, type }) => bits === 8 || type === "int", {
    path: ["type"],
    error: "a cache of floats has 8 bits: leave bits out, or take the type int",
  }),
  needsCalibration: ({ type }) => type === "float",
  title: ({ bits, type }) => type === "float" ? "KV8 FP8" : `KV${bits}`,
  id: ({ bits, type }) => `kv_cache-${type === "float" ? "fp" : "int"}${bits}`,
  recipe: ({ bits, type }) =>
    type === "int" ? [{ torch: "cache", arguments: { bits } }] : [{
      modifier: "QuantizationModifier",
      arguments: {
        kv_cache_scheme: {
          num_bits: 8,
          type: "float",
          symmetric: true,
          dynamic: false,
          strategy: "tensor",
          observer: "static_minmax",
        },
      },
    }],
  expect: () => null,
  quantizes: false,
  weightBits: () => 16,
  // CPUs need AVX-512 for a cache of floats. No engine's cache of integers is this one: vLLM's of 4 bits
  // rotates the heads first.
  engineHasKernel: ({ type }, device) => type === "float" && device === "cuda",
};
