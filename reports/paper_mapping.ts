/**
 * Which place of ACBench's tables a measured score has: names of benchmarks, models, compressions and
 * columns as runs and as the paper write them.
 *
 * @module
 */
import { PAPER_LAYOUTS, type PaperColumn } from "../data/paper/layouts.ts";
import type { Variant } from "../data/types.ts";

/** Tables by the plain name of their benchmark. */
const TABLES: Record<string, number[]> = {
  teval: [8],
  worfbench: [10],
  agentboard: [9],
  longbench: [3, 4, 5],
  longgenbench: [6, 7],
};

/** Plain names of columns that runs name in full. */
const ALIASES: Record<string, string> = {
  narrativeqa: "nrtvqa",
  multifieldqaen: "mfen",
  "2wikimqa": "2wikiqa",
  passageretrievalen: "pre",
  passagecount: "pcount",
  repobenchp: "rbp",
  webshopping: "webshop",
};

/** Columns of one score by the plain name of its metric. */
const METRIC_COLUMNS: Record<string, string> = {
  progressrate: "P",
  progress: "P",
  successrate: "S",
  success: "S",
  precision: "P",
  recall: "R",
  f1: "F1",
};

/** Benchmarks that can be compared with the paper, as messages name them. */
export const COMPARABLE_BENCHMARKS: readonly string[] = [
  "t_eval",
  "worfbench",
  "agentboard",
  "longbench",
  "longgenbench",
];

/** Letters and digits in lower case: names differ in all else. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Tables that print a benchmark; empty when none does. */
export function tablesOf(benchmark: string): number[] {
  return TABLES[plain(benchmark)] ?? [];
}

/**
 * The paper's name of a model: `Qwen/Qwen2.5-7B-Instruct` is its `Qwen2.5-7B`. A model that the paper
 * does not have keeps its name.
 *
 * @param known Models of the paper.
 */
export function paperModel(model: string, known: Iterable<string>): string {
  const own = plain(model.split("/").at(-1)!).replace(/(instruct|chat|it|hf|v03)+$/, "");
  return [...known].find((name) => plain(name) === own) ?? model;
}

/** The paper's name of a compression in a table; the variant's own title where the paper has none. */
export function paperCompression({ method, settings, title }: Variant, table: number): string {
  const bits = settings["bits"];
  switch (method) {
    case "none":
      return table === 8 ? "FP16" : "none";
    case "awq":
      return bits !== undefined && bits !== 4 ? title : table === 10 ? "AWQ(INT4)" : "AWQ";
    case "gptq":
      if (bits !== 4 && bits !== 8) return title;
      if (table === 10) return `GPTQ(INT${bits})`;
      if (table === 7) return `GPTQ(W${bits})`;
      return bits === 4 ? "GPTQ" : title;
    case "smoothquant":
      return "SmoothQ(W8A8)";
    case "wanda":
    case "sparsegpt":
    case "magnitude": {
      const name = { wanda: "Wanda", sparsegpt: "SparseGPT", magnitude: "Mag" }[method];
      if (settings["pattern"] === "2:4") return `${name}(2:4)`;
      return settings["sparsity"] === 0.5 || settings["sparsity"] === undefined
        ? `${name}(Un)`
        : title;
    }
    default:
      return title;
  }
}

/** The column of a table that a score belongs to; null when it has none. */
export function paperColumn(table: number, subtask: string, metric: string): PaperColumn | null {
  const { columns } = PAPER_LAYOUTS[table]!;
  const part = ALIASES[plain(subtask)] ?? plain(subtask);
  if (table === 9 || table === 10) {
    const column = METRIC_COLUMNS[plain(metric)];
    const group = part === "all" ? "average" : part;
    return columns.find((one) => plain(one.group) === group && one.column === column) ?? null;
  }
  if (part === "all") return columns.find(({ column }) => column === "Overall") ?? null;
  return columns.find(({ group, column }) => plain(group + column) === part) ??
    columns.find(({ column }) => plain(column) === part) ??
    columns.find(({ group }) => plain(group) === part && plain(group) === "review") ?? null;
}

/** True when a column of the paper is that of a subtask: by its own name, or by its head and this name. */
export function columnNamed(
  { group, column }: PaperColumn,
  subtask: string,
  head: string,
): boolean {
  const part = ALIASES[plain(subtask)] ?? plain(subtask);
  return head === "" ? plain(column) === part : plain(group) === part && column === head;
}
