/**
 * Spectra of rows of a log: in memory where they are few, in stripes where they are large.
 *
 * @module
 */
import type { VectorSource } from "../../data/logs.ts";
import { rowBytes } from "../../data/vector_rows.ts";
import { centreAndNormalise } from "../kernels/centre_and_normalise.ts";
import { type Openblas, openblas } from "../kernels/openblas.ts";
import type { SampleRows } from "../sample_rows.ts";
import { singularValues, squaredSingularValues } from "../kernels/singular_values.ts";
import { readRanges } from "./read_ranges.ts";
import {
  stripedCentredSquares,
  stripedSingularValues,
  type Stripes,
} from "../kernels/striped_spectrum.ts";

/** Bytes of rows from which on they are read in stripes. */
const LARGE = 64 * 2 ** 20;

/** Rows of a log, one below the other. */
export type Rows = Pick<SampleRows, "ranges" | "count">;

/** Singular values of the rows, largest first. */
export function spectrumOfRows(log: VectorSource, rows: Rows, large = LARGE): Float64Array {
  const blas = striping(log, rows, large);
  if (blas) return stripedSingularValues(blas, stripesOf(log, rows));
  return singularValues(read(log, rows), 0, rows.count, log.width);
}

/**
 * Squared singular values of the same less their mean and scaled to unit length.
 *
 * @returns The index of a row that equals the mean instead, where there is one.
 */
export function centredSpectrumOfRows(
  log: VectorSource,
  rows: Rows,
  large = LARGE,
): Float64Array | number {
  const blas = striping(log, rows, large);
  if (blas) return stripedCentredSquares(blas, stripesOf(log, rows));
  const { width } = log;
  const { count } = rows;
  const centred = new Float64Array(count * width);
  const values = read(log, rows);
  const row = centreAndNormalise(values, 0, count, width, centred, new Float64Array(width));
  return row >= 0 ? row : squaredSingularValues(centred, 0, count, width);
}

/** The rows as `count * width` numbers. */
function read(log: VectorSource, { ranges, count }: Rows): Float32Array {
  if (ranges.length === 1) return log.read(ranges[0]!.begin, ranges[0]!.end);
  return readRanges(log, ranges, new Float32Array(count * log.width));
}

/** LAPACK where it serves for stripes; plain TypeScript takes the rows as they are. */
function striping(log: VectorSource, { count }: Rows, large: number): Openblas | null {
  return count > 0 && count <= log.width && count * rowBytes(log) >= large ? openblas() : null;
}

function stripesOf(log: VectorSource, { ranges, count }: Rows): Stripes {
  return {
    rows: count,
    columns: log.width,
    read(from, to, into) {
      let at = 0;
      for (const { begin, end } of ranges) {
        log.readColumns(begin, end, from, to, into.subarray(at));
        at += (end - begin) * (to - from);
      }
    },
  };
}
