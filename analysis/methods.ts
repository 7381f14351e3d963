/**
 * Methods: variants that differ in nothing but the calibration's seed are draws of one method.
 *
 * @module
 */
import type { Plan } from "../data/logs.ts";
import type { Variant } from "../data/types.ts";

/** One thing to choose. */
export interface Method {
  /** Id of its variant; of several, without the ending that names the seed. */
  id: string;
  model: string;
  title: string;
  baseline: boolean;
  /** Ids of its variants, one a calibration seed. */
  variants: string[];
}

/** The methods of a plan, in its order. */
export function methodsOf({ variants, baseline }: Plan): Method[] {
  const groups = new Map<string, Variant[]>();
  for (const variant of variants) {
    const { id, model, method, title, settings, calibration } = variant;
    const { seed: _, ...rest } = calibration ?? { seed: null };
    const key = JSON.stringify(
      calibration === null ? [id] : [model, method, title, settings, rest],
    );
    groups.set(key, [...groups.get(key) ?? [], variant]);
  }
  return [...groups.values()].map((group) => {
    const { id, model, title } = group[0]!;
    return {
      id: group.length === 1 ? id : id.replace(/-c\d+$/, ""),
      model,
      title,
      baseline: baseline[model] === id,
      variants: group.map((variant) => variant.id),
    };
  });
}
