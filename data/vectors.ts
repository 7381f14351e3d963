/**
 * Arrow IPC files of vectors: a row of logits, or a hidden state, for every token.
 *
 * A file can be larger than memory: opening it reads the tokens, and the vectors are then read by rows from
 * where they lie in the file.
 *
 * @module
 */
import { DataType, type FixedSizeList, Precision } from "apache-arrow";
import {
  type ArrowLayout,
  arrowLayout,
  type ColumnExtents,
  type Extent,
  MEND,
  type ReadExtent,
} from "./arrow_layout.ts";
import { LogError } from "./log_error.ts";
import type { LogSchema } from "./column.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import {
  type Float,
  openRows,
  readExactly,
  rowBytes,
  type RowSpan,
  type VectorRows,
} from "./vector_rows.ts";

/** The tokens of a log of vectors, one a row. */
export interface TokenRows {
  /** Number of tokens. */
  rows: number;
  /** Length of each vector: the vocabulary's size, or the hidden size. */
  width: number;
  sampleId: string[];
  /** Index in prompt + continuation of the token that the row predicts. */
  tokenIndex: Int32Array;
  /** The same, counted from the first token of the continuation. */
  position: Int32Array;
  /** The token that stands there. */
  tokenId: Int32Array;
}

/** A log of vectors in memory, row-major. */
export interface VectorLog extends TokenRows {
  /** `rows * width` numbers; row `i` starts at `i * width`. */
  values: Float32Array;
}

/** A log whose tokens are in memory and whose vectors are read when they are asked for. */
export interface VectorSource extends TokenRows {
  /** How the numbers are stored. */
  float: Float;
  /** Where the vectors lie; null for a log in memory. */
  file: VectorRows | null;
  /** Copies the bytes of the rows `[begin, end)`, as they are stored, to the beginning of `into`. */
  readInto(begin: number, end: number, into: Uint8Array): void;
  /** The rows `[begin, end)` as `(end - begin) * width` numbers; for a log in memory no copy. */
  read(begin: number, end: number): Float32Array;
  /** Writes the numbers `[from, to)` of the rows `[begin, end)`, row after row, to the beginning of `into`. */
  readColumns(begin: number, end: number, from: number, to: number, into: Float64Array): void;
}

/**
 * Opens an Arrow IPC file of vectors in float32 or float16. The file is validated, its tokens are read, its
 * vectors are not.
 *
 * @throws {LogError} When the file is missing or truncated, or its columns are not the schema's.
 */
export function openVectors(path: string, schema: LogSchema): VectorSource {
  using file = open(path);
  const read: ReadExtent = ({ offset, length }) => {
    const bytes = new Uint8Array(length);
    readExactly(path, file, offset, bytes);
    return bytes;
  };
  const layout = arrowLayout(path, file.statSync().size, read);
  const type = checkColumns(path, schema, layout);
  const numbers = { width: type.listSize, float: floatOf(type) };
  const spans = spansOf(path, schema, layout, rowBytes(numbers));
  const source: VectorRows = { path, ...numbers, spans };
  return {
    ...readTokens(path, schema, layout, read),
    ...numbers,
    file: source,
    readInto(begin, end, into) {
      using rows = openRows(source);
      rows.readInto(begin, end, into);
    },
    read(begin, end) {
      const bytes = new Uint8Array((end - begin) * rowBytes(source));
      using rows = openRows(source);
      rows.readInto(begin, end, bytes);
      if (source.float === "float32") return new Float32Array(bytes.buffer);
      return Float32Array.from(new Float16Array(bytes.buffer));
    },
    readColumns(begin, end, from, to, into) {
      const size = source.float === "float32" ? 4 : 2;
      const bytes = new Uint8Array((end - begin) * (to - from) * size);
      using rows = openRows(source);
      rows.readColumnsInto(begin, end, from, to, bytes);
      into.set(size === 4 ? new Float32Array(bytes.buffer) : new Float16Array(bytes.buffer));
    },
  };
}

/** Reads a whole log of vectors; float16 becomes float32. */
export function readVectorLog(path: string, schema: LogSchema): VectorLog {
  const { rows, width, sampleId, tokenIndex, position, tokenId, read } = openVectors(path, schema);
  return { rows, width, sampleId, tokenIndex, position, tokenId, values: read(0, rows) };
}

/** A log in memory as a source. */
export function sourceOf(log: VectorLog): VectorSource {
  const { values, width } = log;
  const read = (begin: number, end: number) => values.subarray(begin * width, end * width);
  return {
    ...log,
    float: "float32",
    file: null,
    read,
    readInto(begin, end, into) {
      const { buffer, byteOffset, byteLength } = read(begin, end);
      into.set(new Uint8Array(buffer, byteOffset, byteLength));
    },
    readColumns(begin, end, from, to, into) {
      for (let row = begin; row < end; row++) {
        into.set(
          values.subarray(row * width + from, row * width + to),
          (row - begin) * (to - from),
        );
      }
    },
  };
}

