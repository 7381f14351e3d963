/**
 * Spectra of matrices that are read in stripes of columns, so that they need not be held: rows of logits are wide, and
 * the smaller Gram matrix is the sum of those of its stripes. One reading gives it; a second one follows where its
 * spectrum is not good enough.
 *
 * @module
 */
import { gramErankError } from "./gram_error.ts";
import { checkInfo, double, integer, letter, type Openblas } from "./openblas.ts";
import { openblasEigenvalues, openblasSingularValues } from "./openblas_spectrum.ts";
import { TOLERANCE, withoutRounding } from "./singular_values.ts";

/** A matrix with no more rows than columns. */
export interface Stripes {
  rows: number;
  columns: number;
  /** Writes the columns `[from, to)` row-major to the beginning of `into`. */
  read(from: number, to: number, into: Float64Array): void;
}

/** Numbers that are read at a time: 32 MB. */
const NUMBERS = 1 << 22;

/** As `singularValues` in `singular_values.ts`, and to the same error. */
export function stripedSingularValues(
  blas: Openblas,
  stripes: Stripes,
  numbers = NUMBERS,
): Float64Array {
  const squared = eigenvalues(blas, stripedGram(blas, stripes, numbers), stripes.rows);
  if (!(gramErankError(squared) > TOLERANCE)) return squared.map(Math.sqrt);
  return withoutRounding(reducedSingularValues(blas, stripes, numbers));
}

/**
 * As `squaredSingularValues` of the rows less their mean and scaled to unit length, see `centre_and_normalise.ts`.
 *
 * @returns The index of a row that equals the mean instead, where there is one.
 */
export function stripedCentredSquares(
  blas: Openblas,
  stripes: Stripes,
  numbers = NUMBERS,
): Float64Array | number {
  const { rows, columns } = stripes;
  const largest = new Float64Array(rows);
  const gram = stripedGram(blas, centred(stripes, largest), numbers);
  const lengths = largest.map((_, row) => Math.sqrt(gram[row * rows + row]!));
  // What rounding of the mean leaves of a row that equals it.
  const bound = Math.sqrt(columns) * rows * Number.EPSILON;
  const equal = lengths.findIndex((length, row) => length <= largest[row]! * bound);
  if (equal >= 0) return equal;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < rows; column++) {
      gram[row * rows + column]! /= lengths[row]! * lengths[column]!;
    }
  }
  return eigenvalues(blas, gram, rows);
}

/** LAPACK's lower triangle of A Aᵀ. */
function stripedGram(blas: Openblas, { rows, columns, read }: Stripes, numbers: number) {
  blas.setThreads(rows * rows * columns);
  const gram = new Float64Array(rows * rows);
  const step = Math.max(1, Math.min(columns, Math.floor(numbers / rows)));
  const block = new Float64Array(step * rows);
  const order = integer(rows);
  for (let from = 0; from < columns; from += step) {
    const size = Math.min(step, columns - from);
    read(from, from + size, block);
    // To Fortran a row-major block is its transpose.
    const [length, beta] = [integer(size), double(from === 0 ? 0 : 1)];
    const [lower, transposed] = [letter("L"), letter("T")];
    blas.dsyrk(lower, transposed, order, length, double(1), block, length, beta, gram, order);
  }
  return gram;
}

/** Largest first, none below 0; NaN throughout where an entry of the matrix is not finite. */
function eigenvalues(blas: Openblas, gram: Float64Array, rows: number): Float64Array {
  for (let row = 0; row < rows; row++) {
    if (!Number.isFinite(gram[row * rows + row]!)) return new Float64Array(rows).fill(NaN);
  }
  return openblasEigenvalues(blas, gram, rows).sort().reverse().map((value) => Math.max(value, 0));
}

/**
 * Singular values of Aᵀ = Q R, which are R's: each stripe is put below the R of those before it and the two are reduced
 * to one again, which loses no digits.
 */
function reducedSingularValues(
  blas: Openblas,
  { rows: n, columns, read }: Stripes,
  numbers: number,
) {
  blas.setThreads(n * n * columns);
  const step = Math.max(1, Math.min(columns, Math.floor(numbers / n)));
  const lead = n + step;
  const stack = new Float64Array(lead * n); // column by column
  const block = new Float64Array(step * n);
  const [tau, info, size] = [new Float64Array(n), integer(0), double(0)];
  const reduce = (work: Float64Array, length: number) =>
    blas.dgeqrf(integer(lead), integer(n), stack, integer(lead), tau, work, integer(length), info);
  reduce(size, -1);
  const work = new Float64Array(size[0]!);
  for (let from = 0; from < columns; from += step) {
    const width = Math.min(step, columns - from);
    read(from, from + width, block);
    for (let row = 0; row < n; row++) {
      stack.fill(0, row * lead + row + 1, (row + 1) * lead);
      stack.set(block.subarray(row * width, (row + 1) * width), row * lead + n);
    }
    reduce(work, work.length);
    checkInfo("dgeqrf", info);
  }
  const triangle = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    triangle.set(stack.subarray(row * lead, row * lead + row + 1), row * n);
  }
  return openblasSingularValues(blas, { values: triangle, begin: 0, rows: n, columns: n });
}

/** The rows less their mean; `largest` receives the largest absolute entry of each row before that. */
function centred({ rows, columns, read }: Stripes, largest: Float64Array): Stripes {
  return {
    rows,
    columns,
    read(from, to, into) {
      read(from, to, into);
      const width = to - from;
      const mean = new Float64Array(width);
      for (let row = 0; row < rows; row++) {
        for (let c = 0; c < width; c++) {
          const value = into[row * width + c]!;
          mean[c]! += value;
          if (Math.abs(value) > largest[row]!) largest[row] = Math.abs(value);
        }
      }
      for (let c = 0; c < width; c++) mean[c]! /= rows;
      for (let row = 0; row < rows; row++) {
        for (let c = 0; c < width; c++) into[row * width + c]! -= mean[c]!;
      }
    },
  };
}
