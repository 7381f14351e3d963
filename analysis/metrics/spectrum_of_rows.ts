/**
 * Spectra of rows of a log: in memory where they are few, in stripes where they are large.
 *
 * @module
 */
import type { VectorSource } from "../../data/logs.ts";
import { rowBytes } from "../../data/vector_rows.ts";
import { centreAndNormalise } from "../kernels/centre_and_normalise.ts";
import { type Openblas, openblas } from "../kernels/openblas.ts";
import { singularValues, squaredSingularValues } from "../kernels/singular_values.ts";
import {
  stripedCentredSquares,
  stripedSingularValues,
  type Stripes,
} from "../kernels/striped_spectrum.ts";

/** Bytes of rows from which on they are read in stripes. */
const LARGE = 64 * 2 ** 20;

/** Singular values of the rows `[begin, end)`, largest first. */
export function spectrumOfRows(
  log: VectorSource,
  begin: number,
  end: number,
  large = LARGE,
): Float64Array {
  const blas = striping(log, begin, end, large);
  if (blas) return stripedSingularValues(blas, stripesOf(log, begin, end));
  return singularValues(log.read(begin, end), 0, end - begin, log.width);
}

/**
 * Squared singular values of the same less their mean and scaled to unit length.
 *
 * @returns The index of a row that equals the mean instead, where there is one.
 */
export function centredSpectrumOfRows(
  log: VectorSource,
  begin: number,
  end: number,
  large = LARGE,
): Float64Array | number {
  const blas = striping(log, begin, end, large);
  if (blas) return stripedCentredSquares(blas, stripesOf(log, begin, end));
  const { width } = log;
  const rows = end - begin;
  const centred = new Float64Array(rows * width);
  const values = log.read(begin, end);
  const row = centreAndNormalise(values, 0, rows, width, centred, new Float64Array(width));
  return row >= 0 ? row : squaredSingularValues(centred, 0, rows, width);
}

/** LAPACK where it serves for stripes; plain TypeScript takes the rows as they are. */
function striping(log: VectorSource, begin: number, end: number, large: number): Openblas | null {
  const rows = end - begin;
  return rows > 0 && rows <= log.width && rows * rowBytes(log) >= large ? openblas() : null;
}

function stripesOf(log: VectorSource, begin: number, end: number): Stripes {
  return {
    rows: end - begin,
    columns: log.width,
    read: (from, to, into) => log.readColumns(begin, end, from, to, into),
  };
}
