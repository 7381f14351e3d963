/**
 * Rows of logits from a stream, frame by frame.
 *
 * @module
 */
import type { VectorLog } from "../../data/logs.ts";

/** Anything that gives bytes, such as `Deno.stdin`. */
export interface ByteReader {
  readSync(into: Uint8Array): number | null;
}

interface FrameHeader {
  rows: number;
  sample_id: string[];
  token_index: number[];
  position: number[];
  token_id: number[];
}

/**
 * The frames until the stream ends; `runners/python/sketch_log.py` writes and describes them.
 *
 * @throws {RangeError} When the stream ends within a frame.
 */
export function* frames(reader: ByteReader, vocabulary: number): Generator<VectorLog> {
  const length = new Uint8Array(4);
  while (fill(reader, length)) {
    const text = new Uint8Array(new DataView(length.buffer).getUint32(0, true));
    whole(fill(reader, text));
    const header = JSON.parse(new TextDecoder().decode(text)) as FrameHeader;
    const values = new Float32Array(header.rows * vocabulary);
    whole(fill(reader, new Uint8Array(values.buffer)));
    yield {
      rows: header.rows,
      width: vocabulary,
      sampleId: header.sample_id,
      tokenIndex: Int32Array.from(header.token_index),
      position: Int32Array.from(header.position),
      tokenId: Int32Array.from(header.token_id),
      values,
    };
  }
}

/** Fills the bytes; false where the stream ends before the first of them. */
function fill(reader: ByteReader, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const count = reader.readSync(bytes.subarray(at));
    if (count === null) {
      if (at === 0) return false;
      whole(false);
    }
    at += count!;
  }
  return true;
}

function whole(filled: boolean): void {
  if (!filled) throw new RangeError("the stream of logits ends within a frame");
}
