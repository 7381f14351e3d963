import type { Capture } from "../capture.ts";
import { rangesOf } from "../sample_rows.ts";
import { momentsFromSketch } from "../sketch/from_sketch.ts";
import { emptyMoments, type RowMoments, rowMoments } from "../kernels/row_moments.ts";

/** Moments of every row that enters, computed once a capture. */
export function rowMomentsOf(capture: Capture): RowMoments {
  return capture.memo("row moments", () => {
    const { logits, samples, sketch } = capture;
    if (logits === null) return momentsFromSketch(sketch!);
    const moments = emptyMoments(logits.rows);
    for (const { begin, end } of rangesOf(samples)) {
      const values = logits.read(begin, end);
      rowMoments(values, logits.width, end - begin, logits.tokenId, moments, begin);
    }
    return moments;
  });
}
