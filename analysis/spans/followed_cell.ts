/**
 * Which text a capture follows.
 *
 * @module
 */
import type { Cell } from "../../data/types.ts";

/** Finds the evaluated cell whose text a capture follows; undefined where the plan has none. */
export type FollowedCell = (
  capture: Pick<Cell, "variant" | "benchmark" | "seed">,
) => Cell | undefined;

/**
 * Captures follow the text of their baseline, on the same benchmark with the same seed.
 *
 * @param cells Those of a plan.
 * @param baselineOf Gives the baseline of a variant.
 */
export function followedCells(
  cells: readonly Cell[],
  baselineOf: (variant: string) => string,
): FollowedCell {
  const key = (variant: string, { benchmark, seed }: Pick<Cell, "benchmark" | "seed">) =>
    JSON.stringify([variant, benchmark, seed]);
  const evaluated = new Map(
    cells.filter(({ kind }) => kind === "evaluate").map((cell) => [key(cell.variant, cell), cell]),
  );
  return (capture) => evaluated.get(key(baselineOf(capture.variant), capture));
}

/** Whether an evaluated cell's texts are episodes: its inputs then say how many turns one can take. */
export function hasEpisodes({ inputs: { benchmark } }: Cell): boolean {
  return typeof benchmark === "object" && benchmark !== null && "maxSteps" in benchmark;
}
