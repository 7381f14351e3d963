/**
 * Scans of rows in memory, by the kernels and in plain TypeScript.
 *
 * @module
 */
import {
  type BlockInput,
  type BlockScanner,
  blockScanner,
  workBytes,
} from "../../../analysis/kernels/block_scanner.ts";
import { sharedMemory } from "../../../analysis/kernels/row_module.ts";
import {
  type ScanStatistics,
  statisticsBytes,
  statisticsIn,
} from "../../../analysis/kernels/row_statistics.ts";
import { scanBlock } from "../../../analysis/kernels/scan_block.ts";
import { scanPlain } from "../../../analysis/kernels/scan_plain.ts";
import type { Float } from "../../../data/vector_rows.ts";

/** Logits of one or two logs. */
export interface Logits {
  width: number;
  baseline: Float32Array;
  variant: Float32Array | null;
  tokens?: number[];
  k?: number;
  /** How both are stored while the kernels scan them. */
  float?: Float;
}

function statisticsOf({ width, baseline, variant, k = 4 }: Logits): ScanStatistics {
  const count = Math.min(k, width);
  const rows = baseline.length / width;
  const buffer = new ArrayBuffer(statisticsBytes(rows, count, variant !== null));
  return statisticsIn(buffer, rows, count, variant !== null);
}

function tokensOf({ width, baseline, tokens }: Logits): Int32Array {
  return Int32Array.from(tokens ?? new Array(baseline.length / width).fill(0));
}

/** A scanner over logits that lie in its memory, the baseline's first. */
export function placed(
  { width, baseline, variant, k = 4, float = "float32" }: Logits,
): { scanner: BlockScanner; rows: number; inputs: [BlockInput, BlockInput | null] } {
  const work = { width, count: Math.min(k, width), rows: baseline.length / width };
  const bytes = baseline.length * 4 + 64;
  const memory = sharedMemory(2 * bytes + workBytes(work));
  const place = (values: Float32Array, address: number) => {
    if (float === "float32") new Float32Array(memory.buffer, address, values.length).set(values);
    else new Float16Array(memory.buffer, address, values.length).set(values);
    return { address, float };
  };
  // Addresses that are multiples of 4 and no more, as those of rows of an odd width.
  const inputs: [BlockInput, BlockInput | null] = [
    place(baseline, 4),
    variant && place(variant, Math.ceil(bytes / 4) * 4),
  ];
  return { scanner: blockScanner(memory, 2 * bytes, work), rows: work.rows, inputs };
}

/** Statistics by the kernels. */
export function scanned(logits: Logits): ScanStatistics {
  const statistics = statisticsOf(logits);
  const { scanner, rows, inputs: [baseline, variant] } = placed(logits);
  scanBlock(scanner, rows, baseline, variant, tokensOf(logits), statistics, 0);
  return statistics;
}

/** Statistics in plain TypeScript. */
export function scannedPlain(logits: Logits): ScanStatistics {
  const { width, baseline, variant } = logits;
  const statistics = statisticsOf(logits);
  const rows = baseline.length / width;
  scanPlain({ width, rows, baseline, variant, tokens: tokensOf(logits) }, statistics, 0);
  return statistics;
}
