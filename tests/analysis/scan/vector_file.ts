/**
 * Arrow IPC files of vectors for tests.
 *
 * @module
 */
import {
  Field,
  FixedSizeList,
  Float16,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import type { VectorLog } from "../../../data/logs.ts";
import type { Float } from "../../../data/vector_rows.ts";

/** Writes a log of logits in batches of at most `batchRows` rows. */
export async function writeLogits(
  path: string,
  log: VectorLog,
  float: Float,
  batchRows: number,
): Promise<void> {
  const number = float === "float16" ? new Float16() : new Float32();
  const type = new FixedSizeList(log.width, new Field("item", number, false));
  const schema = new Schema([
    new Field("sample_id", new Utf8(), false),
    new Field("token_index", new Int32(), false),
    new Field("position", new Int32(), false),
    new Field("token_id", new Int32(), false),
    new Field("logits", type, false),
  ]);
  const batches: RecordBatch[] = [];
  for (let begin = 0; begin < log.rows; begin += batchRows) {
    const end = Math.min(begin + batchRows, log.rows);
    const values = log.values.slice(begin * log.width, end * log.width);
    const stored = float === "float16" ? new Uint16Array(Float16Array.from(values).buffer) : values;
    const integers = (of: Int32Array) =>
      makeData({ type: new Int32(), data: of.slice(begin, end), nullCount: 0 });
    const children = [
      vectorFromArray(log.sampleId.slice(begin, end), new Utf8()).data[0]!,
      integers(log.tokenIndex),
      integers(log.position),
      integers(log.tokenId),
      makeData({
        type,
        length: end - begin,
        nullCount: 0,
        child: makeData({ type: number, data: stored as Float32Array }),
      }),
    ];
    const struct = new Struct(schema.fields);
    batches.push(
      new RecordBatch(
        schema,
        makeData({ type: struct, length: end - begin, nullCount: 0, children }),
      ),
    );
  }
  await Deno.writeFile(path, tableToIPC(new Table(schema, batches), "file"));
}
