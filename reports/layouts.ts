/**
 * The columns of ACBench's Tables 3 to 10 as sums of an experiment's scores.
 *
 * @module
 */
import { PAPER_LAYOUTS } from "../data/paper/layouts.ts";
import { columnNamed, plain } from "./paper_mapping.ts";
import type { Results } from "./results.ts";
import { meanOf, type ScorePart } from "./score_estimates.ts";

/** A column and the scores that it is made of. */
export interface LayoutColumn {
  group: string;
  header: string;
  parts: ScorePart[];
}

/** How the paper sets a benchmark's scores. */
export interface Layout {
  /** Tables of the paper, as captions name them. */
  paper: string;
  /** Name of the benchmark, as captions write it. */
  title: string;
  /** Plain names under which an experiment can hold it. */
  benchmarks: readonly string[];
  /** What a score of 1 is printed as: 100 for percent. */
  scale: 1 | 100;
  /** All columns that the experiment has scores for. */
  columns(results: Results, benchmark: string): LayoutColumn[];
}

/** String and JSON of T-Eval's abilities; JSON of three of them is one file with three scores. */
const ABILITIES: Record<string, [header: string, subtask: string, metric: string][]> = {
  Instruct: [["String", "instruct_string", "score"], ["Json", "instruct_json", "score"]],
  Plan: [["String", "plan_str", "score"], ["Json", "plan_json", "score"]],
  Reason: [["String", "reason_str", "score"], ["Json", "rru_json", "thought"]],
  Retrieve: [["String", "retrieve_str", "score"], ["Json", "rru_json", "name"]],
  Understand: [["String", "understand_str", "score"], ["Json", "rru_json", "args"]],
  Review: [["Choice", "review_str", "score"]],
};

/** Table 8. */
export const TEVAL: Layout = {
  paper: "Table 8",
  title: "T-Eval",
  benchmarks: ["teval"],
  scale: 100,
  columns(results, benchmark) {
    const all = Object.entries(ABILITIES).flatMap(([group, formats]) =>
      formats.map(([header, subtask, metric]) => ({
        group,
        header,
        parts: [{ benchmark, subtask, metric, weight: 1 }],
      }))
    );
    const present = presentOf(results, benchmark, all);
    if (present.length < all.length) return present;
    return [
      ...all,
      { group: "Overall", header: "mean11", parts: meanOf(all.flatMap(({ parts }) => parts)) },
      {
        group: "Overall",
        header: "mean6",
        parts: Object.keys(ABILITIES).flatMap((ability) => {
          const own = meanOf(partsOf(all, ability));
          return own.map((part) => ({ ...part, weight: part.weight / 6 }));
        }),
      },
    ];
  },
};

/** Parts of all columns of a group. */
export function partsOf(columns: LayoutColumn[], group: string): ScorePart[] {
  return columns.filter((column) => column.group === group).flatMap(({ parts }) => parts);
}

/** Table 10: precision, recall and F1 of the experiment's main kind of score. */
export const WORFBENCH: Layout = {
  paper: "Table 10",
  title: "WorfBench",
  benchmarks: ["worfbench"],
  scale: 1,
  columns(results, benchmark) {
    const kind = /^(.*_)?f1$/.exec(results.plan.mainMetrics?.[benchmark] ?? "f1")?.[1] ?? "";
    const metrics = { P: `${kind}precision`, R: `${kind}recall`, F1: `${kind}f1` };
    return taskColumns(results, benchmark, 10, metrics, (column) => column.group);
  },
};

/** Table 9: progress and success. */
export const EPISODES: Layout = {
  paper: "Table 9",
  title: "Episodes",
  benchmarks: ["household", "webshop", "hotpotqareact", "agentboard"],
  scale: 100,
  columns(results, benchmark) {
    const named = (...names: string[]) =>
      names.find((name) => hasScore(results, benchmark, name)) ?? names[0]!;
    const metrics = {
      P: named("progress", "progress_rate"),
      S: named("success", "success_rate"),
    };
    return taskColumns(results, benchmark, 9, metrics, (column) => column.group);
  },
};

