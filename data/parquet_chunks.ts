/**
 * Columns of a row group to Parquet, from typed arrays: one page each, compressed by Snappy.
 *
 * @module
 */
import type { ColumnChunk, Encoding, ParquetType, Statistics } from "hyparquet";
import { ByteWriter } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { deltaBinaryPack } from "hyparquet-writer/src/delta.js";
import { writeRleBitPackedHybrid } from "hyparquet-writer/src/encoding.js";
import { writePlain } from "hyparquet-writer/src/plain.js";
import { snappyCompress } from "hyparquet-writer/src/snappy.js";

/** Texts by number: `codes` index `names`, -1 is null. */
export interface CodedTexts {
  codes: Int32Array;
  names: readonly string[];
}

/** What a column is in the file. */
export interface ChunkColumn {
  name: string;
  nullable: boolean;
}

/** Distinct numbers up to which a dictionary holds them. */
const FEW = 256;

const encoder = new TextEncoder();

/**
 * Writes a column of texts by their dictionary.
 *
 * @param bounds Whether the least and the greatest text are told, by which readers skip row groups.
 */
export function writeTexts(
  out: ByteWriter,
  column: ChunkColumn,
  { codes, names }: CodedTexts,
  bounds: boolean,
): ColumnChunk {
  const nulls = codes.reduce((count, code) => code < 0 ? count + 1 : count, 0);
  const present = nulls === 0 ? codes : codes.filter((code) => code >= 0);
  const bytes = names.map((name) => encoder.encode(name));
  const sorted = bounds ? bytes.toSorted(compareBytes) : [];
  return writeChunk(out, column, "BYTE_ARRAY", {
    levels: column.nullable ? levelsOf(codes.length, (row) => codes[row]! >= 0) : null,
    rows: codes.length,
    nulls,
    dictionary: (page) => writePlain(page, bytes, "BYTE_ARRAY", undefined),
    dictionarySize: names.length,
    encoding: "RLE_DICTIONARY",
    values: (page) => writeCodes(page, present, names.length),
    statistics: { min_value: sorted[0], max_value: sorted.at(-1) },
  });
}

/**
 * Writes a column of whole numbers by their differences.
 *
 * @param present 1 where there is a number; null where all are there.
 */
export function writeIntegers(
  out: ByteWriter,
  column: ChunkColumn,
  values: Int32Array,
  present: Uint8Array,
): ColumnChunk {
  const some = values.filter((_, row) => present[row] === 1);
  return writeChunk(out, column, "INT32", {
    levels: column.nullable ? levelsOf(values.length, (row) => present[row] === 1) : null,
    rows: values.length,
    nulls: values.length - some.length,
    encoding: "DELTA_BINARY_PACKED",
    values: (page) => deltaBinaryPack(page, some, "INT32"),
  });
}

/** Writes a column of numbers, NaN as null: a few different ones by a dictionary, others with their bytes regrouped. */
export function writeDoubles(
  out: ByteWriter,
  column: ChunkColumn,
  values: Float64Array,
): ColumnChunk {
  const some = values.filter((value) => value === value);
  const shared = {
    levels: column.nullable ? levelsOf(values.length, (row) => values[row] === values[row]) : null,
    rows: values.length,
    nulls: values.length - some.length,
  };
  const coded = codesOf(some);
  if (coded === null) {
    return writeChunk(out, column, "DOUBLE", {
      ...shared,
      encoding: "BYTE_STREAM_SPLIT",
      values: (page) => page.appendBytes(splitBytes(some)),
    });
  }
  return writeChunk(out, column, "DOUBLE", {
    ...shared,
    dictionary: (page) => writePlain(page, Float64Array.from(coded.names), "DOUBLE", undefined),
    dictionarySize: coded.names.length,
    encoding: "RLE_DICTIONARY",
    values: (page) => writeCodes(page, coded.codes, coded.names.length),
  });
}

interface ChunkContent {
  /** Definition levels; null for a column without nulls. */
  levels: Uint8Array | null;
  rows: number;
  nulls: number;
  dictionary?: (page: ByteWriter) => void;
  dictionarySize?: number;
  encoding: Encoding;
  values: (page: ByteWriter) => void;
  statistics?: { min_value: Uint8Array | undefined; max_value: Uint8Array | undefined };
}

