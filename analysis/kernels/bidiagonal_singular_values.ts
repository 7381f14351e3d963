/**
 * Singular values by Householder bidiagonalisation (Golub and Kahan), where there is no LAPACK.
 *
 * @module
 */
import { tridiagonalEigenvalues } from "./symmetric_eigenvalues.ts";

/**
 * Singular values of a wide row-major matrix, largest first, with an absolute error of a few times
 * `Number.EPSILON` times the largest.
 *
 * @param matrix `rows * columns` finite numbers, rows <= columns; overwritten.
 */
export function bidiagonalSingularValues(
  matrix: Float64Array,
  rows: number,
  columns: number,
): Float64Array {
  // A much longer matrix is cheaper once it is triangular.
  const triangular = columns > 5 / 3 * rows;
  if (triangular) {
    for (let k = 0; k < rows; k++) {
      matrix[k * columns + k] = reflectRows(matrix, columns, rows, k, columns);
    }
  }
  const width = triangular ? rows : columns;
  if (triangular) clearAboveDiagonal(matrix, rows, columns);
  // Eigenvalues of the symmetric tridiagonal with 0 on the diagonal and d_0, e_0, d_1, … beside it are ±sigma.
  const beside = new Float64Array(2 * rows);
  const work = new Float64Array(columns);
  for (let k = 0; k < rows; k++) {
    beside[2 * k] = reflectRows(matrix, columns, rows, k, width);
    if (k + 1 < rows) beside[2 * k + 1] = reflectColumns(matrix, columns, rows, k, width, work);
  }
  const eigenvalues = new Float64Array(2 * rows);
  tridiagonalEigenvalues(2 * rows, eigenvalues, beside);
  eigenvalues.sort();
  return eigenvalues.slice(rows).reverse().map((value) => Math.max(value, 0));
}

function clearAboveDiagonal(matrix: Float64Array, rows: number, columns: number): void {
  for (let k = 0; k < rows; k++) matrix.fill(0, k * columns + k + 1, k * columns + rows);
}

/** Reflects row `k`'s entries from `k` on into the first of them, and the rows below with it; returns that entry. */
function reflectRows(
  matrix: Float64Array,
  columns: number,
  rows: number,
  k: number,
  width: number,
): number {
  const v = k * columns;
  let squares = 0;
  for (let c = k; c < width; c++) squares += matrix[v + c]! * matrix[v + c]!;
  const first = matrix[v + k]!;
  if (squares === first * first) return first;
  const norm = Math.sqrt(squares);
  const pivot = first > 0 ? -norm : norm;
  matrix[v + k] = first - pivot;
  const beta = 1 / (squares - first * pivot);
  for (let row = k + 1; row < rows; row++) {
    const at = row * columns;
    let sum = 0;
    for (let c = k; c < width; c++) sum += matrix[at + c]! * matrix[v + c]!;
    const factor = sum * beta;
    for (let c = k; c < width; c++) matrix[at + c] = matrix[at + c]! - factor * matrix[v + c]!;
  }
  return pivot;
}

/** The same of column `k`'s entries below the diagonal, and the columns to the right; row by row in memory. */
function reflectColumns(
  matrix: Float64Array,
  columns: number,
  rows: number,
  k: number,
  width: number,
  work: Float64Array,
): number {
  let squares = 0;
  for (let row = k + 1; row < rows; row++) {
    squares += matrix[row * columns + k]! * matrix[row * columns + k]!;
  }
  const head = (k + 1) * columns + k;
  const first = matrix[head]!;
  if (squares === first * first) return first;
  const norm = Math.sqrt(squares);
  const pivot = first > 0 ? -norm : norm;
  matrix[head] = first - pivot;
  const beta = 1 / (squares - first * pivot);
  work.fill(0, k + 1, width);
  for (let row = k + 1; row < rows; row++) {
    const at = row * columns;
    const factor = matrix[at + k]! * beta;
    for (let c = k + 1; c < width; c++) work[c] = work[c]! + factor * matrix[at + c]!;
  }
  for (let row = k + 1; row < rows; row++) {
    const at = row * columns;
    const factor = matrix[at + k]!;
    for (let c = k + 1; c < width; c++) matrix[at + c] = matrix[at + c]! - factor * work[c]!;
  }
  return pivot;
}
