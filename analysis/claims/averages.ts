/**
 * The averages that ACBench prints, computed again from the cells that they average.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import { WORFBENCH_TASKS } from "../../data/paper/layouts.ts";
import { numberOf } from "./select_cells.ts";

/** A printed average beside the computed one. */
export interface RecomputedAverage {
  /** The average as printed (null where it is lost). */
  printed: PaperCell;
  /** Cells that it averages. */
  parts: PaperCell[];
  /** Mean of the parts (flagged ones by their best reading); null where one has no number. */
  recomputed: number | null;
  /** Printed minus recomputed. */
  difference: number | null;
  /**
   * Largest difference that rounding alone explains: half a unit of the last printed digit in the
   * average and in each part.
   */
  rounding: number;
}

/** T-Eval's Overall is the mean of 11 columns, printed to 0.1; WorfBench's Average of 6 tasks, to 0.01. */
const AVERAGES = [
  { table: 8, group: "Overall", unit: 0.1, isPart: (cell: PaperCell) => cell.group !== "Overall" },
  {
    table: 10,
    group: "Average",
    unit: 0.01,
    isPart: (cell: PaperCell) => WORFBENCH_TASKS.includes(cell.group),
  },
];

/** Computes every average of Tables 8 and 10 again. */
export function recomputeAverages(cells: PaperCell[]): RecomputedAverage[] {
  return AVERAGES.flatMap(({ table, group, unit, isPart }) => {
    const held = cells.filter((cell) => cell.table === table);
    return held.filter((cell) => cell.group === group).map((printed) => {
      const parts = held.filter((cell) =>
        isPart(cell) && cell.model === printed.model && cell.compression === printed.compression &&
        (table === 8 || cell.column === printed.column)
      );
      const numbers = parts.map(numberOf);
      const recomputed = numbers.includes(null)
        ? null
        : (numbers as number[]).reduce((sum, number) => sum + number, 0) / numbers.length;
      const difference = recomputed === null || printed.value === null
        ? null
        : printed.value - recomputed;
      return { printed, parts, recomputed, difference, rounding: unit };
    });
  });
}

/** Averages that differ from the mean of their cells by more than rounding explains. */
export function wrongAverages(averages: RecomputedAverage[]): RecomputedAverage[] {
  return averages.filter(({ difference, rounding }) =>
    difference !== null && Math.abs(difference) > rounding + 1e-9
  );
}
