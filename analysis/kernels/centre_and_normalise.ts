/**
 * Rows centred and scaled to unit length.
 *
 * @module
 */

/**
 * Subtracts the mean row (the mean of each column over the rows) from every row and scales each to unit
 * length, as Diff-eRank's released code does. A row equal to the mean row has no direction: then the
 * function returns its index and `out` is not to be used; otherwise -1.
 *
 * @param values Row-major matrix, which begins at `begin`.
 * @param out Receives `rows * columns` numbers.
 * @param mean Work space of `columns` numbers.
 */
export function centreAndNormalise(
  values: Float32Array,
  begin: number,
  rows: number,
  columns: number,
  out: Float64Array,
  mean: Float64Array,
): number {
  mean.fill(0);
  for (let row = 0; row < rows; row++) {
    const from = begin + row * columns;
    for (let c = 0; c < columns; c++) mean[c] = mean[c]! + values[from + c]!;
  }
  for (let c = 0; c < columns; c++) mean[c] = mean[c]! / rows;
  for (let row = 0; row < rows; row++) {
    const from = begin + row * columns;
    const to = row * columns;
    let squares = 0;
    let largest = 0;
    for (let c = 0; c < columns; c++) {
      const centred = values[from + c]! - mean[c]!;
      out[to + c] = centred;
      squares += centred * centred;
      largest = Math.max(largest, Math.abs(values[from + c]!));
    }
    const length = Math.sqrt(squares);
    // What rounding of the mean leaves of a row that equals it.
    if (length <= largest * Math.sqrt(columns) * rows * Number.EPSILON) return row;
    for (let c = 0; c < columns; c++) out[to + c] = out[to + c]! / length;
  }
  return -1;
}
