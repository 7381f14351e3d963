import assert from "node:assert/strict";
import fc from "fast-check";
import { countBlock, countPlain, noCounts } from "../../../analysis/kernels/histogram.ts";
import type { Float } from "../../../data/vector_rows.ts";
import { placed } from "./scanned.ts";

function counted(values: Float32Array, of: Parameters<typeof noCounts>[0], float: Float) {
  const { scanner, rows, inputs: [input] } = placed({
    width: values.length,
    baseline: values,
    variant: null,
    float,
  });
  const out = noCounts(of);
  countBlock(scanner, rows, input, of, out);
  return out;
}

Deno.test("countBlock() counts as plain TypeScript does, edges, NaN and infinities included", () => {
  const value = fc.oneof(
    fc.double({ min: -9, max: 9, noNaN: true }).map(Math.fround),
    fc.integer({ min: -9, max: 9 }),
    fc.constantFrom(NaN, Infinity, -Infinity, -0, 3e38),
  );
  const bins = fc.record({
    low: fc.constantFrom(-8, -1, 0.1),
    high: fc.constantFrom(1, 3, 8.7),
    bins: fc.integer({ min: 1, max: 70 }),
  });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), bins, (list, of) => {
      const values = Float32Array.from(list);
      const expected = noCounts(of);
      countPlain(values, of, expected);
      assert.deepEqual(counted(values, of, "float32"), expected);
      const halves = Float32Array.from(Float16Array.from(list));
      const widened = noCounts(of);
      countPlain(halves, of, widened);
      assert.deepEqual(counted(halves, of, "float16"), widened);
    }),
    { numRuns: 100 },
  );
});

Deno.test("countPlain() has numpy's bins: half-open, the last one closed", () => {
  const out = noCounts({ low: 0, high: 4, bins: 4 });
  countPlain(Float32Array.of(-0.5, 0, 0.5, 1, 3.5, 4, 4.5, NaN, Infinity, -Infinity), {
    low: 0,
    high: 4,
    bins: 4,
  }, out);
  assert.deepEqual([...out.counts], [2, 1, 0, 2]);
  assert.deepEqual([out.below, out.above, out.notFinite], [1, 1, 3]);
});

Deno.test("countPlain() names bins that cannot be", () => {
  const of = { low: 1, high: 1, bins: 4 };
  assert.throws(() => countPlain(new Float32Array(1), of, noCounts(of)), /4 bins from 1 to 1/);
});
