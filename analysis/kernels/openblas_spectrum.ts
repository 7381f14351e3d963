/**
 * Spectra by LAPACK.
 *
 * @module
 */
import { checkInfo, double, integer, letter, type Openblas } from "./openblas.ts";

/** Numbers that are converted to float64 at a time: 32 MB. */
const BLOCK = 1 << 22;

/**
 * Order from which the reduction by way of a band matrix is the faster one. Seconds of one thread, direct and
 * two-stage: 0.10 and 0.11 at 1024, 0.36 and 0.38 at 1536, 0.96 and 0.80 at 2048, 7.3 and 4.7 at 4096.
 */
const TWO_STAGE = 1792;

/** A row-major matrix that begins at `begin` of an array. */
export interface Matrix {
  values: Float32Array | Float64Array;
  begin: number;
  rows: number;
  columns: number;
}

/**
 * The smaller Gram matrix in float64, in blocks of the longer side, so that a large float32 matrix is never
 * held twice. LAPACK's lower triangle, column by column, is filled.
 */
export function openblasGram(blas: Openblas, matrix: Matrix): Float64Array {
  const { values, begin, rows, columns } = matrix;
  const n = Math.min(rows, columns);
  blas.setThreads(n * rows * columns);
  const gram = new Float64Array(n * n);
  const step = Math.max(1, Math.min(Math.max(rows, columns), Math.floor(BLOCK / Math.max(n, 1))));
  const block = new Float64Array(step * n);
  const wide = rows <= columns;
  for (let from = 0; from < Math.max(rows, columns); from += step) {
    const size = Math.min(step, Math.max(rows, columns) - from);
    if (wide) {
      for (let row = 0; row < rows; row++) {
        const at = begin + row * columns + from;
        block.set(values.subarray(at, at + size), row * size);
      }
    } else block.set(values.subarray(begin + from * n, begin + (from + size) * n));
    // To Fortran a row-major block is its transpose: `size x n` where the matrix is wide, else `n x size`.
    const lead = integer(wide ? size : n);
    const beta = double(from === 0 ? 0 : 1);
    const transpose = letter(wide ? "T" : "N");
    const [order, length] = [integer(n), integer(size)];
    blas.dsyrk(
      letter("L"),
      transpose,
      order,
      length,
      double(1),
      block,
      lead,
      beta,
      gram,
      order,
    );
  }
  return gram;
}

/** Eigenvalues, smallest first, of a symmetric matrix whose lower triangle {@link openblasGram} filled; overwrites it. */
export function openblasEigenvalues(blas: Openblas, matrix: Float64Array, n: number): Float64Array {
  blas.setThreads(n ** 3);
  const eigenvalues = new Float64Array(n);
  const [order, info] = [integer(n), integer(0)];
  const reduce = n < TWO_STAGE ? blas.dsyevd : blas.dsyevdTwoStage;
  const solve = (work: Float64Array, size: number, integers: BigInt64Array, count: number) =>
    reduce(
      letter("N"),
      letter("L"),
      order,
      matrix,
      order,
      eigenvalues,
      work,
      integer(size),
      integers,
      integer(count),
      info,
    );
  const [size, count] = [double(0), integer(0)];
  solve(size, -1, count, -1);
  const [work, integers] = [new Float64Array(size[0]!), new BigInt64Array(Number(count[0]))];
  solve(work, work.length, integers, integers.length);
  checkInfo("dsyevd", info);
  return eigenvalues;
}

/** Singular values, largest first, by LAPACK's bidiagonalisation. */
export function openblasSingularValues(blas: Openblas, matrix: Matrix): Float64Array {
  const { values, begin, rows, columns } = matrix;
  const n = Math.min(rows, columns);
  blas.setThreads(n * rows * columns);
  const copy = Float64Array.from(values.subarray(begin, begin + rows * columns));
  const found = new Float64Array(n);
  const integers = new BigInt64Array(8 * n);
  const [unused, one, info] = [double(0), integer(1), integer(0)];
  const solve = (work: Float64Array, size: number) =>
    blas.dgesdd(
      letter("N"),
      integer(columns),
      integer(rows),
      copy,
      integer(columns),
      found,
      unused,
      one,
      unused,
      one,
      work,
      integer(size),
      integers,
      info,
    );
  const size = double(0);
  solve(size, -1);
  const work = new Float64Array(size[0]!);
  solve(work, work.length);
  checkInfo("dgesdd", info);
  return found;
}
