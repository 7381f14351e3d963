import assert from "node:assert/strict";
import fc from "fast-check";
import { effectiveRank } from "../../../analysis/kernels/effective_rank.ts";
import { gramErankError } from "../../../analysis/kernels/gram_error.ts";
import { openblas } from "../../../analysis/kernels/openblas.ts";
import { squaredProductNorm } from "../../../analysis/kernels/product_norm.ts";
import {
  singularValues,
  squaredSingularValues,
} from "../../../analysis/kernels/singular_values.ts";
import { float32, golden } from "../golden/golden.ts";

interface Case {
  name: string;
  rows: number;
  columns: number;
  values: string;
  singular_values: number[];
  erank: number;
}

const matrices = await golden<Case[]>("matrices.json");
const ways = [["OpenBLAS", openblas()], ["TypeScript", null]] as const;

const relative = (found: number, expected: number) => Math.abs(found - expected) / expected;

for (const [name, blas] of ways) {
  Deno.test(`singularValues() by ${name} gives numpy's within 1e-9 of the largest, ERank within 1e-9`, () => {
    for (const { name, rows, columns, values, singular_values, erank } of matrices) {
      const found = singularValues(float32(values), 0, rows, columns, blas);
      assert.equal(found.length, singular_values.length);
      found.forEach((value, index) => {
        const error = Math.abs(value - singular_values[index]!) / singular_values[0]!;
        assert.ok(error < 1e-9, `${name}: value ${index} is off by ${error}`);
      });
      const error = relative(effectiveRank(found), erank);
      assert.ok(error < 1e-9, `${name}: ERank is off by ${error}`);
      // The estimate decides which way is taken: it may not promise more than the Gram matrix holds.
      const squared = squaredSingularValues(float32(values), 0, rows, columns, blas);
      const truth = relative(effectiveRank(squared.map(Math.sqrt)), erank);
      assert.ok(
        truth <= gramErankError(squared) + 1e-12,
        `${name}: ${truth} is above the estimate`,
      );
    }
  });

  Deno.test(`singularValues() by ${name}: empty, zero, one row, one column, constant, NaN, infinity`, () => {
    const of = (values: number[], rows: number, columns: number) => [
      ...singularValues(Float32Array.from(values), 0, rows, columns, blas),
    ];
    assert.deepEqual(of([], 0, 5), []);
    assert.deepEqual(of([], 5, 0), []);
    assert.deepEqual(of([0, 0, 0, 0], 2, 2), [0, 0]);
    assert.deepEqual(of([3, 4], 1, 2), [5]);
    assert.deepEqual(of([3, 4], 2, 1), [5]);
    const constant = of(Array(35).fill(0.1), 5, 7);
    assert.ok(relative(constant[0]!, Math.fround(0.1) * Math.sqrt(35)) < 1e-14);
    assert.deepEqual(constant.slice(1), [0, 0, 0, 0]);
    assert.equal(effectiveRank(constant), 1);
    assert.deepEqual(of([1, NaN, 2, 3], 2, 2), [NaN, NaN]);
    assert.deepEqual(of([1, 2, -Infinity, 3], 2, 2), [NaN, NaN]);
  });
}

const matrix = fc.tuple(
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 4 }),
).chain(([rows, columns, rank]) =>
  fc.record({
    rows: fc.constant(rows),
    columns: fc.constant(columns),
    rank: fc.constant(Math.min(rank, rows, columns)),
    left: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: rows * 4, maxLength: rows * 4 }),
    right: fc.array(fc.integer({ min: -9, max: 9 }), {
      minLength: columns * 4,
      maxLength: columns * 4,
    }),
  })
);

Deno.test("ERank lies between 1 and the rank, in both ways, which agree", () => {
  fc.assert(fc.property(matrix, ({ rows, columns, rank, left, right }) => {
    const product = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        for (let k = 0; k < rank; k++) {
          product[i * columns + j] = product[i * columns + j]! +
            left[i * 4 + k]! * right[j * 4 + k]!;
        }
      }
    }
    fc.pre(product.some((value) => value !== 0));
    const eranks = ways.map(([, blas]) =>
      effectiveRank(singularValues(product, 0, rows, columns, blas))
    );
    for (const erank of eranks) {
      assert.ok(erank >= 1 && erank <= rank * (1 + 1e-12), `${erank} of rank ${rank}`);
    }
    assert.ok(relative(eranks[0]!, eranks[1]!) < 1e-11);
  }));
});

Deno.test("a matrix in the middle of an array is read from where it begins", () => {
  const values = Float32Array.from([9, 9, 1, 0, 0, 0, 2, 0, 9]);
  for (const [, blas] of ways) {
    assert.deepEqual([...singularValues(values, 2, 2, 3, blas)], [2, 1]);
    assert.deepEqual([...squaredSingularValues(values, 2, 3, 2, blas)], [5, 0]);
  }
});

Deno.test("squaredProductNorm() is the sum of the squared entries of the product, in both ways", () => {
  const sizes = fc.tuple(
    fc.integer({ min: 1, max: 7 }),
    fc.integer({ min: 1, max: 7 }),
    fc.integer({ min: 1, max: 7 }),
  );
  fc.assert(
    fc.property(sizes, fc.infiniteStream(fc.integer({ min: -9, max: 9 })), (of, entries) => {
      const [rows, m, n] = of;
      const draw = (size: number) =>
        Float64Array.from({ length: size }, () => entries.next().value);
      const [x, y] = [draw(rows * m), draw(rows * n)];
      let expected = 0;
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let row = 0; row < rows; row++) sum += x[row * m + i]! * y[row * n + j]!;
          expected += sum * sum;
        }
      }
      for (const [, blas] of ways) {
        const found = squaredProductNorm(
          { values: x, columns: m },
          { values: y, columns: n },
          rows,
          blas,
        );
        assert.ok(Math.abs(found - expected) <= 1e-9 * (1 + expected));
      }
    }),
  );
});
