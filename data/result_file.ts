/**
 * Reading `results.parquet` by metric and in columns: what is not asked for stays on the disk.
 *
 * @module
 */
import { type FileMetaData, parquetMetadata, type RowGroup } from "hyparquet";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { readColumn } from "hyparquet/src/column.js";
import { getSchemaPath } from "hyparquet/src/schema.js";
import { compressors } from "hyparquet-compressors";
import { type FileBytes, openBytes } from "./file_bytes.ts";
import { LogError } from "./log_error.ts";
import type { BlockKey, ResultBlock } from "./result_block.ts";
import { results as resultsSchema } from "./result_schema.ts";
import { SCHEMA_VERSION } from "./schema.ts";

/** Bytes behind the footer: its length and the magic word. */
const TAIL = 8;

const MEND = "Build the results again: deno task results";

/** A results log whose values are read when they are asked for. */
export interface ResultFile {
  /** Number of values. */
  rows: number;
  /** The values of a metric or score, in the order of the file. A block may go on in the next one. */
  blocks(metric: string): ResultBlock[];
}

type Values = ArrayLike<unknown>;

/**
 * Opens a results log: reads where its columns lie. Reading is synchronous, since figures and tables are plain functions
 * of results.
 *
 * @throws {LogError} When the file is missing, cut short, or not a results log.
 */
export function openResults(path: string): ResultFile {
  const bytes = openBytes(path, MEND);
  const metadata = readFooter(path, bytes);
  checkColumns(path, metadata);
  return {
    rows: Number(metadata.num_rows),
    blocks: (metric) =>
      metadata.row_groups.flatMap((group) =>
        mayHold(group, metric)
          ? blocksOfGroup((name) => decode(path, bytes, metadata, group, name), metric)
          : []
      ),
  };
}

function readFooter(path: string, { size, read }: FileBytes): FileMetaData {
  try {
    if (size < TAIL + 4) throw new Error("it has no footer");
    const length = new DataView(read(size - TAIL, TAIL).buffer).getUint32(0, true) + TAIL;
    return parquetMetadata(read(size - Math.min(size, length), Math.min(size, length)).buffer);
  } catch (cause) {
    throw new LogError(
      path,
      `not a readable Parquet file (${(cause as Error).message}), ${size} bytes`,
      `It was cut short or overwritten. ${MEND}`,
      { cause },
    );
  }
}

function checkColumns(path: string, { schema, key_value_metadata }: FileMetaData): void {
  const version = key_value_metadata?.find(({ key }) => key === "actgauge.schema_version")?.value;
  if (version !== undefined && Number(version) !== SCHEMA_VERSION) {
    throw new LogError(
      path,
      `schema version ${version}, this Actgauge reads ${SCHEMA_VERSION}`,
      "Use the Actgauge that wrote it, or build the results again",
    );
  }
  const present = schema.slice(1).map(({ name }) => name);
  const missing = resultsSchema.columns.find(({ name }) => !present.includes(name));
  if (!missing) return;
  throw new LogError(
    path,
    `column "${missing.name}" is missing; found ${present.join(", ") || "no columns"}`,
    `The "${resultsSchema.name}" log is declared in data/schema.ts`,
  );
}

/** False where the group's statistics say that all of its values are of another metric. */
function mayHold(group: RowGroup, metric: string): boolean {
  const { min_value, max_value } = chunkOf(group, "metric").statistics ?? {};
  return typeof min_value !== "string" || min_value !== max_value || min_value === metric;
}

function chunkOf({ columns }: RowGroup, name: string) {
  return columns.find(({ meta_data }) => meta_data!.path_in_schema[0] === name)!.meta_data!;
}

