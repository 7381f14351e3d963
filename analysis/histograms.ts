/**
 * Histograms of the logits at some positions of the answers.
 *
 * @module
 */
import type { Row } from "../data/logs.ts";
import { rowBytes } from "../data/vector_rows.ts";
import type { Cell } from "../data/types.ts";
import { type Capture, type FullCapture, hasLogits } from "./capture.ts";
import { type BlockScanner, blockScanner, workBytes } from "./kernels/block_scanner.ts";
import { type Bins, countBlock, type Counts, noCounts } from "./kernels/histogram.ts";
import { sharedMemory } from "./kernels/row_module.ts";
import { compare } from "./result_blocks.ts";
import { rangesOf } from "./sample_rows.ts";

/** The positions of ACBench's Figure 14. */
export const HISTOGRAM_POSITIONS: readonly number[] = [2, 82, 134, 184, 225, 246];

/** About so many bins cover the baseline's logits: what a panel of a few centimetres can show. */
const COVERING_BINS = 60;

/** Logits beyond it stand for a token that is not allowed, and set no bins. */
const LARGEST = 1e20;

/**
 * Counts a capture's logits at each of the positions that at least one sample has, over all samples. Positions are those
 * of the continuation; a sample whose token there does not enter, such as one of an observation, is left out.
 *
 * The bins are the baseline's for all of its variants: of a width of 1, 2 or 5 times a power of ten, they cover the
 * range of its finite logits at these positions and half as much again on either side.
 *
 * @param baseline The capture that sets the bins; null where it is the variant itself, or has not finished.
 * @returns Rows of `histograms`; none where no sample has any of the positions, all logits there are not finite, or a sketch is all there is.
 */
export function countHistograms(
  cell: Cell,
  variant: Capture,
  baseline: Capture | null,
  positions: readonly number[],
): Row[] {
  const wanted = [...new Set(positions)].sort((a, b) => a - b);
  const source = baseline ?? variant;
  if (!hasLogits(variant) || !hasLogits(source)) return [];
  const key = `histogram bins ${wanted.join()}`;
  const bins = source.memo(key, () => binsOver(source, rowsAt(source, wanted)));
  if (bins === null) return [];
  const scanner = scannerOf(variant);
  return rowsAt(variant, wanted).map(({ position, rows }) => {
    const found = noCounts(bins);
    for (const row of rows) count(scanner, variant, row, bins, found);
    return {
      cell_id: cell.id,
      variant: cell.variant,
      benchmark: cell.benchmark,
      quantity: "logits",
      position,
      n: rows.length,
      low: bins.low,
      high: bins.high,
      counts: found.counts,
      below: found.below,
      above: found.above,
      not_finite: found.notFinite,
    };
  });
}

/** Order of the rows on disk: it depends on nothing but the rows. */
export function compareHistograms(a: Row, b: Row): number {
  const by = (name: string) =>
    compare(a[name] as string | number | null, b[name] as string | number | null);
  return by("variant") || by("benchmark") || by("quantity") || by("position") || by("cell_id");
}

/** The rows that enter at each position that there is. */
function rowsAt(
  { logits, samples }: FullCapture,
  positions: readonly number[],
): { position: number; rows: number[] }[] {
  const rows = new Map<number, number[]>(positions.map((position) => [position, []]));
  for (const { begin, end } of rangesOf(samples)) {
    for (let row = begin; row < end; row++) rows.get(logits.position[row]!)?.push(row);
  }
  return [...rows].map(([position, rows]) => ({ position, rows })).filter(({ rows }) =>
    rows.length > 0
  );
}

function binsOver({ logits }: FullCapture, at: { rows: number[] }[]): Bins | null {
  let [least, most] = [Infinity, -Infinity];
  for (const row of at.flatMap(({ rows }) => rows)) {
    for (const value of logits.read(row, row + 1)) {
      if (!(Math.abs(value) < LARGEST)) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return least <= most ? roundBins(least, most) : null;
}

/** Bins of a round width that cover twice the range. */
export function roundBins(least: number, most: number): Bins {
  // A constant has no width of its own.
  const range = most > least ? most - least : Math.max(1, Math.abs(most));
  const aim = range / COVERING_BINS;
  const power = 10 ** Math.floor(Math.log10(aim));
  const factor = [1, 2, 5, 10].find((factor) => factor * power >= aim)!;
  // As a quotient where the power is below 1, whose reciprocal is exact.
  const width = (units: number) =>
    power < 1 ? units * factor / Math.round(1 / power) : units * factor * power;
  const [first, last] = [
    Math.floor((least - range / 2) / (factor * power)),
    Math.ceil((most + range / 2) / (factor * power)),
  ];
  return { low: width(first), high: width(last), bins: last - first };
}

/** A scanner with room for one row before its work space. */
function scannerOf({ logits }: FullCapture): BlockScanner {
  const shape = { width: logits.width, count: 0, rows: 1 };
  const bytes = Math.ceil(rowBytes(logits) / 16) * 16 + 16;
  return blockScanner(sharedMemory(bytes + workBytes(shape)), bytes, shape);
}

function count(scanner: BlockScanner, { logits }: FullCapture, row: number, of: Bins, out: Counts) {
  logits.readInto(row, row + 1, new Uint8Array(scanner.memory.buffer, 0, rowBytes(logits)));
  countBlock(scanner, 1, { address: 0, float: logits.float }, of, out);
}
