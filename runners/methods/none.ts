/**
 * No compression: the baseline, a copy of the base model.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { settingsOf } from "./settings.ts";

/** The baseline. */
export const none: Method<Record<string, never>> = {
  name: "none",
  source: "the base model itself",
  settings: settingsOf("none", {}),
  needsCalibration: () => false,
  title: () => "Baseline",
  id: () => "none",
  recipe: () => [],
  expect: () => null,
  quantizes: false,
  weightBits: () => 16,
  engineHasKernel: () => true,
};
