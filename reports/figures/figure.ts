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
  /** Model whose results are drawn, where a figure shows one; the first that has them by default. */
  model?: string;
  /** Group of methods (`parts.ts`), where a figure shows one; the first by default. */
  group?: string;
}

/** One picture of a figure that would hold too much. */
export interface FigurePart {
  /** What follows the figure's name in files; empty where the part is the whole. */
  name: string;
  /** What follows its title; empty where the part is the whole. */
  title: string;
  options: Partial<FigureOptions>;
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
  /** Its pictures, where one would hold too much. Empty without data: then the one that says so is drawn. */
  parts?(results: Results): FigurePart[];
}
