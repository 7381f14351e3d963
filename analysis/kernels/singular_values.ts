/**
 * The spectrum of a matrix: the one place that chooses how it is computed.
 *
 * @module
 */
import { bidiagonalSingularValues } from "./bidiagonal_singular_values.ts";
import { gram } from "./gram.ts";
import { gramErankError } from "./gram_error.ts";
import { type Openblas, openblas } from "./openblas.ts";
import {
  type Matrix,
  openblasEigenvalues,
  openblasGram,
  openblasSingularValues,
} from "./openblas_spectrum.ts";
import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

/** Relative error of an effective rank that is let pass; what is promised is 1e-9. */
export const TOLERANCE = 5e-10;

/** What rounding leaves of a singular value that is 0, in units of `Number.EPSILON` times the largest one. */
const ZERO = 8;

/**
 * Singular values of a row-major matrix, largest first: min(rows, columns) of them, none for an empty
 * matrix. Entries that are not finite give NaN throughout.
 *
 * They are the roots of the eigenvalues of the smaller Gram matrix in float64 where the effective rank
 * (Eq. 4) of those is good to 5e-10 by {@link gramErankError}. Where it is not, since small singular values
 * drown when they are squared (rank-deficient matrices, spectra that fall far), a bidiagonalisation is
 * made, several times slower, and what it leaves of a 0 is set to 0. `spectra.md` has the measurements.
 *
 * @param begin Where the matrix begins in `values`.
 * @param blas LAPACK to use; null computes in plain TypeScript.
 */
export function singularValues(
  values: Float32Array | Float64Array,
  begin: number,
  rows: number,
  columns: number,
  blas: Openblas | null = openblas(),
): Float64Array {
  const squared = squaredSingularValues(values, begin, rows, columns, blas);
  if (!(gramErankError(squared) > TOLERANCE)) return squared.map(Math.sqrt);
  const matrix = { values, begin, rows, columns };
  const found = blas
    ? openblasSingularValues(blas, matrix)
    : bidiagonalSingularValues(wideCopy(matrix), Math.min(rows, columns), Math.max(rows, columns));
  return withoutRounding(found);
}

/** Singular values, largest first, with 0 for what rounding leaves of it. */
export function withoutRounding(values: Float64Array): Float64Array {
  const zero = ZERO * Number.EPSILON * values[0]!;
  return values.map((value) => value <= zero ? 0 : value);
}

/**
 * Squared singular values, largest first, by the smaller Gram matrix alone: an absolute error of about
 * `Number.EPSILON` times the largest. Enough for whatever goes with the squares.
 */
export function squaredSingularValues(
  values: Float32Array | Float64Array,
  begin: number,
  rows: number,
  columns: number,
  blas: Openblas | null = openblas(),
): Float64Array {
  const n = Math.min(rows, columns);
  if (n === 0) return new Float64Array(0);
  const matrix = blas
    ? openblasGram(blas, { values, begin, rows, columns })
    : new Float64Array(n * n);
  if (!blas) gram(values, begin, rows, columns, matrix);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
  if (!Number.isFinite(trace)) return new Float64Array(n).fill(NaN);
  const eigenvalues = blas ? openblasEigenvalues(blas, matrix, n) : new Float64Array(n);
  if (!blas) symmetricEigenvalues(matrix, n, eigenvalues, new Float64Array(n));
  return eigenvalues.sort().reverse().map((value) => value < 0 ? 0 : value);
}

/** A copy in float64, transposed where the matrix is tall. */
function wideCopy({ values, begin, rows, columns }: Matrix): Float64Array {
  const copy = Float64Array.from(values.subarray(begin, begin + rows * columns));
  if (rows <= columns) return copy;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      copy[column * rows + row] = values[begin + row * columns + column]!;
    }
  }
  return copy;
}
