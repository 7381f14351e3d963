/**
 * Variants that differ in nothing but the calibration's seed: draws of the same, shown as one.
 *
 * @module
 */
import type { Variant } from "../data/types.ts";
import { isBaseline, orderedVariants, type Results } from "./results.ts";

/** One thing that a figure shows: a variant, or several calibration seeds of it. */
export interface Draws {
  /** Id of the first. */
  id: string;
  model: string;
  method: string;
  /** Without the model's name. */
  title: string;
  /** `floor`: the baseline computed once more in another way. */
  role: "baseline" | "floor" | "compressed";
  /** At least one, in the plan's order. */
  variants: Variant[];
}

/** All draws of an experiment, each model's baseline first. */
export function drawsOf(results: Results): Draws[] {
  const groups = new Map<string, Draws>();
  for (const variant of orderedVariants(results)) {
    const { id, model, method, title, settings } = variant;
    const { seed: _, ...texts } = variant.calibration ?? { seed: null };
    // Imported variants may share everything but their id.
    const apart = variant.calibration === null ? id : "";
    const key = JSON.stringify([model, method, title, settings, texts, apart]);
    const group = groups.get(key);
    if (group) group.variants.push(variant);
    else {
      const role = roleOf(results, variant);
      groups.set(key, { id, model, method, title, role, variants: [variant] });
    }
  }
  return [...groups.values()];
}

/** True for a baseline that was computed once more in another engine or order: the noise under every comparison. */
export function isNoiseFloor(results: Results, variant: Variant): boolean {
  return variant.method === "none" && !isBaseline(results, variant);
}

function roleOf(results: Results, variant: Variant): Draws["role"] {
  if (isBaseline(results, variant)) return "baseline";
  return isNoiseFloor(results, variant) ? "floor" : "compressed";
}

/** `calibration seeds 0, 1 and 2 together`; empty where nothing was calibrated with several seeds. */
export function calibrationSeedText(draws: readonly Draws[]): string {
  const several = draws.filter(({ variants }) => variants.length > 1);
  const seeds = new Set(
    several.flatMap(({ variants }) => variants.map(({ calibration }) => calibration!.seed)),
  );
  if (seeds.size === 0) return "";
  const names = [...seeds].sort((a, b) => a - b).map(String);
  return `calibration seeds ${names.slice(0, -1).join(", ")} and ${names.at(-1)} together`;
}
