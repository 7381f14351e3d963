/**
 * What a column and a log are.
 *
 * @module
 */

/** `vector` is a fixed-size list of float32, `ids` one of int32, one width for the whole file. */
export type ColumnType =
  | "string"
  | "int32"
  | "float32"
  | "float64"
  | "boolean"
  | "int32[]"
  | "float64[]"
  | "vector"
  | "ids";

/** One column of a log. */
export interface Column {
  name: string;
  type: ColumnType;
  nullable: boolean;
  /** What it holds, with its unit. */
  doc: string;
}

/** A log: rows go to Parquet, vectors (a row of logits a token) to an Arrow IPC file. */
export interface LogSchema {
  name: string;
  format: "parquet" | "arrow";
  columns: Column[];
}

/** A column; not nullable unless told. */
export function column(name: string, type: ColumnType, doc: string, nullable = false): Column {
  return { name, type, nullable, doc };
}
