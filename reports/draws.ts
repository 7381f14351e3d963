/**
 * Variants that differ in nothing but the calibration's seed: draws of the same, shown as one.
 *
 * @module
 */
import { methodsOf } from "../analysis/methods.ts";
import { listed } from "../analysis/numbers.ts";
import type { Variant } from "../data/types.ts";
import { isBaseline, orderedVariants, type Results } from "./results.ts";
import { seedText } from "./sampling.ts";

/** One thing that a figure shows: a variant, or several calibration seeds of it. */
export interface Draws {
  /** Id of the method, as lines of comparisons, capabilities and spans name it. */
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

/** All draws of an experiment, each model's baseline first; each variant once. */
export function drawsOf(results: Results): Draws[] {
  const ordered = orderedVariants(results);
  const methods = new Map(methodsOf(results.plan).map((method) => [method.variants[0]!, method]));
  return ordered.flatMap((first) => {
    const found = methods.get(first.id);
    if (!found) return [];
    const { id, model, title } = found;
    const variants = ordered.filter((variant) => found.variants.includes(variant.id));
    return [{ id, model, method: first.method, title, role: roleOf(results, first), variants }];
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

/** The sampling seeds, then the calibration's that are shown as one: `seed 0, calibration seeds 0 and 1 together`. */
export function drawnSeedText(results: Results, draws: readonly Draws[]): string {
  const several = draws.filter(({ variants }) => variants.length > 1);
  const seeds = new Set(
    several.flatMap(({ variants }) => variants.map(({ calibration }) => calibration!.seed)),
  );
  const names = [...seeds].sort((a, b) => a - b).map(String);
  return `${seedText(results)}${
    names.length === 0 ? "" : `, calibration seeds ${listed(names)} together`
  }`;
}

/** The same where intervals count how much the calibration seeds differ. */
export function countedSeedText(results: Results, draws: readonly Draws[]): string {
  const together = draws.some(({ variants }) => variants.length > 1);
  return `${drawnSeedText(results, draws)}${together ? ", their spread counted" : ""}`;
}
