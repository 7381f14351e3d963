/**
 * Squared singular values of a matrix, by the eigenvalues of its smaller Gram matrix in float64.
 *
 * @module
 */
import { gram } from "./gram.ts";
import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

/**
 * Squared singular values of a row-major matrix, largest first: min(rows, columns) of them. Entries that
 * are not finite give NaN throughout.
 *
 * The Gram matrix squares the condition number: a singular value has an absolute error of about 1e-16
 * times the largest one squared over itself, and what lies below 1e-8 of the largest is noise of that size.
 * Against numpy's float64 SVD, the effective rank (Eq. 4) of a float32 matrix was off, relatively, by
 *
 * | spectrum of 512 x 1024 | smallest / largest | error |
 * |---|---|---|
 * | flat; power law 1/i | 1; 2e-3 | 4e-15; 1e-13 |
 * | 0.97^i | 2e-7 | 2e-9 |
 * | 0.9^i (float32 rounding from i = 170 on) | 8e-10 | 1e-6 |
 * | rank 64 (product rounded to float32; repeated rows) | 1e-8; 0 | 2e-7; 4e-7 |
 *
 * and erank_covariance, whose p goes with the eigenvalues themselves, by less than 1e-12 on all of the
 * smaller matrices in `tests/analysis/golden/matrices.json`.
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
  for (let i = 0; i < n; i++) if (eigenvalues[i]! < 0) eigenvalues[i] = 0;
  return eigenvalues;
}
