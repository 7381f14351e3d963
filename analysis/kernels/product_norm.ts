/**
 * Norms of products of matrices that are never formed in full where that is dear.
 *
 * @module
 */
import { gram } from "./gram.ts";
import { double, integer, letter, type Openblas, openblas } from "./openblas.ts";
import { openblasGram } from "./openblas_spectrum.ts";

/** A row-major matrix in float64. */
export interface Rows {
  values: Float64Array;
  columns: number;
}

/**
 * Squared Frobenius norm of XᵀY, X and Y of the same number of rows: by way of the entrywise product of XXᵀ
 * and YYᵀ where there are fewer rows than columns.
 *
 * @param blas BLAS to use; null computes in plain TypeScript.
 */
export function squaredProductNorm(
  x: Rows,
  y: Rows,
  rows: number,
  blas: Openblas | null = openblas(),
): number {
  return rows <= Math.min(x.columns, y.columns)
    ? byRows(x, y, rows, blas)
    : byColumns(x, y, rows, blas);
}

function byRows(x: Rows, y: Rows, rows: number, blas: Openblas | null): number {
  const [ofX, ofY] = [x, y].map(({ values, columns }) => {
    if (blas) return openblasGram(blas, { values, begin: 0, rows, columns });
    const out = new Float64Array(rows * rows);
    gram(values, 0, rows, columns, out);
    return out;
  }) as [Float64Array, Float64Array];
  // One triangle of each is filled, the other is 0: counted twice, the diagonal once.
  let sum = 0;
  for (let i = 0; i < rows * rows; i++) sum += 2 * ofX[i]! * ofY[i]!;
  for (let i = 0; i < rows; i++) sum -= ofX[i * rows + i]! * ofY[i * rows + i]!;
  return sum;
}

function byColumns(x: Rows, y: Rows, rows: number, blas: Openblas | null): number {
  const product = new Float64Array(x.columns * y.columns);
  if (blas) openblasProduct(blas, x, y, rows, product);
  else plainProduct(x, y, rows, product);
  let sum = 0;
  for (const entry of product) sum += entry * entry;
  return sum;
}

/** To Fortran the row-major X is Xᵀ, so XᵀY is a product with its second factor transposed. */
function openblasProduct(blas: Openblas, x: Rows, y: Rows, rows: number, out: Float64Array): void {
  const [m, n] = [integer(x.columns), integer(y.columns)];
  const [one, zero] = [double(1), double(0)];
  const [plain, transposed] = [letter("N"), letter("T")];
  blas.setThreads(x.columns * y.columns * rows);
  blas.dgemm(
    plain,
    transposed,
    m,
    n,
    integer(rows),
    one,
    x.values,
    m,
    y.values,
    n,
    zero,
    out,
    m,
  );
}

function plainProduct(x: Rows, y: Rows, rows: number, out: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < x.columns; i++) {
      const factor = x.values[row * x.columns + i]!;
      const target = i * y.columns;
      const from = row * y.columns;
      for (let j = 0; j < y.columns; j++) {
        out[target + j] = out[target + j]! + factor * y.values[from + j]!;
      }
    }
  }
}
