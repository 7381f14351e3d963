import assert from "node:assert/strict";
import fc from "fast-check";
import { symmetricEigenvalues } from "../../../analysis/kernels/symmetric_eigenvalues.ts";

function eigenvalues(matrix: number[][]): number[] {
  const n = matrix.length;
  const out = new Float64Array(n);
  symmetricEigenvalues(Float64Array.from(matrix.flat()), n, out, new Float64Array(n));
  return [...out].sort((a, b) => a - b);
}

Deno.test("symmetricEigenvalues() of the second difference matrix is 2 - 2 cos(k pi / (n + 1))", () => {
  const n = 50;
  const matrix = Array.from(
    { length: n },
    (_, i) => Array.from({ length: n }, (_, j) => i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0),
  );
  eigenvalues(matrix).forEach((value, index) => {
    const exact = 2 - 2 * Math.cos((index + 1) * Math.PI / (n + 1));
    assert.ok(Math.abs(value - exact) < 1e-14, `${value} for ${exact}`);
  });
});

Deno.test("symmetricEigenvalues() keeps the trace and the sum of squares", () => {
  const any = fc.integer({ min: 1, max: 9 }).chain((n) =>
    fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), {
      minLength: n,
      maxLength: n,
    })
  );
  fc.assert(fc.property(any, (square) => {
    const matrix = square.map((row, i) =>
      row.map((_, j) => square[Math.max(i, j)]![Math.min(i, j)]!)
    );
    const found = eigenvalues(matrix);
    const trace = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
    const squares = matrix.flat().reduce((sum, value) => sum + value * value, 0);
    assert.ok(Math.abs(found.reduce((sum, value) => sum + value, 0) - trace) < 1e-11);
    assert.ok(
      Math.abs(found.reduce((sum, value) => sum + value ** 2, 0) - squares) <
        1e-10 * squares + 1e-12,
    );
  }));
});

Deno.test("symmetricEigenvalues() throws on entries that are not finite, instead of not ending", () => {
  assert.throws(() => eigenvalues([[1, NaN], [NaN, 1]]), RangeError);
});
