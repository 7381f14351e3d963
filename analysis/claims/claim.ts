/**
 * A sentence of a paper as data: which cells it rests on, and the rule that decides it. Nothing here
 * computes; `evaluate_rule.ts` does.
 *
 * @module
 */

/** Fields by which cells are chosen and paired. */
export type CellField = "table" | "model" | "compression" | "group" | "column" | "metric";

/** Cells whose named fields equal the given value, or one of the given values. */
export interface CellPattern {
  table: number | number[];
  model?: string | string[];
  compression?: string | string[];
  group?: string | string[];
  column?: string | string[];
  metric?: string | string[];
  /** Leaves out the cells that match any of these. */
  except?: Partial<Record<Exclude<CellField, "table">, string[]>>;
}

/** Each cell of `cells` beside the one cell of `against` that agrees with it in the fields `by`. */
export interface Pairs {
  cells: CellPattern;
  against: CellPattern;
  by: CellField[];
}

/** A change from the cell of `against`: its difference, or that in percent of the former. */
export type Change = "points" | "percent";

/** A number computed from cells. */
export type Expression =
  | number
  /** The value of the only cell that matches. */
  | { cell: CellPattern }
  | { mean: CellPattern }
  | { sum: CellPattern }
  | { min: CellPattern }
  | { max: CellPattern }
  /** How many cells are printed. */
  | { count: CellPattern }
  /** How many different values a field takes among printed cells. */
  | { distinct: CellField; of: CellPattern }
  | { minus: [Expression, Expression] }
  /** 100 (from - to) / from. */
  | { percentDrop: [Expression, Expression] }
  | { least: Expression[] }
  | { greatest: Expression[] }
  /** Mean of the changes over the pairs that are printed. */
  | { meanChange: Change; pairs: Pairs }
  /** Sample standard deviation of the changes. */
  | { spread: Change; pairs: Pairs }
  /** Share (0 to 1) of the pairs whose change meets the condition. */
  | { shareOf: Change; pairs: Pairs; is: Comparison; to: Bound }
  | { pearson: [CellPattern, CellPattern] }
  | { spearman: [CellPattern, CellPattern] };

/** `==` allows `within`; `between` includes both ends. */
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "between";

/** What a number is compared with: two numbers for `between`. */
export type Bound = number | [number, number];

/** How many of several must hold, as a share from 0 to 1. */
export interface Share {
  is: Exclude<Comparison, "between">;
  of: number;
}

/** Decides a reading of a claim. */
export type Rule =
  | { compare: Expression; is: Comparison; to: Expression | [number, number]; within?: number }
  /** A condition on every matching cell. */
  | { each: CellPattern; is: Comparison; to: Bound; share: Share }
  /** A condition on the change of every pair. */
  | { change: Change; pairs: Pairs; is: Comparison; to: Bound; share: Share }
  | { rules: Rule[]; share: Share }
  /** Rests on nothing that the paper prints; the text says on what it does. */
  | { unprinted: string };

/** One way to understand a sentence. */
export interface Reading {
  /** What this reading takes the ambiguous word for, thresholds included. */
  name: string;
  rule: Rule;
}

/** A quantitative sentence of a paper. */
export interface Claim {
  /** Stable name, e.g. `abstract-models`. */
  id: string;
  paper: "ACBench" | "Structured Agent Distillation";
  /** Section, or the caption, that makes the claim. */
  section: string;
  /** Line of the extracted text. */
  line: number;
  /** The sentence in our words. */
  sentence: string;
  /** One reading where the sentence has only one, else all that a reader may take. */
  readings: Reading[];
}

/** All of them. */
export const ALL: Share = { is: ">=", of: 1 };

/** More than half. */
export const MOST: Share = { is: ">", of: 0.5 };

/** At least one. */
export const SOME: Share = { is: ">", of: 0 };
