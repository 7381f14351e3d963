/**
 * Gram matrices in float64.
 *
 * @module
 */

/** Entries of a row that stay in the L1 cache while other rows pass over them. */
const BLOCK = 512;

/**
 * Fills the lower triangle of the smaller Gram matrix of a row-major matrix A: A Aᵀ (`rows * rows`) where
 * A is wide, Aᵀ A (`columns * columns`) where it is tall. Both have the squared singular values of A as
 * their eigenvalues.
 *
 * @param begin Where A begins in `values`.
 * @param out Receives `n * n` numbers, n = min(rows, columns).
 */
export function gram(
  values: Float32Array | Float64Array,
  begin: number,
  rows: number,
  columns: number,
  out: Float64Array,
): void {
  out.fill(0);
  if (rows <= columns) gramOfRows(values, begin, rows, columns, out);
  else gramOfColumns(values, begin, rows, columns, out);
}

function gramOfRows(
  values: Float32Array | Float64Array,
  begin: number,
  rows: number,
  columns: number,
  out: Float64Array,
): void {
  for (let from = 0; from < columns; from += BLOCK) {
    const length = Math.min(BLOCK, columns - from);
    for (let i = 0; i < rows; i++) {
      const a = begin + i * columns + from;
      for (let j = 0; j <= i; j++) {
        const b = begin + j * columns + from;
        let sum = 0;
        for (let c = 0; c < length; c++) sum += values[a + c]! * values[b + c]!;
        out[i * rows + j] = out[i * rows + j]! + sum;
      }
    }
  }
}

function gramOfColumns(
  values: Float32Array | Float64Array,
  begin: number,
  rows: number,
  columns: number,
  out: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const a = begin + row * columns;
    for (let i = 0; i < columns; i++) {
      const factor = values[a + i]!;
      const target = i * columns;
      for (let j = 0; j <= i; j++) out[target + j] = out[target + j]! + factor * values[a + j]!;
    }
  }
}
