/**
 * Numbers computed from cells of the papers.
 *
 * @module
 */
import { cellKey, type PaperCell } from "../../data/paper/acbench.ts";
import {
  sampleCorrelation,
  sampleRankCorrelation,
  sampleStandardDeviation,
} from "simple-statistics";
import type { Bound, CellPattern, Comparison, Expression } from "./claim.ts";
import { changeOf, numberOf, pairCells, selectCells } from "./select_cells.ts";

/** A number with the cells that it rests on; null with the cells that were missed. */
export interface Evaluated {
  value: number | null;
  cells: PaperCell[];
  /** Cells without a number that the value needs. */
  missing: PaperCell[];
  /** Pairs left out of a mean, spread or share because one of the two is not printed. */
  unprintedPairs?: number;
}

/** Printed numbers are decimal; a comparison must not turn on the last bit of their binary form. */
const EPSILON = 1e-9;

/** Whether a number meets a condition; `within` widens `==`. */
export function meets(value: number, is: Comparison, to: Bound, within = 0): boolean {
  if (Array.isArray(to)) {
    if (is !== "between") throw new RangeError(`"${is}" takes one number, not ${to.join(", ")}`);
    return value >= to[0] - EPSILON && value <= to[1] + EPSILON;
  }
  switch (is) {
    case "<":
      return value < to - EPSILON;
    case "<=":
      return value <= to + EPSILON;
    case ">":
      return value > to + EPSILON;
    case ">=":
      return value >= to - EPSILON;
    case "==":
      return Math.abs(value - to) <= within + EPSILON;
    case "between":
      throw new RangeError("between takes two numbers");
  }
}

function requireCells(cells: PaperCell[], pattern: CellPattern): PaperCell[] {
  const found = selectCells(cells, pattern);
  if (found.length === 0) throw new RangeError(`no cell matches ${JSON.stringify(pattern)}`);
  return found;
}

function reduceCells(found: PaperCell[], reduce: (numbers: number[]) => number): Evaluated {
  const missing = found.filter((cell) => numberOf(cell) === null);
  const value = missing.length ? null : reduce(found.map((cell) => numberOf(cell)!));
  return { value, cells: found, missing };
}

function combine(parts: Evaluated[], reduce: (numbers: number[]) => number): Evaluated {
  const missing = parts.flatMap((part) => part.missing);
  const values = parts.map((part) => part.value);
  return {
    value: values.includes(null) ? null : reduce(values as number[]),
    cells: parts.flatMap((part) => part.cells),
    missing,
    unprintedPairs: total(parts.map((part) => part.unprintedPairs ?? 0)),
  };
}

const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);
const mean = (numbers: number[]) => total(numbers) / numbers.length;

function evaluateChanges(
  cells: PaperCell[],
  expression: Extract<Expression, { pairs: unknown }>,
): Evaluated {
  const kind = "meanChange" in expression
    ? expression.meanChange
    : "spread" in expression
    ? expression.spread
    : expression.shareOf;
  const pairs = pairCells(cells, expression.pairs);
  const printed = pairs.filter((pair) => changeOf(pair, kind) !== null);
  const numbers = printed.map((pair) => changeOf(pair, kind)!);
  const used = printed.flatMap(({ cell, against }) => [cell, against]);
  if (numbers.length === 0) return { value: null, cells: [], missing: pairs.map((p) => p.cell) };
  const value = "meanChange" in expression
    ? mean(numbers)
    : "spread" in expression
    ? sampleStandardDeviation(numbers)
    : numbers.filter((n) => meets(n, expression.is, expression.to)).length / numbers.length;
  return { value, cells: used, missing: [], unprintedPairs: pairs.length - numbers.length };
}

function evaluateCorrelation(
  cells: PaperCell[],
  [first, second]: [CellPattern, CellPattern],
  correlation: (x: number[], y: number[]) => number,
): Evaluated {
  const [x, y] = [requireCells(cells, first), requireCells(cells, second)];
  if (x.some((cell, i) => cell.model !== y[i]?.model) || x.length !== y.length) {
    throw new RangeError(`${JSON.stringify(first)} and ${JSON.stringify(second)}: other models`);
  }
  return reduceCells([...x, ...y], (numbers) => {
    return correlation(numbers.slice(0, x.length), numbers.slice(x.length));
  });
}

/**
 * Computes an expression.
 *
 * @param expression What to compute.
 * @param cells All cells of the paper.
 * @throws RangeError when a pattern matches no cell, or several where one is meant.
 */
export function evaluateExpression(expression: Expression, cells: PaperCell[]): Evaluated {
  if (typeof expression === "number") return { value: expression, cells: [], missing: [] };
  const inner = (part: Expression) => evaluateExpression(part, cells);
  if ("cell" in expression) {
    const found = requireCells(cells, expression.cell);
    if (found.length > 1) {
      throw new RangeError(
        `${JSON.stringify(expression.cell)} means one cell, and ${found.length} match: ` +
          found.slice(0, 3).map(cellKey).join(", "),
      );
    }
    return reduceCells(found, ([number]) => number!);
  }
  if ("mean" in expression) return reduceCells(requireCells(cells, expression.mean), mean);
  if ("sum" in expression) return reduceCells(requireCells(cells, expression.sum), total);
  if ("min" in expression) {
    return reduceCells(requireCells(cells, expression.min), (n) => Math.min(...n));
  }
  if ("max" in expression) {
    return reduceCells(requireCells(cells, expression.max), (n) => Math.max(...n));
  }
  if ("count" in expression) {
    const printed = selectCells(cells, expression.count).filter((cell) => cell.printed !== "");
    return { value: printed.length, cells: printed, missing: [] };
  }
  if ("distinct" in expression) {
    const printed = selectCells(cells, expression.of).filter((cell) => cell.printed !== "");
    const values = new Set(printed.map((cell) => cell[expression.distinct]));
    return { value: values.size, cells: printed, missing: [] };
  }
  if ("minus" in expression) return combine(expression.minus.map(inner), ([a, b]) => a! - b!);
  if ("percentDrop" in expression) {
    return combine(expression.percentDrop.map(inner), ([a, b]) => 100 * (a! - b!) / a!);
  }
  if ("least" in expression) {
    return combine(expression.least.map(inner), (numbers) => Math.min(...numbers));
  }
  if ("greatest" in expression) {
    return combine(expression.greatest.map(inner), (numbers) => Math.max(...numbers));
  }
  if ("pearson" in expression) {
    return evaluateCorrelation(cells, expression.pearson, sampleCorrelation);
  }
  if ("spearman" in expression) {
    return evaluateCorrelation(cells, expression.spearman, sampleRankCorrelation);
  }
  return evaluateChanges(cells, expression);
}
