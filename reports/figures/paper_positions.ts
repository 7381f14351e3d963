/**
 * Which positions of the answers a figure by position shows.
 *
 * @module
 */

/** A position is shown only if at least so many samples reach it, or all where there are fewer. */
const FEWEST = 3;
/** Positions evenly apart are shown up to the last that this share of the samples reaches. */
const REACHED = 0.5;
/** Below so many of the paper's positions, others are shown in their place. */
const ENOUGH = 3;
const OTHERS = 4;

/** Positions to show, and whether they are the paper's. */
export interface ShownPositions {
  positions: number[];
  ofPaper: boolean;
}

/**
 * The paper's positions that enough samples reach; where answers are too short for that, some evenly apart.
 *
 * @param counts Samples at each position that there is.
 * @param paper The paper's positions.
 */
export function shownPositions(
  counts: ReadonlyMap<number, number>,
  paper: readonly number[],
): ShownPositions {
  const most = Math.max(0, ...counts.values());
  const there = paper.filter((position) => (counts.get(position) ?? 0) >= Math.min(FEWEST, most));
  const reached = [...counts].filter(([, count]) => count >= REACHED * most)
    .map(([position]) => position).sort((a, b) => a - b);
  if (most > 0 && (there.length >= ENOUGH || there.length >= reached.length)) {
    return { positions: there, ofPaper: true };
  }
  const count = Math.min(OTHERS, reached.length);
  const steps = Array.from({ length: count }, (_, i) => i / Math.max(1, count - 1));
  const places = steps.map((step) => reached[Math.round(step * (reached.length - 1))]!);
  return { positions: [...new Set(places)], ofPaper: false };
}
