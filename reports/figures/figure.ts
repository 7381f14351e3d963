/**
 * What a figure is: a pure function of an experiment's results.
 *
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { Results } from "../results.ts";

/** Specification of a figure; 1 unit is 1 pt at the figure's final size. */
export type FigureSpec = TopLevelSpec;

/** What the place that a figure is drawn for decides. */
export interface FigureOptions {
  /** Width that the specification aims at, in pt. */
  width: number;
  /** Benchmark whose results are drawn, where a figure shows one; the first that has them by default. */
  benchmark?: string;
}

/** A figure of the report. Its name is its file's name and its key in the registry. */
export interface Figure {
  name: string;
  title: string;
  /** Metrics that it draws; empty for scores, which each experiment names itself. */
  metrics: readonly string[];
  /** `column` fits into one column of a two-column page, `full` needs the whole width. */
  span: "column" | "full";
  /** What is seen, on which model, how many samples, which interval, which seeds. */
  caption(results: Results, options?: Partial<FigureOptions>): string;
  /** Says what is missing instead of drawing an empty frame. */
  spec(results: Results, options: FigureOptions): FigureSpec;
}
