/** A reader of safetensors files for the tests, apart from the one in Python that they check. */
import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A stored tensor. */
export interface Tensor {
  dtype: string;
  shape: number[];
  bytes: Buffer;
}

const BITS: Record<string, number> = {
  BF16: 16,
  F16: 16,
  F32: 32,
  F8_E4M3: 8,
  I8: 8,
  I32: 32,
  I64: 64,
  U8: 8,
};

/** Every tensor of a checkpoint's files, by name. */
export function readTensors(folder: string): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".safetensors"))) {
    const file = readFileSync(join(folder, name));
    const start = 8 + Number(file.readBigUInt64LE(0));
    const header = JSON.parse(file.subarray(8, start).toString("utf8"));
    for (const [key, entry] of Object.entries<Record<string, never>>(header)) {
      if (key === "__metadata__") continue;
      const [begin, end] = entry.data_offsets as unknown as [number, number];
      tensors.set(key, {
        dtype: entry.dtype as unknown as string,
        shape: entry.shape as unknown as number[],
        bytes: Buffer.from(file.subarray(start + begin, start + end)),
      });
    }
  }
  return tensors;
}

/** Bits of a tensor, from its type and shape. */
export function bitsOf({ dtype, shape }: Tensor): number {
  return BITS[dtype]! * shape.reduce((product, size) => product * size, 1);
}

/** The numbers of a bfloat16 tensor. */
export function bfloat16s({ dtype, bytes }: Tensor): Float32Array {
  if (dtype !== "BF16") throw new TypeError(`Not a bfloat16 tensor: ${dtype}`);
  const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}

/** The numbers of a float32 tensor. */
export function float32s({ dtype, bytes }: Tensor): Float32Array {
  if (dtype !== "F32") throw new TypeError(`Not a float32 tensor: ${dtype}`);
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** Integers of `bits` bits packed into int32 words along each row, lowest first, as signed numbers. */
export function unpack({ shape, bytes }: Tensor, bits: number): Int8Array {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const each = 32 / bits;
  const numbers = new Int8Array(shape[0]! * shape[1]! * each);
  numbers.forEach((_, index) => {
    const word = words[Math.floor(index / each)]!;
    const unsigned = (word >>> (bits * (index % each))) & (2 ** bits - 1);
    numbers[index] = unsigned - 2 ** (bits - 1);
  });
  return numbers;
}
