/**
 * Squared singular values of a matrix, by the eigenvalues of its smaller Gram matrix in float64.
 *
 * @module
 */
import { gram } from "./gram.ts";
import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

/**
 * Squared singular values of a row-major matrix, largest first: min(rows, columns) of them. What lies
 * below the rounding of the Gram matrix (n epsilon times the largest) is 0, so singular values below about
 * 1e-7 of the largest are not told from 0; float32 input does not carry them either. Entries that are
 * not finite give NaN throughout.
 *
 * Measured against numpy's float64 SVD: see `tests/analysis/kernels/singular_values_test.ts`.
 *
 * @param begin Where the matrix begins in `values`.
 */
export function squaredSingularValues(
  values: Float32Array | Float64Array,
  begin: number,
  rows: number,
  columns: number,
): Float64Array {
  const n = Math.min(rows, columns);
  const matrix = new Float64Array(n * n);
  const eigenvalues = new Float64Array(n);
  gram(values, begin, rows, columns, matrix);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
  if (!Number.isFinite(trace)) return eigenvalues.fill(NaN);
  symmetricEigenvalues(matrix, n, eigenvalues, new Float64Array(n));
  eigenvalues.sort().reverse();
  const noise = n * Number.EPSILON * (eigenvalues[0] ?? 0);
  for (let i = 0; i < n; i++) if (eigenvalues[i]! < noise) eigenvalues[i] = 0;
  return eigenvalues;
}
