/**
 * What a figure of the papers is: a pure function of printed cells.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import type { FigureSpec } from "./figure.ts";

/** A figure of ACBench that the printed tables can draw. */
export interface PaperFigure {
  /** Its number in the paper. */
  figure: number;
  /** Name of its files. */
  name: string;
  title: string;
  span: "column" | "full";
  /** What it shows, from which table, and what is missing. */
  caption: string;
  spec(cells: PaperCell[], width: number): FigureSpec;
}

/** Marks that all captions explain. */
export const MARKS = "× not printed, † rests on a cell that the circulating text damages.";

/** One cell, if the table has it. */
export function findCell(
  cells: PaperCell[],
  table: number,
  model: string,
  compression: string,
  group: string,
  column: string,
): PaperCell | undefined {
  return cells.find((cell) =>
    cell.table === table && cell.model === model && cell.compression === compression &&
    cell.group === group && cell.column === column
  );
}
