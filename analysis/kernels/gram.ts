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
      const target = i * rows;
      let j = 0;
      // Four sums at a time do not wait for one another.
      for (; j + 3 <= i; j += 4) {
        const b = begin + j * columns + from;
        const c = b + columns;
        const d = c + columns;
        const e = d + columns;
        let [sumB, sumC, sumD, sumE] = [0, 0, 0, 0];
        for (let x = 0; x < length; x++) {
          const factor = values[a + x]!;
          sumB += factor * values[b + x]!;
          sumC += factor * values[c + x]!;
          sumD += factor * values[d + x]!;
          sumE += factor * values[e + x]!;
        }
        out[target + j] = out[target + j]! + sumB;
        out[target + j + 1] = out[target + j + 1]! + sumC;
        out[target + j + 2] = out[target + j + 2]! + sumD;
        out[target + j + 3] = out[target + j + 3]! + sumE;
      }
      for (; j <= i; j++) {
        const b = begin + j * columns + from;
        let sum = 0;
        for (let x = 0; x < length; x++) sum += values[a + x]! * values[b + x]!;
        out[target + j] = out[target + j]! + sum;
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
