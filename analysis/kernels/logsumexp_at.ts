/**
 * ln sum exp at temperatures other than 1.
 *
 * @module
 */
import { plainValues } from "./plain_values.ts";
import { type BlockInput, type BlockScanner, isHalf } from "./block_scanner.ts";
import { STATE } from "./row_module.ts";

/** Temperatures that one call takes. */
export const MOST_TEMPERATURES = STATE.length - 1;

/**
 * ln sum exp(x / T) of one row, in float64 and plain TypeScript. `NaN` where the row holds NaN, `Infinity` where
 * it holds that, `-Infinity` where it holds nothing but that.
 */
export function logsumexpAt(row: Float32Array, temperature: number): number {
  let max = -Infinity;
  for (const value of row) {
    if (value !== value) return NaN;
    if (value > max) max = value;
  }
  if (!Number.isFinite(max)) return max;
  let sum = 0;
  for (const value of row) sum += Math.exp((value - max) / temperature);
  return max / temperature + Math.log(sum);
}

/**
 * ln sum exp(x / T) of `rows` rows at each of some temperatures by the kernels, in one pass over memory, within
 * 3e-6 (and 1e-6 of the value) of float64. The energy at a temperature is -T times it.
 *
 * @param temperatures Above 0, at most {@link MOST_TEMPERATURES}.
 * @param out Receives `rows * temperatures.length` numbers, the temperatures of a row together.
 * @throws {RangeError} When a temperature is not above 0, or there are too many.
 */
export function logsumexpAtTemperatures(
  scanner: BlockScanner,
  rows: number,
  input: BlockInput,
  temperatures: readonly number[],
  out: Float64Array,
): void {
  const count = temperatures.length;
  if (count > MOST_TEMPERATURES || !temperatures.every((value) => value > 0 && value < Infinity)) {
    throw new RangeError(
      `temperatures are ${temperatures.join(", ")}, expected up to ${MOST_TEMPERATURES} above 0`,
    );
  }
  const { memory, module, width, areas: { states: [sums, inverses], scratch } } = scanner;
  new Float32Array(memory.buffer, inverses, count).set(temperatures.map((value) => 1 / value));
  const half = isHalf(input);
  module.sumsAtTemperatures(
    input.address,
    half,
    width,
    rows,
    inverses,
    count,
    sums,
    scratch,
  );
  const found = new Float64Array(memory.buffer, sums, rows * (count + 1));
  for (let row = 0; row < rows; row++) {
    const max = found[row * (count + 1)]!;
    for (let t = 0; t < count; t++) {
      const sum = found[row * (count + 1) + 1 + t]!;
      out[row * count + t] = sum >= 0.5 && sum < Infinity && Number.isFinite(max)
        ? max / temperatures[t]! + Math.log(sum)
        : logsumexpAt(plainValues(scanner, row, input), temperatures[t]!);
    }
  }
}
