/**
 * What was measured on a cell, kept on the disk: cells are measured one after the other and written metric by metric, so
 * that no run has to fit into memory, and a cell that did not change is not measured again.
 *
 * A file is the length of its head, the head (JSON: the blocks, where their arrays lie, the histograms), and the arrays.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { BlockKey, Row } from "../data/logs.ts";
import { LogError } from "../data/logs.ts";
import { readExactly } from "../data/vector_rows.ts";
import type { MeasuredBlock } from "./result_blocks.ts";

/** Arrays begin at multiples of it. */
const ALIGNMENT = 8;

const KINDS = { f64: Float64Array, i32: Int32Array, u32: Uint32Array } as const;

type Kind = keyof typeof KINDS;

/** Where an array lies behind the head. */
interface Extent {
  kind: Kind;
  offset: number;
  length: number;
}

/** A block as the head has it: arrays by their numbers. */
interface HeadBlock extends BlockKey {
  samples: number;
  sample: number;
  position: number | null;
  value: number;
  reason: number | null;
  reasons: readonly string[];
  weight: number | null;
}

interface Head {
  /** Of the bytes behind the head. */
  sha256: string;
  size: number;
  arrays: Extent[];
  /** Lists of samples that blocks share. */
  samples: (readonly (string | null)[])[];
  blocks: HeadBlock[];
  histograms: Row[];
}

/** A block on the disk. */
export interface StoredBlock extends BlockKey {
  read(): MeasuredBlock;
}

/** What is known of a cell without reading its values. */
export interface StoredCell {
  blocks: StoredBlock[];
  histograms: Row[];
}

/** Writes what was measured on a cell. The file is whole or absent. */
export function writeCell(path: string, blocks: MeasuredBlock[], histograms: Row[]): void {
  const arrays: Extent[] = [];
  const parts: Uint8Array[] = [];
  const known = new Map<ArrayBufferView | readonly unknown[], number>();
  const samples: (readonly (string | null)[])[] = [];
  let size = 0;
  const numberOf = (array: Float64Array | Int32Array | Uint32Array | null | undefined) => {
    if (!array) return null;
    const before = known.get(array);
    if (before !== undefined) return before;
    const kind = array instanceof Float64Array
      ? "f64"
      : array instanceof Int32Array
      ? "i32"
      : "u32";
    arrays.push({ kind, offset: size, length: array.length });
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const padding = (ALIGNMENT - bytes.length % ALIGNMENT) % ALIGNMENT;
    parts.push(bytes, new Uint8Array(padding));
    size += bytes.length + padding;
    known.set(array, arrays.length - 1);
    return arrays.length - 1;
  };
  const listOf = (list: readonly (string | null)[]) => {
    const before = known.get(list);
    if (before !== undefined) return before;
    known.set(list, samples.push(list) - 1);
    return samples.length - 1;
  };
  const headBlocks = blocks.map(({ sample, position, value, reason, weight, ...block }) => ({
    ...block,
    samples: listOf(block.samples),
    sample: numberOf(sample)!,
    position: numberOf(position),
    value: numberOf(value)!,
    reason: numberOf(reason),
    weight: numberOf(weight),
  }));
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  const sha256 = hash.digest("hex");
  const head: Head = { sha256, size, arrays, samples, blocks: headBlocks, histograms };
  writeParts(path, headBytes(head), parts);
}

function headBytes(head: Head): Uint8Array {
  const plain = (_: string, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
  const text = new TextEncoder().encode(JSON.stringify(head, plain));
  const bytes = new Uint8Array(Math.ceil((text.length + 4) / ALIGNMENT) * ALIGNMENT).fill(32);
  new DataView(bytes.buffer).setUint32(0, bytes.length - 4, true);
  bytes.set(text, 4);
  return bytes;
}

function writeParts(path: string, head: Uint8Array, parts: Uint8Array[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${Deno.pid}.partial`;
  {
    using file = Deno.openSync(partial, { write: true, create: true, truncate: true });
    for (const part of [head, ...parts]) {
      for (let at = 0; at < part.length;) at += file.writeSync(part.subarray(at));
    }
  }
  Deno.renameSync(partial, path);
}

/** Opens what {@link writeCell} wrote; null where there is no such file, or not a whole one. */
export function openCell(path: string): StoredCell | null {
  const bytes = readWhole(path);
  if (bytes === null) return null;
  let head: Head;
  let begin: number;
  try {
    begin = 4 + new DataView(bytes.buffer).getUint32(0, true);
    head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, begin)));
  } catch {
    return null;
  }
  const body = bytes.subarray(begin);
  if (createHash("sha256").update(body).digest("hex") !== head.sha256) return null;
  return {
    histograms: head.histograms,
    blocks: head.blocks.map((block) => ({
      cellId: block.cellId,
      variant: block.variant,
      benchmark: block.benchmark,
      subtask: block.subtask,
      metric: block.metric,
      parameter: block.parameter,
      seed: block.seed,
      read: () => readBlock(path, begin, head, block),
    })),
  };
}

function readWhole(path: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function readBlock(path: string, begin: number, head: Head, block: HeadBlock): MeasuredBlock {
  using file = open(path);
  const read = <K extends Kind>(number: number): InstanceType<typeof KINDS[K]> => {
    const { kind, offset, length } = head.arrays[number]!;
    const array = new KINDS[kind](length);
    readExactly(path, file, begin + offset, new Uint8Array(array.buffer));
    return array as InstanceType<typeof KINDS[K]>;
  };
  const { samples, sample, position, value, reason, weight, ...rest } = block;
  return {
    ...rest,
    samples: head.samples[samples]!,
    sample: read<"i32">(sample),
    position: position === null ? null : read<"i32">(position),
    value: read<"f64">(value),
    reason: reason === null ? null : read<"u32">(reason),
    ...(weight === null ? {} : { weight: read<"f64">(weight) }),
  };
}

function open(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    const mend = "Another `deno task results` of this run removed it: run one at a time";
    throw new LogError(path, "it is gone", mend, { cause });
  }
}