function open(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new LogError(path, "there is no such file", "Run the experiment again", { cause });
  }
}

function typeMatches(type: DataType, expected: string): boolean {
  if (expected === "string") return DataType.isUtf8(type);
  if (expected === "int32") return DataType.isInt(type) && type.bitWidth === 32 && type.isSigned;
  if (!DataType.isFixedSizeList(type)) return false;
  const item = type.children[0]?.type;
  return DataType.isFloat(item) && item.precision !== Precision.DOUBLE;
}

/** Holds the columns against the schema; returns the type of the vectors, which are the last column. */
function checkColumns(path: string, schema: LogSchema, layout: ArrowLayout): FixedSizeList {
  let vectors: FixedSizeList | null = null;
  for (const { name, type } of schema.columns) {
    const field = layout.schema.fields.find((field) => field.name === name);
    if (field && typeMatches(field.type, type)) {
      if (DataType.isFixedSizeList(field.type)) vectors = field.type;
      continue;
    }
    throw new LogError(
      path,
      field ? `column "${name}" is ${field.type}, expected ${type}` : `column "${name}" is missing`,
      `The "${schema.name}" log is declared in data/schema.ts`,
    );
  }
  const version = layout.schema.metadata.get("actgauge.schema_version");
  if (version !== undefined && Number(version) !== SCHEMA_VERSION) {
    throw new LogError(
      path,
      `schema version ${version}, this Actgauge reads ${SCHEMA_VERSION}`,
      "Use the Actgauge that wrote it, or run the experiment again",
    );
  }
  return vectors!;
}

/** How the vectors' numbers are stored. */
function floatOf(type: FixedSizeList): Float {
  const item = type.children[0]!.type;
  return DataType.isFloat(item) && item.precision === Precision.HALF ? "float16" : "float32";
}

/** Rows of one batch of one column. */
interface Chunk {
  rows: number;
  column: ColumnExtents;
}

/** A column, batch by batch. */
function chunksOf(path: string, name: string, layout: ArrowLayout): Chunk[] {
  return layout.batches.filter(({ rows }) => rows > 0).map(({ rows, columns }) => {
    const column = columns.get(name)!;
    if (column.nullCount > 0 || column.children.some(({ nullCount }) => nullCount > 0)) {
      throw new LogError(path, `column "${name}" holds nulls`, MEND);
    }
    return { rows, column };
  });
}

function readTokens(
  path: string,
  schema: LogSchema,
  layout: ArrowLayout,
  read: ReadExtent,
): Omit<TokenRows, "width"> {
  const chunks = (index: number) => chunksOf(path, schema.columns[index]!.name, layout);
  const rows = layout.batches.reduce((sum, { rows }) => sum + rows, 0);
  const integers = (index: number) => {
    const values = new Int32Array(rows);
    let at = 0;
    for (const { rows, column } of chunks(index)) {
      values.set(integersAt(read, column.buffers[1]!, rows), at);
      at += rows;
    }
    return values;
  };
  return {
    rows,
    sampleId: chunks(0).flatMap(({ rows, column }) => texts(read, column, rows)),
    tokenIndex: integers(1),
    position: integers(2),
    tokenId: integers(3),
  };
}

function integersAt(read: ReadExtent, { offset }: Extent, count: number): Int32Array {
  const bytes = read({ offset, length: count * 4 });
  return new Int32Array(bytes.buffer, bytes.byteOffset, count);
}

function texts(read: ReadExtent, { buffers }: ColumnExtents, rows: number): string[] {
  const offsets = integersAt(read, buffers[1]!, rows + 1);
  const bytes = read(buffers[2]!);
  const decoder = new TextDecoder();
  return Array.from(
    { length: rows },
    (_, row) => decoder.decode(bytes.subarray(offsets[row]!, offsets[row + 1]!)),
  );
}

function spansOf(path: string, schema: LogSchema, layout: ArrowLayout, bytes: number): RowSpan[] {
  const { name } = schema.columns.at(-1)!;
  let first = 0;
  return chunksOf(path, name, layout).map(({ rows, column }) => {
    const { offset, length } = column.children[0]!.buffers[1]!;
    if (length < rows * bytes) {
      throw new LogError(path, `column "${name}" has ${length} bytes for ${rows} rows`, MEND);
    }
    const span = { first, rows, offset };
    first += rows;
    return span;
  });
}
