/**
 * What a column and a log are, and what a row of a log is.
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
export interface Column<
  Name extends string = string,
  Type extends ColumnType = ColumnType,
  Nullable extends boolean = boolean,
> {
  name: Name;
  type: Type;
  nullable: Nullable;
  /** What it holds, with its unit. */
  doc: string;
}

/** A log: rows go to Parquet, vectors (a row of logits a token) to an Arrow IPC file. */
export interface LogSchema {
  name: string;
  format: "parquet" | "arrow";
  columns: readonly Column[];
}

/** A column; not nullable unless told. */
export function column<const Name extends string, Type extends ColumnType>(
  name: Name,
  type: Type,
  doc: string,
): Column<Name, Type, false>;
export function column<const Name extends string, Type extends ColumnType>(
  name: Name,
  type: Type,
  doc: string,
  nullable: true,
): Column<Name, Type, true>;
export function column(name: string, type: ColumnType, doc: string, nullable = false): Column {
  return { name, type, nullable, doc };
}

/** What a column of a type holds. */
type Value<Type extends ColumnType> = Type extends "string" ? string
  : Type extends "boolean" ? boolean
  : Type extends "int32" | "float32" | "float64" ? number
  : ArrayLike<number>;

/** A row of a log, as its schema names and types the columns. */
export type RowOf<Schema extends Pick<LogSchema, "columns">> = {
  [C in Schema["columns"][number] as C["name"]]:
    | Value<C["type"]>
    | (C["nullable"] extends false ? never : null);
};
