/**
 * Variants as tables and figures list them: draws of the same method are one, and methods of a kind stand
 * together, as in ACBench's tables.
 *
 * @module
 */
import type { Variant } from "../data/types.ts";
import { type Draws, drawsOf } from "./draws.ts";
import type { Results } from "./results.ts";

/** Kinds of methods in the order in which they are listed. */
export const KINDS = ["base", "quantized", "cache", "pruned", "both", "other"] as const;

/** What a method does: rounds weights, rounds the cache alone, removes weights, or both; `other` for other models. */
export type Kind = typeof KINDS[number];

/** A row: a variant, or several that differ in the calibration's seed alone. */
export interface VariantGroup extends Draws {
  kind: Kind;
}

const PRUNING = ["magnitude", "wanda", "sparsegpt"];
const OTHER = ["distilled", "untrained"];

/** All rows by model, then by kind, otherwise in the plan's order. */
export function variantGroups(results: Results): VariantGroup[] {
  const groups = drawsOf(results).map((draws): VariantGroup => ({
    ...draws,
    kind: draws.role === "baseline" ? "base" : kindOf(draws.variants[0]!),
  }));
  const models = [...new Set(groups.map(({ model }) => model))];
  return models.flatMap((model) =>
    KINDS.flatMap((kind) => groups.filter((group) => group.model === model && group.kind === kind))
  );
}

/** What a variant's method does. */
export function kindOf({ method, settings }: Variant): Kind {
  if (method === "none") return "base";
  if (method === "kv_cache") return "cache";
  if (PRUNING.includes(method)) return "pruned";
  if (OTHER.includes(method)) return "other";
  if (method !== "pipeline") return "quantized";
  const steps = settings.steps as { name: string }[];
  return steps.some(({ name }) => PRUNING.includes(name)) ? "both" : "quantized";
}
