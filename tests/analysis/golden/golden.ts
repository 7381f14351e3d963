/**
 * Golden values, as `make.py` in this folder writes them.
 *
 * @module
 */

/** Infinities stand as text in JSON; null where there is no value. */
export type GoldenNumber = number | "Infinity" | "-Infinity" | null;

/** Cases of one file. */
export async function golden<T>(name: string): Promise<T> {
  const text = await Deno.readTextFile(new URL(name, import.meta.url));
  return JSON.parse(text).cases as T;
}

/** Float32 values from the base64 of their bytes. */
export function float32(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/**
 * Deviation from a golden value, relative where that is above 1; Infinity where one of the two is null or
 * infinite and the other is not.
 */
export function deviation(found: number | null, expected: GoldenNumber): number {
  const value = expected === null ? null : Number(expected);
  if (found === value) return 0;
  if (found === null || value === null) return Infinity;
  const difference = Math.abs(found - value) / Math.max(1, Math.abs(value));
  return Number.isNaN(difference) ? Infinity : difference;
}
