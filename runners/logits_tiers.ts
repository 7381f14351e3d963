/**
 * What the two ways of keeping logits take on the disk.
 *
 * @module
 */
import { SKETCH_K, sketchRowBytes } from "../data/schema.ts";
import type { Cell } from "../data/types.ts";
import { formatBytes } from "./format.ts";
import type { LogitsTier } from "./jobs.ts";

/** Bytes of a capture's logits in each tier, whichever it keeps. */
export interface TierBytes {
  full: number;
  sketch: number;
}

/** Length of a sample's id in either log, about. */
const ID_BYTES = 24;
/** Columns beside the logits that tell the token. */
const TOKEN_BYTES = 16;

/** Bytes of so many rows. */
export function tierBytes(rows: number, vocabulary: number): TierBytes {
  return {
    full: Math.round(rows * (4 * vocabulary + TOKEN_BYTES + ID_BYTES)),
    sketch: Math.round(rows * (sketchRowBytes(vocabulary) + ID_BYTES)),
  };
}

/** The tier that a capture keeps. */
export function tierOf({ inputs }: Cell): LogitsTier {
  return (inputs.logits ?? "full") as LogitsTier;
}

/** Bytes of all captures in each tier. */
export function allTiers(
  cells: readonly Cell[],
  estimate: (cell: Cell) => { logits?: TierBytes },
): TierBytes {
  const parts = cells.flatMap((cell) => cell.kind === "capture" ? estimate(cell).logits ?? [] : []);
  return {
    full: parts.reduce((sum, { full }) => sum + full, 0),
    sketch: parts.reduce((sum, { sketch }) => sum + sketch, 0),
  };
}

/** One line for the reader; null where nothing is captured. */
export function describeTiers(
  cells: readonly Cell[],
  estimate: (cell: Cell) => { logits?: TierBytes },
): string | null {
  const captures = cells.filter(({ kind }) => kind === "capture");
  if (captures.length === 0) return null;
  const { full, sketch } = allTiers(cells, estimate);
  const counts = (["full", "sketch", "both"] as const).flatMap((tier) => {
    const count = captures.filter((cell) => tierOf(cell) === tier).length;
    const named = { full: "full", sketch: "as a sketch", both: "in both" }[tier];
    return count > 0 ? [`${count} kept ${named}`] : [];
  });
  return `logits of ${captures.length} captures: at most ${formatBytes(full)} in full, ${
    formatBytes(sketch)
  } as sketches (k = ${SKETCH_K}); ${counts.join(", ")}`;
}
