/**
 * The only reader and writer of logs. Everything is validated on both ways, and a file is whole or absent.
 *
 * On disk, below the folder of runs (`data/runs` by default):
 *
 *     cells/<id>/            one cell: its logs, its checkpoint, and record.json, written last
 *     <experiment>/plan.json the variants and cells of an experiment
 *     <experiment>/*.parquet its results and their summary
 *
 * @module
 */
import { join } from "node:path";
import { writeAtomically, writeJsonAtomically } from "./atomic_write.ts";
import { LogError } from "./log_error.ts";
import { decodeParquet, encodeParquet, type Row } from "./parquet.ts";
import {
  type BlockKey,
  reasonAt,
  type ResultBlock,
  valueAt,
  type ValueColumns,
} from "./result_block.ts";
import { openResults, type ResultFile } from "./result_file.ts";
import {
  type LogitSketch,
  readSketch,
  type SketchWriter,
  TAIL_EXPONENTS,
  type TailSketch,
  writeSketch,
} from "./sketch_log.ts";
import { createResults, type ResultWriter } from "./result_writer.ts";
import type { LogSchema, RowOf } from "./column.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import type { Cell, RunRecord, Variant } from "./types.ts";
import {
  openVectors,
  readVectorLog,
  sourceOf,
  type TokenRows,
  type VectorLog,
  type VectorSource,
} from "./vectors.ts";
import { verifyLog } from "./verify_log.ts";

export {
  type BlockKey,
  createResults,
  LogError,
  type LogitSketch,
  openResults,
  openVectors,
  readSketch,
  reasonAt,
  type ResultBlock,
  type ResultFile,
  type ResultWriter,
  type Row,
  type SketchWriter,
  sourceOf,
  TAIL_EXPONENTS,
  type TailSketch,
  type TokenRows,
  valueAt,
  type ValueColumns,
  type VectorLog,
  type VectorSource,
  verifyLog,
  writeSketch,
};

/** What an experiment consists of. */
export interface Plan {
  /** Name of the experiment. */
  experiment: string;
  /** What the experiment is for, in its author's words; empty where these are missing. */
  description: string;
  /** Id of each model's baseline variant, by the model's name. */
  baseline: Record<string, string>;
  /** The score that stands for each benchmark in tables, by the benchmark's name; older plans lack it. */
  mainMetrics?: Record<string, string>;
  variants: Variant[];
  cells: Cell[];
}

/** Folder of runs where no other is named. */
export const RUNS_FOLDER = new URL("./runs", import.meta.url).pathname;

/** Folder of a cell. Throws when the id is not one, so that no id can leave the folder. */
export function cellFolder(runs: string, id: string): string {
  if (!/^[0-9a-f]{16}$/.test(id)) throw new TypeError(`Not a cell id: ${JSON.stringify(id)}`);
  return join(runs, "cells", id);
}

/** Reads a Parquet log, which must be the one that its cell's record lists. */
export async function readRows<Schema extends LogSchema>(
  path: string,
  schema: Schema,
): Promise<RowOf<Schema>[]> {
  const bytes = await readBytes(path);
  verifyLog(path, bytes);
  // Validated, column by column.
  return await decodeParquet(path, schema, bytes) as RowOf<Schema>[];
}

/** Writes a Parquet log: the same rows give the same bytes. */
export async function writeRows(path: string, schema: LogSchema, rows: Row[]): Promise<void> {
  await writeAtomically(path, encodeParquet(path, schema, rows));
}

/** Reads a whole Arrow IPC log of vectors; {@link openVectors} opens one that may be larger than memory. */
export function readVectors(path: string, schema: LogSchema): Promise<VectorLog> {
  return new Promise((resolve) => resolve(readVectorLog(path, schema)));
}

/** Reads a cell's record; null when the cell has not ended. */
export async function readRecord(folder: string): Promise<RunRecord | null> {
  const path = join(folder, "record.json");
  const record = await readJson<RunRecord>(path);
  if (record === null) return null;
  if (record.schemaVersion !== SCHEMA_VERSION) {
    throw new LogError(
      path,
      `schema version ${record.schemaVersion}, this Actgauge reads ${SCHEMA_VERSION}`,
      "Use the Actgauge that wrote it, or run the experiment again",
    );
  }
  return record;
}

/** Writes a cell's record: the last file of a cell. */
export async function writeRecord(folder: string, record: RunRecord): Promise<void> {
  await writeJsonAtomically(join(folder, "record.json"), record);
}

/** Reads the plan of an experiment; null when it was never run. */
export async function readPlan(folder: string): Promise<Plan | null> {
  return await readJson<Plan>(join(folder, "plan.json"));
}

/** Writes the plan of an experiment. */
export async function writePlan(folder: string, plan: Plan): Promise<void> {
  await writeJsonAtomically(join(folder, "plan.json"), plan);
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new LogError(path, "there is no such file", "Run the experiment again", { cause });
  }
}

async function readJson<T>(path: string): Promise<T | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new LogError(
      path,
      `not JSON (${(cause as Error).message})`,
      "Delete it and run the experiment again",
      { cause },
    );
  }
}
