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
  return seedGroups(results).map((variants) => {
    const { id, model, method, title } = variants[0]!;
    return { id, model, method, title, role: roleOf(results, variants[0]!), variants };
  });
}

/** Variants that differ in nothing but the calibration's seed, together; each variant once. */
export function seedGroups(results: Results): Variant[][] {
  const groups = new Map<string, Variant[]>();
  for (const variant of orderedVariants(results)) {
    const { id, model, method, settings, calibration } = variant;
    const { seed: _, ...texts } = calibration ?? { seed: null };
    const key = JSON.stringify(calibration === null ? id : [model, method, settings, texts]);
    groups.set(key, [...groups.get(key) ?? [], variant]);
  }
  return [...groups.values()].flatMap((group) => {
    const seeds = new Set(group.map(({ calibration }) => calibration?.seed));
    return seeds.size === group.length ? [group] : group.map((variant) => [variant]);
  });
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
