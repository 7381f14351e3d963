/**
 * An experiment on the paper's benchmarks with invented scores: what the tests compare with the print.
 * Nothing in it was measured.
 *
 * @module
 */
import { join } from "node:path";
import { type Plan, writePlan, writeRows } from "../../data/logs.ts";
import { results, summary, type SummaryLine } from "../../data/result_schema.ts";
import type { Variant } from "../../data/types.ts";

/** Name of the experiment. */
export const PAPER_RUN = "paper-run";

const MODEL = "Qwen/Qwen2.5-7B-Instruct";

function variant(id: string, method: string, settings: Variant["settings"]): Variant {
  return { id: `${MODEL}/${id}`, model: MODEL, method, title: id, settings, calibration: null };
}

const VARIANTS = [
  variant("none", "none", {}),
  variant("awq-w4a16", "awq", { bits: 4 }),
  variant("wanda-2-4", "wanda", { pattern: "2:4", sparsity: 0.5 }),
  variant("rtn-w3a16", "rtn", { bits: 3 }),
];

/** Benchmark, subtask, metric, and the mean of each variant; intervals are the mean ± 0.02. */
const SCORES: [string, string, string, number[]][] = [
  ["t_eval", "all", "score", [0.71, 0.65, 0.54, 0.3]],
  ["t_eval", "instruct_string", "score", [0.95, 0.9, 0.4, 0.1]],
  ["t_eval", "instruct_json", "score", [0.53, 0.5, 0.4, 0.1]],
  ["t_eval", "review", "score", [0.74, 0.7, 0.6, 0.2]],
  ["worfbench", "alfworld", "f1", [0.5, 0.54, 0.49, 0.1]],
  ["worfbench", "all", "f1", [0.5, 0.4, 0.45, 0.1]],
  ["agentboard", "pddl", "progress_rate", [0.34, 0.2, 0.01, 0]],
  ["agentboard", "pddl", "success_rate", [0.13, 0.1, 0, 0]],
  ["longbench", "narrativeqa", "f1", [0.08, 0.09, 0.02, 0.01]],
  ["own", "all", "exact", [0.9, 0.8, 0.7, 0.1]],
];

/** Writes plan, results and summary. */
export async function writePaperRun(runs: string): Promise<void> {
  const benchmarks = [...new Set(SCORES.map(([benchmark]) => benchmark))];
  const plan: Plan = {
    experiment: PAPER_RUN,
    description: "",
    baseline: { [MODEL]: `${MODEL}/none` },
    variants: VARIANTS,
    cells: VARIANTS.flatMap(({ id }, v) =>
      benchmarks.map((benchmark, b) => ({
        id: (0xdef000 + 16 * v + b).toString(16).padStart(16, "0"),
        kind: "evaluate" as const,
        variant: id,
        benchmark,
        seed: 0,
        needs: [],
        inputs: {},
      }))
    ),
  };
  const lines: SummaryLine[] = SCORES.flatMap(([benchmark, subtask, metric, means]) =>
    means.map((mean, v) => ({
      variant: VARIANTS[v]!.id,
      benchmark,
      subtask,
      metric,
      parameter: null,
      n: 50,
      missing: 0,
      mean,
      low: mean - 0.02,
      high: mean + 0.02,
      interval: "95 % test",
      difference: null,
      difference_low: null,
      difference_high: null,
      difference_interval: null,
    }))
  );
  const folder = join(runs, PAPER_RUN);
  await Deno.mkdir(folder, { recursive: true });
  await writePlan(folder, plan);
  await writeRows(join(folder, "results.parquet"), results, []);
  await writeRows(join(folder, "summary.parquet"), summary, lines);
}