/** The blocks of a metric in one row group, whose columns `column` gives. */
function blocksOfGroup(column: (name: string) => Values, metric: string): ResultBlock[] {
  const metrics = column("metric");
  const rows = metrics.length;
  if (!some(metrics, metric)) return [];
  const [cellId, variant, benchmark, subtask, parameter, seed] = [
    "cell_id",
    "variant",
    "benchmark",
    "subtask",
    "parameter",
    "seed",
  ].map(column) as [Values, Values, Values, Values, Values, Values];
  const [sample, position, value, reason] = ["sample_id", "position", "value", "reason"]
    .map(column) as [Values, Values, Values, Values];
  const shared = [metrics, cellId, variant, benchmark, subtask, parameter, seed];
  const goesOn = (row: number) =>
    shared.every((values) => values[row] === values[row - 1]) &&
    (position[row] == null) === (position[row - 1] == null);
  const blocks: ResultBlock[] = [];
  let begin = 0;
  for (let row = 1; row <= rows; row++) {
    if (row < rows && goesOn(row)) continue;
    if (metrics[begin] === metric) {
      const key: BlockKey = {
        cellId: cellId[begin] as string,
        variant: variant[begin] as string,
        benchmark: benchmark[begin] as string,
        subtask: subtask[begin] as string,
        metric,
        parameter: (parameter[begin] ?? null) as string | null,
        seed: (seed[begin] ?? null) as number | null,
      };
      blocks.push({ ...key, ...columnsOf(sample, position, value, reason, begin, row) });
    }
    begin = row;
  }
  return blocks;
}

function some(values: Values, wanted: unknown): boolean {
  for (let row = 0; row < values.length; row++) if (values[row] === wanted) return true;
  return false;
}

function columnsOf(
  sampleIds: Values,
  positions: Values,
  values: Values,
  reasonTexts: Values,
  begin: number,
  end: number,
): Omit<ResultBlock, keyof BlockKey> {
  const rows = end - begin;
  const [sample, value] = [new Int32Array(rows), new Float64Array(rows)];
  const position = positions[begin] == null ? null : new Int32Array(rows);
  let reason: Uint32Array | null = null;
  const samples = indexer<string | null>();
  const reasons = indexer<string>();
  for (let row = 0; row < rows; row++) {
    const at = begin + row;
    sample[row] = samples.indexOf((sampleIds[at] ?? null) as string | null);
    if (position) position[row] = positions[at] as number;
    const found = values[at];
    value[row] = found == null ? NaN : found as number;
    if (found != null) continue;
    reason ??= new Uint32Array(rows);
    reason[row] = 1 + reasons.indexOf((reasonTexts[at] ?? "no reason was given") as string);
  }
  return { samples: samples.names, sample, position, value, reason, reasons: reasons.names };
}

/** Numbers things in the order in which they first come. */
function indexer<T>(): { names: T[]; indexOf(name: T): number } {
  const names: T[] = [];
  const known = new Map<T, number>();
  let [last, lastIndex] = [undefined as T | undefined, -1];
  return {
    names,
    indexOf(name) {
      if (lastIndex >= 0 && name === last) return lastIndex;
      let index = known.get(name);
      if (index === undefined) known.set(name, index = names.push(name) - 1);
      [last, lastIndex] = [name, index];
      return index;
    },
  };
}

/** A column of a row group, value by value; null or undefined where it is null. */
function decode(
  path: string,
  file: FileBytes,
  metadata: FileMetaData,
  group: RowGroup,
  name: string,
): Values {
  const chunk = chunkOf(group, name);
  const rows = Number(group.num_rows);
  const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
  const bytes = file.read(start, Number(chunk.total_compressed_size));
  const schemaPath = getSchemaPath(metadata.schema, [name]);
  try {
    const { data } = readColumn(
      { view: new DataView(bytes.buffer), offset: 0 },
      { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows },
      {
        pathInSchema: [name],
        type: chunk.type,
        element: schemaPath.at(-1)!.element,
        schemaPath,
        codec: chunk.codec,
        parsers: DEFAULT_PARSERS,
        compressors,
      },
    );
    const values = data.length === 1 ? data[0]! : data.flatMap((page) => Array.from<unknown>(page));
    if (values.length !== rows) throw new Error(`${values.length} of ${rows} values`);
    return values;
  } catch (cause) {
    throw new LogError(
      path,
      `column "${name}" cannot be read (${(cause as Error).message})`,
      `The file was damaged. ${MEND}`,
      { cause },
    );
  }
}
