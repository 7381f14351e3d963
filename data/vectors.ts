/**
 * Arrow IPC files of vectors: a row of logits, or a hidden state, for every token.
 *
 * @module
 */
import {
  type Data,
  DataType,
  type FixedSizeList,
  Precision,
  type Table,
  tableFromIPC,
} from "apache-arrow";
import { LogError } from "./log_error.ts";
import { type LogSchema, SCHEMA_VERSION } from "./schema.ts";

/** A log of vectors, row-major. */
export interface VectorLog {
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
  /** `rows * width` numbers; row `i` starts at `i * width`. */
  values: Float32Array;
}

const MEND =
  "It was cut short or overwritten: delete the cell's folder and run the experiment again";

function typeMatches(type: DataType, expected: string): boolean {
  if (expected === "string") return DataType.isUtf8(type);
  if (expected === "int32") return DataType.isInt(type) && type.bitWidth === 32 && type.isSigned;
  if (!DataType.isFixedSizeList(type)) return false;
  const item = type.children[0]?.type;
  return DataType.isFloat(item) && item.precision === Precision.SINGLE;
}

function checkColumns(path: string, schema: LogSchema, table: Table): void {
  for (const { name, type } of schema.columns) {
    const field = table.schema.fields.find((field) => field.name === name);
    if (field && typeMatches(field.type, type)) continue;
    throw new LogError(
      path,
      field ? `column "${name}" is ${field.type}, expected ${type}` : `column "${name}" is missing`,
      `The "${schema.name}" log is declared in data/schema.ts`,
    );
  }
  const version = table.schema.metadata.get("actgauge.schema_version");
  if (version !== undefined && Number(version) !== SCHEMA_VERSION) {
    throw new LogError(
      path,
      `schema version ${version}, this Actgauge reads ${SCHEMA_VERSION}`,
      "Use the Actgauge that wrote it, or run the experiment again",
    );
  }
}

/** The vectors of all batches in one array; no copy where the file has a single batch. */
function flatten(chunks: readonly Data[], width: number, rows: number): Float32Array {
  const parts = chunks.map((chunk) =>
    (chunk.children[0]!.values as Float32Array).subarray(0, chunk.length * width)
  );
  if (parts.length === 1) return parts[0]!;
  const values = new Float32Array(rows * width);
  let offset = 0;
  for (const part of parts) {
    values.set(part, offset);
    offset += part.length;
  }
  return values;
}

/**
 * Decodes and validates an Arrow IPC file of vectors.
 *
 * @throws {LogError} When the file is truncated, or its columns are not the schema's.
 */
export function decodeVectors(path: string, schema: LogSchema, bytes: Uint8Array): VectorLog {
  // The file format ends with the magic; without this check a file cut after its last batch reads as whole.
  const magic = new TextDecoder().decode(bytes.subarray(-6));
  if (magic !== "ARROW1") {
    throw new LogError(path, `not a whole Arrow IPC file, ${bytes.length} bytes`, MEND);
  }
  let table: Table;
  try {
    table = tableFromIPC(bytes);
  } catch (cause) {
    throw new LogError(path, `not a readable Arrow IPC file (${(cause as Error).message})`, MEND, {
      cause,
    });
  }
  checkColumns(path, schema, table);
  const [sampleId, tokenIndex, position, tokenId, vector] = schema.columns.map(({ name }) =>
    table.getChild(name)!
  );
  const width = (vector!.type as FixedSizeList).listSize;
  const chunks = vector!.data.filter((chunk) => chunk.length > 0);
  for (const name of schema.columns.map(({ name }) => name)) {
    if (table.getChild(name)!.nullCount > 0) {
      throw new LogError(path, `column "${name}" holds nulls`, MEND);
    }
  }
  return {
    rows: table.numRows,
    width,
    sampleId: Array.from(sampleId!) as string[],
    tokenIndex: tokenIndex!.toArray() as Int32Array,
    position: position!.toArray() as Int32Array,
    tokenId: tokenId!.toArray() as Int32Array,
    values: flatten(chunks, width, table.numRows),
  };
}
