import assert from "node:assert/strict";
import fc from "fast-check";
import { logsumexpAt, logsumexpAtTemperatures } from "../../../analysis/kernels/logsumexp_at.ts";
import { placed } from "./scanned.ts";

const TEMPERATURES = [0.25, 0.7, 1, 1.5, 10];

Deno.test("logsumexpAtTemperatures() agrees with plain TypeScript, NaN and infinities included", () => {
  const value = fc.oneof(
    { weight: 30, arbitrary: fc.double({ min: -40, max: 40, noNaN: true }).map(Math.fround) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -1e9) },
  );
  const rows = fc.array(value, { minLength: 1, maxLength: 150 });
  fc.assert(
    fc.property(rows, fc.constantFrom(1, 30), (list, repeats) => {
      const row = Float32Array.from(
        { length: list.length * repeats },
        (_, i) => list[i % list.length]!,
      );
      const { scanner, rows, inputs: [input] } = placed({
        width: row.length,
        baseline: row,
        variant: null,
      });
      const found = new Float64Array(TEMPERATURES.length);
      logsumexpAtTemperatures(scanner, rows, input, TEMPERATURES, found);
      TEMPERATURES.forEach((temperature, index) => {
        const [value, expected] = [found[index]!, logsumexpAt(row, temperature)];
        if (Object.is(value, expected)) {
          return;
        }
        const error = Math.abs(value - expected);
        assert.ok(error <= 3e-6 + 1e-6 * Math.abs(expected), `${value}, expected ${expected}`);
      });
    }),
    { numRuns: 60 },
  );
});

Deno.test("logsumexpAt() of a constant row is c / T + ln V", () => {
  const row = new Float32Array(100).fill(6);
  assert.ok(Math.abs(logsumexpAt(row, 2) - (3 + Math.log(100))) < 1e-12);
});

Deno.test("logsumexpAtTemperatures() refuses temperatures of 0 and below", () => {
  const { scanner, inputs: [input] } = placed({
    width: 1,
    baseline: Float32Array.of(1),
    variant: null,
  });
  assert.throws(
    () => logsumexpAtTemperatures(scanner, 1, input, [1, 0], new Float64Array(2)),
    /temperatures are 1, 0, expected up to 7 above 0/,
  );
});
