/**
 * Which results are scores of benchmarks, and which cells they were measured on.
 *
 * @module
 */
import { metricNamed } from "../analysis/metrics/registry.ts";
import type { Cell } from "../data/types.ts";
import type { Results } from "./results.ts";

/** A score that every variant is asked for: one column of a comparison. */
export interface ScoreColumn {
  benchmark: string;
  subtask: string;
  metric: string;
}

/** Scores are what evaluations give beside the metrics of the registry. Sorted by name, `all` first. */
export function scoreColumns({ plan, summary }: Results): ScoreColumn[] {
  const evaluated = new Set(plan.cells.filter(isEvaluate).map(({ benchmark }) => benchmark));
  const columns = new Map<string, ScoreColumn>();
  for (const { benchmark, subtask, metric } of summary) {
    if (!evaluated.has(benchmark) || metricNamed(metric)) continue;
    columns.set(`${benchmark}\n${subtask}\n${metric}`, { benchmark, subtask, metric });
  }
  return [...columns.values()].sort(byName);
}

/** The scores that stand for their benchmarks: the plan's main metrics, or all where it names none. */
export function mainScores(results: Results): ScoreColumn[] {
  const { mainMetrics = {} } = results.plan;
  return scoreColumns(results).filter(({ benchmark, metric }) =>
    metric === (mainMetrics[benchmark] ?? metric)
  );
}

/** The main scores by subtask, where a benchmark has several. */
export function subtaskScores(results: Results): ScoreColumn[] {
  const whole = wholeScores(results);
  return mainScores(results).filter((column) => !whole.some((one) => isSame(one, column)));
}

/** The scores of whole benchmarks beside the main ones. */
export function otherScores(results: Results): ScoreColumn[] {
  const main = mainScores(results);
  const others = scoreColumns(results).filter((column) => !main.some((one) => isSame(one, column)));
  return wholeOf(others);
}

/** True when both name the same score. */
export function isSame(a: ScoreColumn, b: ScoreColumn): boolean {
  return a.benchmark === b.benchmark && a.subtask === b.subtask && a.metric === b.metric;
}

/** The main scores of whole benchmarks. */
export function wholeScores(results: Results): ScoreColumn[] {
  return wholeOf(mainScores(results));
}

/** Columns of whole benchmarks: subtask `all`, or the only subtask. */
function wholeOf(columns: ScoreColumn[]): ScoreColumn[] {
  return columns.filter((column) =>
    column.subtask === "all" ||
    columns.filter(({ benchmark, metric }) =>
        benchmark === column.benchmark && metric === column.metric
      ).length === 1
  );
}

/** Cells that evaluate a variant on a benchmark, one a seed. */
export function evaluateCells({ plan }: Results, variant: string, benchmark: string): Cell[] {
  return plan.cells.filter((cell) =>
    isEvaluate(cell) && cell.variant === variant && cell.benchmark === benchmark
  );
}

/** Cells that logged a variant's logits on a benchmark, one a seed. */
export function captureCells({ plan }: Results, variant: string, benchmark: string): Cell[] {
  return plan.cells.filter((cell) =>
    cell.kind === "capture" && cell.variant === variant && cell.benchmark === benchmark
  );
}

function isEvaluate(cell: Cell): boolean {
  return cell.kind === "evaluate";
}

function byName(a: ScoreColumn, b: ScoreColumn): number {
  return compare(a.benchmark, b.benchmark) || compare(a.metric, b.metric) ||
    Number(b.subtask === "all") - Number(a.subtask === "all") || compare(a.subtask, b.subtask);
}

/** Numbers inside names count as numbers: length 512 stands before length 1024. */
function compare(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
