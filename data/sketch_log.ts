/**
 * Arrow IPC files of sketches: what is kept of each row of logits, see `logitSketch` in `schema.ts`. A sketch is
 * small, so it is read whole; it is written batch by batch.
 *
 * @module
 */
import {
  DataType,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  type Table,
  tableFromIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { createHash } from "node:crypto";
import { AsyncByteQueue } from "apache-arrow/io/stream";
import { arrowLayout, MEND } from "./arrow_layout.ts";
import { LogError } from "./log_error.ts";
import type { Column } from "./column.ts";
import { logitSketch, SCHEMA_VERSION, SKETCH_TEMPERATURES } from "./schema.ts";
import type { TokenRows } from "./vectors.ts";

/** Numbers of a row's tail: everything but the baseline's most likely tokens. */
export interface TailSketch {
  sum: Float64Array;
  weighted: Float64Array;
  min: Float32Array;
  max: Float32Array;
  /** The sums of exp(a (min - x)), an array for each a of {@link TAIL_EXPONENTS}. */
  inverse: Float64Array[];
}

/** Columns of a sketch in memory; what each holds is told in `schema.ts`. */
export interface LogitSketch extends TokenRows {
  /** Ids a row in `topIds`: k, or the vocabulary (`width`) where that is smaller. */
  count: number;
  maxLogit: Float32Array;
  logSum: Float64Array;
  entropy: Float64Array;
  meanLogit: Float64Array;
  logSumFloat64: Float64Array;
  squares: Float64Array;
  /** ln sum exp(x / T), an array for each T of `SKETCH_TEMPERATURES`. */
  logSumsExp: Float64Array[];
  tokenLogit: Float32Array;
  tokenRank: Int32Array;
  tail: TailSketch;
  topIds: Int32Array;
  topLogits: Float32Array;
  baselineTopLogits: Float32Array;
  /** SHA-256 of the baseline's sketch whose ids these are; null in a baseline's own. */
  baselineHash: string | null;
  /** SHA-256 of the file; null before there is one. */
  hash: string | null;
}

/** The a of the columns `tail_inverse_<a>`. */
export const TAIL_EXPONENTS = [0.25, 0.5, 1, 2] as const;

/** Rows of a batch: what it tells of itself is little beside them. */
const BATCH_ROWS = 1024;

const METADATA = {
  version: "actgauge.schema_version",
  log: "actgauge.log",
  vocabulary: "actgauge.vocabulary",
  baseline: "actgauge.baseline_sketch_sha256",
};

/** Writes a sketch while its rows come. */
export interface SketchWriter extends Disposable {
  /** Appends rows: `count` ids a row, and everything else as the writer was made for. */
  append(rows: LogitSketch): void;
  /** Writes the footer, without which no reader takes the file. */
  finish(): void;
}

/**
 * Begins a sketch at a path of the caller's, who gives it its name when it is whole. Dispose of the writer in
 * the end.
 */
export function writeSketch(
  path: string,
  { width, count, baselineHash }: Pick<LogitSketch, "width" | "count" | "baselineHash">,
): SketchWriter {
  const schema = arrowSchema(width, count, baselineHash);
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const writer = new RecordBatchFileWriter();
  writer.reset(new FileQueue(file), schema);
  const waiting: LogitSketch[] = [];
  const flush = () => {
    if (waiting.length > 0) writer.write(batchOf(schema, waiting.splice(0)));
  };
  return {
    append(rows) {
      if (rows.rows > 0) waiting.push(rows);
      if (waiting.reduce((sum, { rows }) => sum + rows, 0) >= BATCH_ROWS) flush();
    },
    finish() {
      flush();
      writer.close();
    },
    [Symbol.dispose]: () => file.close(),
  };
}

/** Takes the writer's bytes to the file at once, so that none stay in memory. */
class FileQueue extends AsyncByteQueue {
  constructor(private readonly file: Deno.FsFile) {
    super();
  }

  override write(value: Parameters<AsyncByteQueue["write"]>[0]): void {
    const { buffer, byteOffset, byteLength } = value as Uint8Array;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    for (let at = 0; at < bytes.length;) at += this.file.writeSync(bytes.subarray(at));
  }
}

function arrowSchema(width: number, count: number, baselineHash: string | null): Schema {
  const list = (item: Float32 | Int32) => new FixedSizeList(count, new Field("item", item, false));
  const types = {
    string: () => new Utf8(),
    int32: () => new Int32(),
    float32: () => new Float32(),
    float64: () => new Float64(),
    vector: () => list(new Float32()),
    ids: () => list(new Int32()),
  };
  const fields = logitSketch.columns.map(({ name, type }) =>
    new Field(name, types[type as keyof typeof types](), false)
  );
  const metadata = new Map([
    [METADATA.version, String(SCHEMA_VERSION)],
    [METADATA.log, logitSketch.name],
    [METADATA.vocabulary, String(width)],
    ...(baselineHash === null ? [] : [[METADATA.baseline, baselineHash] as const]),
  ]);
  return new Schema(fields, metadata);
}

/** The arrays of the columns in the order of the schema. */
function columnsOf(rows: LogitSketch) {
  const { tail } = rows;
  // deno-fmt-ignore
  return [
    rows.sampleId, rows.tokenIndex, rows.position, rows.tokenId, rows.maxLogit, rows.logSum, rows.entropy,
    rows.meanLogit, rows.logSumFloat64, rows.squares, ...rows.logSumsExp, rows.tokenLogit, rows.tokenRank, tail.sum, tail.weighted,
    tail.min, tail.max, ...tail.inverse, rows.topIds, rows.topLogits, rows.baselineTopLogits,
  ];
}

function batchOf(schema: Schema, parts: LogitSketch[]): RecordBatch {
  const length = parts.reduce((sum, { rows }) => sum + rows, 0);
  const byPart = parts.map(columnsOf);
  const columns = byPart[0]!.map((_, index) => joined(byPart.map((columns) => columns[index]!)));
  const children = schema.fields.map(({ type }, index) => {
    const values = columns[index]!;
    if (Array.isArray(values)) return vectorFromArray(values as string[], new Utf8()).data[0]!;
    if (!DataType.isFixedSizeList(type)) {
      return makeData({
        type: type as Float64,
        length,
        nullCount: 0,
        data: values as Float64Array,
      });
    }
    const item = type.children[0]!.type as Float32;
    const child = makeData({ type: item, length: values.length, data: values as Float32Array });
    return makeData({ type, length, nullCount: 0, child });
  });
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length, nullCount: 0, children }));
}

