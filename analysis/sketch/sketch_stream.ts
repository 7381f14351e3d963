import {
  LogError,
  type LogitSketch,
  readSketch,
  type VectorLog,
  writeSketch,
} from "../../data/logs.ts";
import { SKETCH_K } from "../../data/schema.ts";
import { sketchRows } from "./sketch_rows.ts";

/**
 * Sketches rows as they come; memory holds one frame of them and the baseline's sketch.
 *
 * @param settings The file to write, the vocabulary, and the baseline's sketch or null.
 * @returns How many rows were sketched.
 * @throws {LogError} When the rows are not of the baseline's tokens.
 */
export function sketchStream(
  frames: Iterable<VectorLog>,
  { path, vocabulary, baseline }: { path: string; vocabulary: number; baseline: string | null },
): number {
  const known = baseline === null ? null : readBaseline(baseline, vocabulary);
  using writer = writeSketch(path, {
    width: vocabulary,
    count: Math.min(SKETCH_K, vocabulary),
    baselineHash: known && known.hash,
  });
  let rows = 0;
  for (const frame of frames) {
    const ids = known && idsOf(known, frame, rows, baseline!);
    writer.append(sketchRows(frame, ids));
    rows += frame.rows;
  }
  writer.finish();
  if (known && rows !== known.rows) {
    throw misaligned(baseline!, `${known.rows} rows, but ${rows} came`);
  }
  return rows;
}

function readBaseline(path: string, vocabulary: number): LogitSketch {
  const sketch = readSketch(path);
  if (sketch.width !== vocabulary) {
    throw new LogError(
      path,
      `a vocabulary of ${sketch.width}, the variant's is ${vocabulary}`,
      "A variant must have its baseline's vocabulary: check the checkpoint, then run again",
    );
  }
  return sketch;
}

/** The baseline's ids of a frame's rows. */
function idsOf(sketch: LogitSketch, frame: VectorLog, first: number, path: string) {
  for (let row = 0; row < frame.rows; row++) {
    const at = first + row;
    if (
      sketch.sampleId[at] === frame.sampleId[row] &&
      sketch.tokenIndex[at] === frame.tokenIndex[row] && sketch.tokenId[at] === frame.tokenId[row]
    ) continue;
    const found = at < sketch.rows ? `sample "${sketch.sampleId[at]}"` : "no row";
    throw misaligned(path, `row ${at}: ${found}, but sample "${frame.sampleId[row]}" came`);
  }
  const { count } = sketch;
  return {
    topIds: sketch.topIds.subarray(first * count, (first + frame.rows) * count),
    baselineHash: sketch.hash!,
  };
}

function misaligned(path: string, found: string): LogError {
  return new LogError(
    path,
    found,
    "Both must hold the same tokens in the same order: delete the cell's folder and run the experiment again",
  );
}
