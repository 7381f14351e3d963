import type { Capture } from "../capture.ts";
import { emptyMoments, type RowMoments, rowMoments } from "../kernels/row_moments.ts";
import { readRows } from "./read_rows.ts";

/** Moments of every row that enters, computed once a capture. */
export function rowMomentsOf(capture: Capture): RowMoments {
  return capture.memo("row moments", () => {
    const { logits, samples } = capture;
    const moments = emptyMoments(logits.rows);
    for (const { begin, end } of samples) {
      rowMoments(readRows(logits, begin, end), logits.width, end - begin, moments, begin);
    }
    return moments;
  });
}

/** Probability of the token that stands at a row; NaN where there is no distribution. */
export function tokenProbability(capture: Capture): (row: number) => number {
  const { max, rest } = rowMomentsOf(capture);
  const { logits } = capture;
  return (row) => {
    const [logit] = readRows(logits, row, row + 1).subarray(logits.tokenId[row]!);
    return Math.exp(logit! - max[row]! - rest[row]!);
  };
}