/** Arrays of the same kind as one. */
function joined<T extends ReturnType<typeof columnsOf>[number]>(parts: T[]): T {
  const [first] = parts;
  if (parts.length === 1) return first!;
  if (Array.isArray(first)) return (parts as string[][]).flat() as T;
  const arrays = parts as Float64Array[];
  const length = arrays.reduce((sum, { length }) => sum + length, 0);
  const all = new (first!.constructor as Float64ArrayConstructor)(length);
  let at = 0;
  for (const part of arrays) {
    all.set(part, at);
    at += part.length;
  }
  return all as unknown as T;
}

/**
 * Reads a sketch.
 *
 * @throws {LogError} When the file is missing or damaged, or its columns are not the schema's.
 */
export function readSketch(path: string): LogitSketch {
  const bytes = readFile(path);
  arrowLayout(path, bytes.length, ({ offset, length }) => bytes.subarray(offset, offset + length));
  const table = tableFromIPC(bytes);
  const metadata = table.schema.metadata;
  checkVersion(path, metadata.get(METADATA.version));
  const columns = logitSketch.columns.map((column) => columnOf(path, table, column));
  const numbers = <T>(name: string) =>
    columns[logitSketch.columns.findIndex((column) => column.name === name)] as T;
  const topIds = numbers<Int32Array>("top_ids");
  const rows = table.numRows;
  return {
    rows,
    width: Number(metadata.get(METADATA.vocabulary)),
    count: (table.schema.fields.at(-1)!.type as FixedSizeList).listSize,
    sampleId: numbers("sample_id"),
    tokenIndex: numbers("token_index"),
    position: numbers("position"),
    tokenId: numbers("token_id"),
    maxLogit: numbers("max_logit"),
    logSum: numbers("log_sum"),
    entropy: numbers("entropy"),
    meanLogit: numbers("mean_logit"),
    logSumFloat64: numbers("log_sum_float64"),
    squares: numbers("squares"),
    logSumsExp: SKETCH_TEMPERATURES.map((t) => numbers(`log_sum_exp_${t}`)),
    tokenLogit: numbers("token_logit"),
    tokenRank: numbers("token_rank"),
    tail: {
      sum: numbers("tail_sum"),
      weighted: numbers("tail_weighted"),
      min: numbers("tail_min"),
      max: numbers("tail_max"),
      inverse: TAIL_EXPONENTS.map((a) => numbers(`tail_inverse_${a}`)),
    },
    topIds,
    topLogits: numbers("top_logits"),
    baselineTopLogits: numbers("baseline_top_logits"),
    baselineHash: metadata.get(METADATA.baseline) ?? null,
    hash: createHash("sha256").update(bytes).digest("hex"),
  };
}

function readFile(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new LogError(path, "there is no such file", "Run the experiment again", { cause });
  }
}

function checkVersion(path: string, version: string | undefined): void {
  if (Number(version) === SCHEMA_VERSION) return;
  throw new LogError(
    path,
    `schema version ${version}, this Actgauge reads ${SCHEMA_VERSION}`,
    "Use the Actgauge that wrote it, or run the experiment again",
  );
}

/** A column of all batches in one array. */
function columnOf(path: string, table: Table, { name, type }: Column): unknown {
  const vector = table.getChild(name);
  if (vector === null) throw new LogError(path, `column "${name}" is missing`, DECLARED);
  if (!typeMatches(vector.type, type)) {
    throw new LogError(path, `column "${name}" is ${vector.type}, expected ${type}`, DECLARED);
  }
  if (vector.nullCount > 0) throw new LogError(path, `column "${name}" holds nulls`, MEND);
  if (type === "string") return vector.toArray();
  if (!DataType.isFixedSizeList(vector.type)) return vector.toArray();
  const { listSize } = vector.type;
  const of = type === "ids" ? Int32Array : Float32Array;
  const all = new of(table.numRows * listSize);
  let at = 0;
  for (const { children, length, offset } of vector.data) {
    const values = children[0]!.values.subarray(offset * listSize, (offset + length) * listSize);
    all.set(values, at);
    at += values.length;
  }
  return all;
}

const DECLARED = `The "${logitSketch.name}" log is declared in data/schema.ts`;

function typeMatches(type: DataType, expected: Column["type"]): boolean {
  if (expected === "string") return DataType.isUtf8(type);
  if (expected === "int32") return DataType.isInt(type) && type.bitWidth === 32;
  if (expected === "float32") return DataType.isFloat(type) && type.precision === 1;
  if (expected === "float64") return DataType.isFloat(type) && type.precision === 2;
  if (!DataType.isFixedSizeList(type)) return false;
  return typeMatches(type.children[0]!.type, expected === "ids" ? "int32" : "float32");
}