function writeChunk(
  out: ByteWriter,
  column: ChunkColumn,
  type: ParquetType,
  content: ChunkContent,
): ColumnChunk {
  const { rows, nulls, encoding, dictionary } = content;
  const begin = out.offset;
  let uncompressed = 0;
  if (dictionary) {
    const page = pageOf(dictionary);
    const compressed = snappyCompress(page);
    const header = out.offset;
    writePageHeader(out, {
      type: "DICTIONARY_PAGE",
      uncompressed_page_size: page.length,
      compressed_page_size: compressed.length,
      dictionary_page_header: { num_values: content.dictionarySize!, encoding: "PLAIN" },
    });
    uncompressed += out.offset - header + page.length;
    out.appendBytes(compressed);
  }
  const data = out.offset;
  const page = pageOf(content.values);
  const compressed = snappyCompress(page);
  const levels = content.levels ?? new Uint8Array(0);
  writePageHeader(out, {
    type: "DATA_PAGE_V2",
    uncompressed_page_size: levels.length + page.length,
    compressed_page_size: levels.length + compressed.length,
    data_page_header_v2: {
      num_values: rows,
      num_nulls: nulls,
      num_rows: rows,
      encoding,
      definition_levels_byte_length: levels.length,
      repetition_levels_byte_length: 0,
      is_compressed: true,
    },
  });
  uncompressed += out.offset - data + levels.length + page.length;
  out.appendBytes(levels);
  out.appendBytes(compressed);
  const statistics: Statistics = { null_count: BigInt(nulls) };
  const { min_value, max_value } = content.statistics ?? {};
  if (min_value && max_value) Object.assign(statistics, { min_value, max_value });
  return {
    file_offset: BigInt(begin),
    meta_data: {
      type,
      encodings: dictionary ? ["PLAIN", encoding] : [encoding],
      path_in_schema: [column.name],
      codec: "SNAPPY",
      num_values: BigInt(rows),
      total_uncompressed_size: BigInt(uncompressed),
      total_compressed_size: BigInt(out.offset - begin),
      data_page_offset: BigInt(data),
      ...(dictionary ? { dictionary_page_offset: BigInt(begin) } : {}),
      statistics,
    },
  };
}

function pageOf(write: (page: ByteWriter) => void): Uint8Array {
  const page = new ByteWriter();
  write(page);
  return page.getBytes();
}

/** Definition levels: runs of 1 where there is a value and of 0 where there is none. */
function levelsOf(rows: number, isPresent: (row: number) => boolean): Uint8Array {
  const levels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) levels[row] = isPresent(row) ? 1 : 0;
  return pageOf((page) => writeRleBitPackedHybrid(page, levels, 1));
}

function writeCodes(page: ByteWriter, codes: Int32Array, count: number): void {
  const width = Math.max(1, 32 - Math.clz32(Math.max(0, count - 1)));
  page.appendUint8(width);
  writeRleBitPackedHybrid(page, codes, width);
}

/** The numbers by a dictionary; null where there are too many different ones, or a negative 0, which a Map takes for 0. */
function codesOf(values: Float64Array): { codes: Int32Array; names: number[] } | null {
  const known = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    let code = known.get(value);
    if (code === undefined) {
      if (known.size === FEW) return null;
      known.set(value, code = known.size);
    }
    if (Object.is(value, -0)) return null;
    codes[index] = code;
  }
  return { codes, names: [...known.keys()] };
}

/** All first bytes, then all second bytes, and so on. */
function splitBytes(values: Float64Array): Uint8Array {
  const count = values.length;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const split = new Uint8Array(bytes.length);
  for (let byte = 0; byte < 8; byte++) {
    for (let index = 0; index < count; index++) {
      split[byte * count + index] = bytes[index * 8 + byte]!;
    }
  }
  return split;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (a[index] !== b[index]) return a[index]! - b[index]!;
  }
  return a.length - b.length;
}