/** Tables 3 to 5. */
export const LONGBENCH: Layout = {
  paper: "Tables 3 to 5",
  title: "LongBench",
  benchmarks: ["longbench"],
  scale: 100,
  columns: (results, benchmark) =>
    taskColumns(results, benchmark, 3, mainOf(results, benchmark), ({ group }) => group),
};

/** Tables 6 and 7. */
export const LONGGENBENCH: Layout = {
  paper: "Tables 6 and 7",
  title: "LongGenBench",
  benchmarks: ["longgenbench"],
  scale: 100,
  columns: (results, benchmark) =>
    taskColumns(results, benchmark, 6, mainOf(results, benchmark), () => ""),
};

/** All of them. */
export const LAYOUTS: readonly Layout[] = [TEVAL, WORFBENCH, LONGBENCH, LONGGENBENCH, EPISODES];

/** Benchmarks of the experiment that have a layout's scores. */
export function benchmarksOf(results: Results, layout: Layout): string[] {
  const names = new Set(results.plan.cells.flatMap(({ benchmark }) => benchmark ?? []));
  return [...names].filter((name) =>
    layout.benchmarks.includes(plain(name)) && layout.columns(results, name).length > 0
  );
}

/** True when a benchmark's scores by subtask stand in a table in the paper's layout. */
export function hasLayout(results: Results, benchmark: string): boolean {
  return LAYOUTS.some((layout) => benchmarksOf(results, layout).includes(benchmark));
}

function mainOf({ plan }: Results, benchmark: string): Record<string, string> {
  return { "": plan.mainMetrics?.[benchmark] ?? "score" };
}

function hasScore({ summary }: Results, benchmark: string, metric: string): boolean {
  return summary.some((line) => line.benchmark === benchmark && line.metric === metric);
}

function presentOf(
  { summary }: Results,
  benchmark: string,
  columns: LayoutColumn[],
): LayoutColumn[] {
  const scores = new Set(
    summary.flatMap((line) =>
      line.benchmark === benchmark && line.parameter === null
        ? [`${line.subtask}\n${line.metric}`]
        : []
    ),
  );
  return columns.filter(({ parts }) =>
    parts.every(({ subtask, metric }) => scores.has(`${subtask}\n${metric}`))
  );
}

/**
 * Columns by task: those of the paper's table in its order, then the experiment's own, then the average.
 *
 * @param metrics Scores by the header that the paper gives each.
 * @param groupOf Head above the columns of a task that the paper has.
 */
function taskColumns(
  results: Results,
  benchmark: string,
  table: number,
  metrics: Record<string, string>,
  groupOf: (column: { group: string; column: string }) => string,
): LayoutColumn[] {
  const own = results.summary.filter((line) =>
    line.benchmark === benchmark && Object.values(metrics).includes(line.metric)
  );
  const places = PAPER_LAYOUTS[table]!.columns;
  const tasks = [...new Set(own.map(({ subtask }) => subtask))].map((subtask) => {
    const place = places.findIndex((column) =>
      columnNamed(column, subtask, Object.keys(metrics)[0]!)
    );
    return { subtask, place: subtask === "all" ? Infinity : place < 0 ? places.length : place };
  }).sort((a, b) =>
    a.place - b.place || a.subtask.localeCompare(b.subtask, "en", { numeric: true })
  );
  return tasks.flatMap(({ subtask, place }) =>
    presentOf(
      results,
      benchmark,
      Object.entries(metrics).map(([head, metric]) => {
        const printed = places[place];
        const name = subtask === "all" ? "Average" : printed === undefined ? subtask : null;
        const parts = [{ benchmark, subtask, metric, weight: 1 }];
        if (head === "") {
          return { group: printed ? groupOf(printed) : "", header: name ?? printed!.column, parts };
        }
        return { group: name ?? groupOf(printed!), header: head, parts };
      }),
    )
  );
}
