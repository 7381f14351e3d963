/**
 * What several figures and captions work out from the same results, worked out once.
 *
 * @module
 */
import type { Results } from "./results.ts";

const memory = new WeakMap<Results, Map<string, unknown>>();

/**
 * What was computed for these results under the key; computed now if it was not.
 *
 * @param key Different for whatever differs.
 */
export function remember<T>(results: Results, key: string, compute: () => T): T {
  const own = memory.get(results) ?? new Map<string, unknown>();
  memory.set(results, own);
  if (!own.has(key)) own.set(key, compute());
  return own.get(key) as T;
}
