/**
 * What a variant's compression does: how many bits it leaves, and whether it makes zeros.
 *
 * @module
 */
import type { Json, Variant } from "../data/types.ts";

/** Bits that the method gives a weight; null for methods that do not quantize weights. */
export function bitsOf({ method, settings, title }: Variant): number | null {
  // Its bits are those of the cache.
  if (method === "kv_cache") return null;
  for (const value of [settings.bits, settings.weight_bits, settings.num_bits]) {
    if (typeof value === "number") return value;
  }
  const named = /\b(?:W|FP)(\d+)/.exec(`${settings.scheme ?? ""} ${title}`);
  return named ? Number(named[1]) : null;
}

/** Bits of a quantized key-value cache; null where weights are compressed too, or the cache is not. */
export function cacheBitsOf({ method, settings }: Variant): number | null {
  return method === "kv_cache" && typeof settings.bits === "number" ? settings.bits : null;
}

/** True where weights are removed, alone or before a quantization. */
export function isPruned({ method, settings }: Variant): boolean {
  const steps = Array.isArray(settings.steps) ? settings.steps : [];
  return [{ ...settings, name: method }, ...steps].some(removes);
}

function removes(settings: Json): boolean {
  if (settings === null || typeof settings !== "object" || Array.isArray(settings)) return false;
  return settings.sparsity !== undefined || settings.pattern !== undefined ||
    typeof settings.name === "string" && /^(magnitude|wanda|sparsegpt)$/.test(settings.name);
}
