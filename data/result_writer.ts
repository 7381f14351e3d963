/**
 * Writing `results.parquet` block by block: memory does not grow with the file.
 *
 * A row group holds values of one metric, so that a reader of one metric skips the others by their statistics. What the
 * values of a block share costs one run in the file, and so does a sample's id; positions are written as differences.
 *
 * @module
 */
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { LogError } from "./log_error.ts";
import { fileFacts } from "./parquet.ts";
import { type CodedTexts, writeDoubles, writeIntegers, writeTexts } from "./parquet_chunks.ts";
import type { ResultBlock } from "./result_block.ts";
import { results as resultsSchema } from "./result_schema.ts";

/** Most rows of a row group: a page of 1 MiB of numbers. */
const GROUP_ROWS = 2 ** 17;

/** A results log that is being written. It stands under its name when it is finished. */
export interface ResultWriter {
  /** Values so far. */
  readonly rows: number;
  /** Writes a block. Blocks of one metric must follow one another; a block of any length may come. */
  write(block: ResultBlock): void;
  /** Ends the file, flushes it to the disk and gives it its name. */
  finish(): void;
  /** Drops what was written, unless it is finished. */
  [Symbol.dispose](): void;
}

/** Begins a results log; the same blocks give the same bytes. */
export function createResults(path: string): ResultWriter {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${Deno.pid}.partial`;
  const file = Deno.openSync(partial, { write: true, create: true, truncate: true });
  const bytes = new ByteWriter();
  const parquet = new ParquetWriter({
    writer: bytes,
    statisticsTruncateLength: Infinity, // a bound that is cut off does not tell a metric's name
    ...fileFacts(resultsSchema),
  });
  const group = new Group();
  let metric: string | null = null;
  let [rows, open] = [0, true];

  function flush(): void {
    const part = bytes.getBytes();
    for (let at = 0; at < part.length;) at += file.writeSync(part.subarray(at));
    bytes.index = 0;
  }

  function endGroup(): void {
    if (group.rows === 0) return;
    const begin = bytes.offset;
    const columns = group.writeTo(bytes);
    parquet.row_groups.push({
      columns,
      total_byte_size: columns.reduce(
        (sum, { meta_data }) => sum + meta_data!.total_uncompressed_size,
        0n,
      ),
      num_rows: BigInt(group.rows),
      total_compressed_size: BigInt(bytes.offset - begin),
    });
    parquet.num_rows += BigInt(group.rows);
    group.clear();
    flush();
  }

  return {
    get rows() {
      return rows;
    },
    write(block) {
      checkValues(path, block);
      if (block.metric !== metric) endGroup();
      metric = block.metric;
      for (let begin = 0; begin < block.value.length;) {
        begin += group.add(block, begin);
        if (group.rows === GROUP_ROWS) endGroup();
      }
      rows += block.value.length;
    },
    finish() {
      endGroup();
      parquet.finish();
      flush();
      file.syncSync();
      file.close();
      open = false;
      Deno.renameSync(partial, path);
    },
    [Symbol.dispose]() {
      if (!open) return;
      open = false;
      file.close();
      Deno.removeSync(partial);
    },
  };
}

/** Throws where a value is missing without a reason, or there is one for a value that exists. */
function checkValues(path: string, block: ResultBlock): void {
  const { metric, cellId, parameter, value, reason } = block;
  for (let index = 0; index < value.length; index++) {
    const missing = reason !== null && reason[index] !== 0;
    if (Number.isNaN(value[index]) === missing) continue;
    throw new LogError(
      path,
      `value ${index} of "${metric}" (${parameter ?? "no parameter"}) on cell ${cellId} is ` +
        `${value[index]} ${missing ? "with" : "without"} a reason why it is missing`,
      "A metric gives a number, or the reason why there is none: see analysis/metrics/measured.ts",
    );
  }
}

/** What all values of a block share, by column. */
const SHARED: Record<string, (block: ResultBlock) => string | null> = {
  cell_id: ({ cellId }) => cellId,
  variant: ({ variant }) => variant,
  benchmark: ({ benchmark }) => benchmark,
  subtask: ({ subtask }) => subtask,
  metric: ({ metric }) => metric,
  parameter: ({ parameter }) => parameter,
};

/** The rows of a row group, column by column. */
class Group {
  rows = 0;
  readonly #texts = new Map<string, Texts>(
    resultsSchema.columns.filter(({ type }) => type === "string").map(({ name }) => [
      name,
      new Texts(),
    ]),
  );
  readonly #values = new Float64Array(GROUP_ROWS);
  readonly #integers = new Map<string, { values: Int32Array; present: Uint8Array }>(
    resultsSchema.columns.filter(({ type }) => type === "int32").map(({ name }) => [
      name,
      { values: new Int32Array(GROUP_ROWS), present: new Uint8Array(GROUP_ROWS) },
    ]),
  );

  /** Takes in a block from an index on; returns how many of its values there was room for. */
  add(block: ResultBlock, begin: number): number {
    const count = Math.min(block.value.length - begin, GROUP_ROWS - this.rows);
    const [at, end] = [this.rows, this.rows + count];
    this.#values.set(block.value.subarray(begin, begin + count), at);
    for (const [name, of] of Object.entries(SHARED)) {
      const texts = this.#texts.get(name)!;
      texts.codes.fill(texts.codeOf(of(block)), at, end);
    }
    const fill = (name: string, values: Int32Array | null, same: number | null) => {
      const integers = this.#integers.get(name)!;
      integers.present.fill(values === null && same === null ? 0 : 1, at, end);
      if (values) integers.values.set(values.subarray(begin, begin + count), at);
      else integers.values.fill(same ?? 0, at, end);
    };
    fill("position", block.position, null);
    fill("seed", null, block.seed);
    const { samples, reason, reasons } = block;
    const sampleId = this.#texts.get("sample_id")!;
    const why = this.#texts.get("reason")!;
    why.codes.fill(-1, at, end);
    let [last, code] = [-1, -1];
    for (let index = 0; index < count; index++) {
      const sample = block.sample[begin + index]!;
      if (sample !== last) [last, code] = [sample, sampleId.codeOf(samples[sample]!)];
      sampleId.codes[at + index] = code;
      const found = reason === null ? 0 : reason[begin + index]!;
      if (found !== 0) why.codes[at + index] = why.codeOf(reasons[found - 1]!);
    }
    this.rows = end;
    return count;
  }

  /** Writes the columns in the order of the schema. */
  writeTo(out: ByteWriter) {
    return resultsSchema.columns.map((column) => {
      const { name, type } = column;
      if (type === "float64") return writeDoubles(out, column, this.#values.subarray(0, this.rows));
      if (type === "string") {
        return writeTexts(out, column, this.#texts.get(name)!.first(this.rows), name in SHARED);
      }
      const { values, present } = this.#integers.get(name)!;
      return writeIntegers(out, column, values.subarray(0, this.rows), present);
    });
  }

  clear(): void {
    this.rows = 0;
    for (const texts of this.#texts.values()) texts.clear();
  }
}

/** A column of texts by their numbers. */
class Texts {
  readonly codes = new Int32Array(GROUP_ROWS);
  readonly #known = new Map<string, number>();

  codeOf(name: string | null): number {
    if (name === null) return -1;
    let code = this.#known.get(name);
    if (code === undefined) this.#known.set(name, code = this.#known.size);
    return code;
  }

  first(rows: number): CodedTexts {
    return { codes: this.codes.subarray(0, rows), names: [...this.#known.keys()] };
  }

  clear(): void {
    this.#known.clear();
  }
}
