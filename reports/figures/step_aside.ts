/** A mark with a bar, in pt. */
export interface Mark {
  /** Where it stands across its bar. */
  at: number;
  /** Ends of its bar. */
  top: number;
  bottom: number;
}

/**
 * Places of marks whose bars would hide one another: each in turn keeps its own, unless the bar of an earlier one
 * at its height is nearer than `distance`; then it takes the nearest place that is free.
 *
 * @returns The places, in the order given.
 */
export function stepAside(marks: readonly Mark[], distance: number): number[] {
  const placed: Mark[] = [];
  for (const mark of marks) {
    const taken = placed
      .filter(({ top, bottom }) => top <= mark.bottom && mark.top <= bottom)
      .map(({ at }) => at);
    // A little less, since sums of distances are rounded.
    const free = [mark.at, ...taken.flatMap((at) => [at - distance, at + distance])]
      .filter((at) => taken.every((other) => Math.abs(other - at) > distance * 0.999));
    const away = (at: number) => Math.abs(at - mark.at);
    placed.push({ ...mark, at: free.reduce((best, at) => away(at) < away(best) ? at : best) });
  }
  return placed.map(({ at }) => at);
}
