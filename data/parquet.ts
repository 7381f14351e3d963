/**
 * Rows to Parquet and back, by a log's schema.
 *
 * @module
 */
import { parquetMetadata, parquetReadObjects, type SchemaElement } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { parquetWriteBuffer } from "hyparquet-writer";
import { LogError } from "./log_error.ts";
import type { Column, ColumnType, LogSchema } from "./column.ts";
import { SCHEMA_VERSION } from "./schema.ts";

/** A row of a log: its columns by name. */
export type Row = Record<string, unknown>;

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

const isInt32 = (value: unknown) =>
  Number.isInteger(value) && (value as number) >= INT32_MIN && (value as number) <= INT32_MAX;
// Infinity is a number that a metric can have (KL where the variant gives no mass); NaN is a missing one.
const isFloat = (value: unknown) => typeof value === "number" && !Number.isNaN(value);
const isListOf = (value: unknown, isItem: (item: unknown) => boolean) =>
  (Array.isArray(value) || ArrayBuffer.isView(value)) &&
  Array.prototype.every.call(value, isItem);

const CHECKS: Record<
  Exclude<ColumnType, "vector" | "ids" | "float32">,
  (value: unknown) => boolean
> = {
  string: (value) => typeof value === "string",
  int32: isInt32,
  float64: isFloat,
  boolean: (value) => typeof value === "boolean",
  "int32[]": (value) => isListOf(value, isInt32),
  "float64[]": (value) => isListOf(value, isFloat),
};

function shown(value: unknown): string {
  const text = typeof value === "number" || value === undefined
    ? String(value)
    : JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Throws a {@link LogError} that names the row and the column of the first forbidden value. */
function validate(path: string, schema: LogSchema, rows: Row[]): void {
  const names = new Set(schema.columns.map((column) => column.name));
  rows.forEach((row, index) => {
    for (const column of schema.columns) {
      const value = row[column.name];
      if (value === null || value === undefined) {
        if (column.nullable) continue;
      } else if (CHECKS[column.type as Exclude<ColumnType, "vector" | "ids" | "float32">](value)) {
        continue;
      }
      throw new LogError(
        path,
        `row ${index}, column "${column.name}" holds ${shown(value)}, expected ${column.type}${
          column.nullable ? " or null" : ""
        }`,
        `The "${schema.name}" log is declared in data/schema.ts`,
      );
    }
    const foreign = Object.keys(row).find((name) => !names.has(name));
    if (foreign !== undefined) {
      throw new LogError(
        path,
        `row ${index} has a column "${foreign}" that the log does not`,
        `Expected ${[...names].join(", ")}`,
      );
    }
  });
}

const SCALARS: Record<string, Pick<SchemaElement, "type" | "converted_type">> = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  int32: { type: "INT32" },
  float64: { type: "DOUBLE" },
  boolean: { type: "BOOLEAN" },
};

function elements({ name, type, nullable }: Column): SchemaElement[] {
  const repetition_type = nullable ? "OPTIONAL" : "REQUIRED";
  if (!type.endsWith("[]")) return [{ name, ...SCALARS[type], repetition_type }];
  return [
    { name, converted_type: "LIST", repetition_type, num_children: 1 },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", ...SCALARS[type.slice(0, -2)], repetition_type: "REQUIRED" },
  ];
}

function schemaElements(schema: LogSchema): SchemaElement[] {
  return [
    { name: "root", num_children: schema.columns.length },
    ...schema.columns.flatMap(elements),
  ];
}

/**
 * Encodes rows; the same rows give the same bytes.
 *
 * @param path Where they will stand, for messages.
 */
export function encodeParquet(path: string, schema: LogSchema, rows: Row[]): Uint8Array {
  validate(path, schema, rows);
  const buffer = parquetWriteBuffer({
    columnData: schema.columns.map((column) => ({
      name: column.name,
      data: rows.map((row) => {
        const value = row[column.name] ?? undefined;
        return ArrayBuffer.isView(value) ? Array.from(value as unknown as number[]) : value;
      }),
    })),
    rowGroupSize: 100_000,
    ...fileFacts(schema),
  });
  return new Uint8Array(buffer);
}

/** What a file says of itself. */
export function fileFacts(schema: LogSchema) {
  return {
    schema: schemaElements(schema),
    kvMetadata: [
      { key: "actgauge.log", value: schema.name },
      { key: "actgauge.schema_version", value: String(SCHEMA_VERSION) },
    ],
    createdBy: "actgauge",
  };
}

/** Decodes and validates rows. Columns that the schema does not know are an error, as missing ones are. */
export async function decodeParquet(
  path: string,
  schema: LogSchema,
  bytes: Uint8Array,
): Promise<Row[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  let rows: Row[];
  let version: string | undefined;
  let present: string[];
  try {
    const metadata = parquetMetadata(file);
    version = metadata.key_value_metadata?.find(({ key }) => key === "actgauge.schema_version")
      ?.value;
    const depth = metadata.schema[0]?.num_children ?? 0;
    rows = await parquetReadObjects({ file, metadata, compressors });
    present = rows.length > 0
      ? Object.keys(rows[0]!)
      : depth === schema.columns.length
      ? schema.columns.map(({ name }) => name)
      : [];
  } catch (cause) {
    throw new LogError(
      path,
      `not a readable Parquet file (${(cause as Error).message}), ${bytes.length} bytes`,
      "It was cut short or overwritten: delete the cell's folder and run the experiment again",
      { cause },
    );
  }
  if (version !== undefined && Number(version) !== SCHEMA_VERSION) {
    throw new LogError(
      path,
      `schema version ${version}, this Actgauge reads ${SCHEMA_VERSION}`,
      "Use the Actgauge that wrote it, or run the experiment again",
    );
  }
  const missing = schema.columns.find(({ name }) => !present.includes(name));
  if (missing) {
    throw new LogError(
      path,
      `column "${missing.name}" is missing; found ${present.join(", ") || "no columns"}`,
      `The "${schema.name}" log is declared in data/schema.ts`,
    );
  }
  for (const row of rows) {
    for (const { name } of schema.columns) if (row[name] === undefined) row[name] = null;
  }
  validate(path, schema, rows);
  return rows;
}
