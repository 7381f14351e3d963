/**
 * Zip archives, entry by entry and never onto the disk. Inspect AI compresses with deflate, and since 2026 with
 * Zstandard (method 93), which few libraries read.
 *
 * Layout: APPNOTE.TXT of PKWARE, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.14 to 16 (its end).
 *
 * @module
 */
import { constants, crc32, inflateRawSync, zstdDecompressSync } from "node:zlib";
import { UserError } from "../errors.ts";

/** Largest entry and largest sum of entries, decompressed. */
export interface ZipLimits {
  entryBytes: number;
  totalBytes: number;
}

/** More than any text of one sample needs, and what one string of the engine can hold. */
const LIMITS: ZipLimits = { entryBytes: 500_000_000, totalBytes: 20_000_000_000 };

/** One file inside an archive. */
export interface ZipEntry {
  name: string;
  /** Bytes when decompressed, as the directory says; reading checks it. */
  size: number;
  compressedSize: number;
  method: number;
  crc: number;
  /** Where its local header begins. */
  offset: number;
}

/** An open archive. */
export interface ZipArchive extends Disposable {
  /** By name; of entries with one name the last counts, as for Inspect. */
  entries: Map<string, ZipEntry>;
  /** @throws {UserError} Where the entry is damaged, encrypted or larger than it says. */
  read(entry: ZipEntry): Uint8Array;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const UNKNOWN32 = 0xffffffff;

/**
 * Opens an archive and reads its directory.
 *
 * @throws {UserError} For files that are no zip archive or were cut short, for entries whose name leads outside,
 * and for archives that would decompress to more than the limits.
 */
export function openZip(path: string, limits: ZipLimits = LIMITS): ZipArchive {
  const file = Deno.openSync(path);
  try {
    const entries = new Map<string, ZipEntry>();
    let total = 0;
    for (const entry of readDirectory(path, file)) {
      checkEntry(path, entry, limits);
      total += entry.size;
      if (total > limits.totalBytes) {
        throw new UserError(
          `${path}: its entries decompress to more than ${limits.totalBytes} bytes; refused`,
        );
      }
      entries.set(entry.name, entry);
    }
    return {
      entries,
      read: (entry) => readEntry(path, file, entry),
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function checkEntry(path: string, { name, size }: ZipEntry, limits: ZipLimits): void {
  const parts = name.split(/[/\\]/);
  if (name.includes("\0") || /^([/\\]|[A-Za-z]:)/.test(name) || parts.includes("..")) {
    throw new UserError(
      `${path}: the entry ${JSON.stringify(name)} leads outside of the archive; refused`,
    );
  }
  if (size > limits.entryBytes) {
    throw new UserError(
      `${path}, entry ${JSON.stringify(name)}: ${size} bytes when decompressed, ` +
        `at most ${limits.entryBytes} are read`,
    );
  }
}

function readAt(path: string, file: Deno.FsFile, offset: number, length: number): DataView {
  const bytes = new Uint8Array(length);
  file.seekSync(offset, Deno.SeekMode.Start);
  for (let filled = 0; filled < length;) {
    const read = file.readSync(bytes.subarray(filled));
    if (read === null) {
      throw new UserError(
        `${path}: the archive ends at byte ${offset + filled}, expected ${
          offset + length
        }; it was cut short`,
      );
    }
    filled += read;
  }
  return new DataView(bytes.buffer);
}

function readDirectory(path: string, file: Deno.FsFile): ZipEntry[] {
  const { size } = file.statSync();
  const { count, offset, length } = findDirectory(path, file, size);
  if (offset + length > size) {
    throw new UserError(`${path}: the archive's directory lies beyond its end; it was cut short`);
  }
  const view = readAt(path, file, offset, length);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > length || view.getUint32(at, true) !== DIRECTORY) {
      throw new UserError(
        `${path}: the archive's directory is damaged at entry ${entries.length + 1} of ${count}`,
      );
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const end = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (end > length) throw new UserError(`${path}: the archive's directory is cut short`);
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, nameLength));
    if ((view.getUint16(at + 8, true) & 1) === 1) {
      throw new UserError(`${path}, entry ${JSON.stringify(name)}: it is encrypted`);
    }
    const extra = new DataView(view.buffer, at + 46 + nameLength, extraLength);
    const [full, compressed, start] = wide(
      extra,
      [24, 20, 42].map((field) => view.getUint32(at + field, true)),
    );
    entries.push({
      name,
      size: full!,
      compressedSize: compressed!,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      offset: start!,
    });
    at = end;
  }
  return entries;
}

/** Sizes and offset, those that do not fit 32 bits from the zip64 field. */
function wide(extra: DataView, values: number[]): number[] {
  for (let at = 0; at + 4 <= extra.byteLength;) {
    const length = extra.getUint16(at + 2, true);
    if (extra.getUint16(at, true) === 1) {
      let field = at + 4;
      return values.map((value) => {
        if (value !== UNKNOWN32 || field + 8 > extra.byteLength) return value;
        field += 8;
        return Number(extra.getBigUint64(field - 8, true));
      });
    }
    at += 4 + length;
  }
  return values;
}

function findDirectory(path: string, file: Deno.FsFile, size: number) {
  const length = Math.min(size, 22 + 0xffff);
  const view = readAt(path, file, size - length, length);
  let at = length - 22;
  while (at >= 0 && view.getUint32(at, true) !== END) at--;
  if (at < 0) {
    throw new UserError(
      `${path}: not a whole zip archive (no directory at its end), ${size} bytes`,
    );
  }
  const narrow = {
    count: view.getUint16(at + 10, true),
    length: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  };
  if (narrow.count !== 0xffff && narrow.length !== UNKNOWN32 && narrow.offset !== UNKNOWN32) {
    return narrow;
  }
  const locator = at - 20;
  if (locator < 0 || view.getUint32(locator, true) !== END64_LOCATOR) return narrow;
  const end = readAt(path, file, Number(view.getBigUint64(locator + 8, true)), 56);
  if (end.getUint32(0, true) !== END64) {
    throw new UserError(`${path}: the archive's zip64 directory is damaged`);
  }
  return {
    count: Number(end.getBigUint64(32, true)),
    length: Number(end.getBigUint64(40, true)),
    offset: Number(end.getBigUint64(48, true)),
  };
}

function readEntry(path: string, file: Deno.FsFile, entry: ZipEntry): Uint8Array {
  const place = `${path}, entry ${JSON.stringify(entry.name)}`;
  const local = readAt(path, file, entry.offset, 30);
  if (local.getUint32(0, true) !== LOCAL) throw new UserError(`${place}: its header is damaged`);
  const start = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = new Uint8Array(readAt(path, file, start, entry.compressedSize).buffer);
  const bytes = decompress(place, packed, entry);
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) {
    throw new UserError(`${place}: damaged (${bytes.length} bytes, expected ${entry.size})`);
  }
  return bytes;
}

function decompress(place: string, packed: Uint8Array, { method, size }: ZipEntry): Uint8Array {
  // One byte more than promised is enough to see that an entry lies about its size.
  const limit = { maxOutputLength: size + 1 };
  try {
    if (method === 0) return packed;
    if (method === 8) return inflateRawSync(packed, limit);
    if (method === 93) {
      return zstdDecompressSync(packed, {
        ...limit,
        params: { [constants.ZSTD_d_windowLogMax]: 27 },
      });
    }
  } catch (error) {
    throw new UserError(`${place}: damaged (${(error as Error).message})`);
  }
  throw new UserError(
    `${place}: compression method ${method}, expected 0 (stored), 8 (deflate) or 93 (Zstandard)`,
  );
}
