/**
 * Where the columns of an Arrow IPC file lie, so that parts of them are read without the rest.
 *
 * @module
 */
import { DataType, type Field, Message, type Schema } from "apache-arrow";
import { Footer } from "apache-arrow/ipc/metadata/file";
import { LogError } from "./log_error.ts";

/** Bytes `[offset, offset + length)` of a file. */
export interface Extent {
  offset: number;
  length: number;
}

/** One column of a record batch, nested columns behind it. */
export interface ColumnExtents {
  nullCount: number;
  /** Buffers of the column in Arrow's order, the validity bitmap first. */
  buffers: Extent[];
  children: ColumnExtents[];
}

/** One record batch: its columns by name. */
export interface BatchLayout {
  rows: number;
  columns: Map<string, ColumnExtents>;
}

/** The schema of a file and the layout of its batches. */
export interface ArrowLayout {
  schema: Schema;
  batches: BatchLayout[];
}

/** What to do with a file that is not as it was written. */
export const MEND =
  "It was cut short or overwritten: delete the cell's folder and run the experiment again";

const MAGIC = "ARROW1";

/** Reads the bytes `[offset, offset + length)`; all of them, or it throws. */
export type ReadExtent = (extent: Extent) => Uint8Array;

/**
 * Reads the layout of a file: its footer and the metadata of its batches.
 *
 * @param path For messages.
 * @param size Bytes of the file.
 * @throws {LogError} When the file is truncated, compressed, or not an Arrow IPC file.
 */
export function arrowLayout(path: string, size: number, read: ReadExtent): ArrowLayout {
  const tail = size < 18 ? new Uint8Array() : read({ offset: size - 10, length: 10 });
  // The file format ends with the magic; without this check a file cut after its last batch reads as whole.
  if (new TextDecoder().decode(tail.subarray(4)) !== MAGIC) {
    throw new LogError(path, `not a whole Arrow IPC file, ${size} bytes`, MEND);
  }
  try {
    const length = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
    const footer = Footer.decode(read({ offset: size - 10 - length, length }));
    const batches = [...footer.recordBatches()].map(({ offset, metaDataLength, bodyLength }) => {
      const body = { offset: offset + metaDataLength, length: bodyLength };
      if (body.offset + body.length > size) throw new RangeError("a batch ends behind the file");
      const metadata = read({ offset, length: metaDataLength });
      return batchLayout(footer.schema, body, metadata);
    });
    return { schema: footer.schema, batches };
  } catch (cause) {
    throw new LogError(path, `not a readable Arrow IPC file (${(cause as Error).message})`, MEND, {
      cause,
    });
  }
}

function batchLayout(schema: Schema, body: Extent, metadata: Uint8Array): BatchLayout {
  // Before the message: -1 and its length, or in old files the length alone.
  const view = new DataView(metadata.buffer, metadata.byteOffset);
  const header = Message.decode(metadata.subarray(view.getInt32(0, true) === -1 ? 8 : 4)).header();
  if (!header || !("buffers" in header)) throw new TypeError("a batch has no columns");
  const { buffers, nodes, length } = header;
  if ("compression" in header && header.compression !== null) {
    throw new TypeError("its batches are compressed, write them uncompressed");
  }
  let nextNode = 0;
  let nextBuffer = 0;
  const extents = (field: Field): ColumnExtents => {
    const { nullCount } = nodes[nextNode++]!;
    const own = Array.from({ length: bufferCount(field.type) }, () => {
      const { offset, length } = buffers[nextBuffer++]!;
      if (offset < 0 || offset + length > body.length) {
        throw new RangeError("a column ends behind its batch");
      }
      return { offset: body.offset + offset, length };
    });
    return { nullCount, buffers: own, children: (field.type.children ?? []).map(extents) };
  };
  return {
    rows: length,
    columns: new Map(schema.fields.map((field) => [field.name, extents(field)])),
  };
}

/** Buffers of a type itself, without those of nested types. */
function bufferCount(type: DataType): number {
  if (DataType.isNull(type)) return 0;
  if (DataType.isFixedSizeList(type) || DataType.isStruct(type)) return 1;
  if (DataType.isUtf8(type) || DataType.isBinary(type)) return 3;
  if (DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) return 3;
  if (DataType.isUnion(type) || DataType.isDictionary(type)) {
    throw new TypeError(`it has a column of type ${type}`);
  }
  return 2;
}
