/**
 * What tables, figures and the page are views of: the plan, records, results and summary of one
 * experiment, read once.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  cellFolder,
  LogError,
  type Plan,
  readPlan,
  readRecord,
  readRows,
  type Row,
} from "../data/logs.ts";
import {
  type LogSchema,
  results as resultsSchema,
  summary as summarySchema,
} from "../data/schema.ts";
import type { Cell, CheckpointFacts, RunRecord, Variant } from "../data/types.ts";

/** One row of `results.parquet`, as its columns are named. */
export interface ResultLine {
  cell_id: string;
  variant: string;
  benchmark: string;
  subtask: string;
  metric: string;
  parameter: string | null;
  sample_id: string | null;
  position: number | null;
  seed: number;
  value: number | null;
  reason: string | null;
}

/** One row of `summary.parquet`, as its columns are named. */
export interface SummaryLine {
  variant: string;
  benchmark: string;
  subtask: string;
  metric: string;
  parameter: string | null;
  n: number;
  missing: number;
  mean: number | null;
  low: number | null;
  high: number | null;
  interval: string | null;
  difference: number | null;
  difference_low: number | null;
  difference_high: number | null;
  difference_interval: string | null;
}

/** Everything that is known of an experiment. */
export interface Results {
  plan: Plan;
  /** Records by the cell's id; a cell without one has not ended. */
  records: Map<string, RunRecord>;
  rows: ResultLine[];
  summary: SummaryLine[];
}

/**
 * Reads an experiment.
 *
 * @param runs Folder of runs.
 * @param experiment Name of the experiment.
 * @throws {LogError} When it was never run or has no results yet.
 */
export async function loadResults(runs: string, experiment: string): Promise<Results> {
  const folder = join(runs, experiment);
  const plan = await readPlan(folder);
  if (plan === null) {
    throw new LogError(
      join(folder, "plan.json"),
      `there is no experiment "${experiment}" here`,
      `Run it first (deno task run), or name another folder of runs with --runs`,
    );
  }
  const records = new Map<string, RunRecord>();
  for (const { id } of plan.cells) {
    const record = await readRecord(cellFolder(runs, id));
    if (record !== null) records.set(id, record);
  }
  return {
    plan,
    records,
    rows: await readMeasured(folder, experiment, resultsSchema) as unknown as ResultLine[],
    summary: await readMeasured(folder, experiment, summarySchema) as unknown as SummaryLine[],
  };
}

/** Reads what `deno task results` makes; an experiment that has only been run lacks it. */
async function readMeasured(folder: string, experiment: string, schema: LogSchema): Promise<Row[]> {
  const path = join(folder, `${schema.name}.parquet`);
  if (!existsSync(path)) {
    const mend = `Build them with: deno task results ${experiment}`;
    throw new LogError(path, "the results have not been built", mend);
  }
  return await readRows(path, schema);
}

/** True when the variant is its model's baseline. */
export function isBaseline({ plan }: Results, variant: Variant): boolean {
  return plan.baseline[variant.model] === variant.id;
}

/** Variants, each model's baseline first, otherwise in the plan's order. */
export function orderedVariants(results: Results): Variant[] {
  const { variants } = results.plan;
  const models = [...new Set(variants.map(({ model }) => model))];
  return models.flatMap((model) => {
    const own = variants.filter((variant) => variant.model === model);
    return [
      ...own.filter((variant) => isBaseline(results, variant)),
      ...own.filter((variant) => !isBaseline(results, variant)),
    ];
  });
}

/** Title of a variant where several models share a figure or table: the model's name in front. */
export function variantTitle({ plan }: Results, variant: Variant): string {
  const models = new Set(plan.variants.map(({ model }) => model));
  return models.size > 1 ? `${variant.model} ${variant.title}` : variant.title;
}

/** True when the experiment makes checkpoints; one of imported results makes none. */
export function hasCheckpoints({ plan }: Results): boolean {
  return plan.cells.some(({ kind }) => kind === "compress");
}

/** Facts of a variant's checkpoint and the cell that made it; null when it was not made. */
export function checkpointOf(
  { plan, records }: Results,
  variant: string,
): { cell: Cell; facts: CheckpointFacts } | null {
  for (const cell of plan.cells) {
    if (cell.kind !== "compress" || cell.variant !== variant) continue;
    const facts = records.get(cell.id)?.checkpoint;
    if (facts) return { cell, facts };
  }
  return null;
}

/** Rows of one metric. */
export function rowsOf(results: Results, metric: string): ResultLine[] {
  return results.rows.filter((row) => row.metric === metric);
}

/** The summary's row of one value; undefined when there is none. */
export function summaryOf(
  results: Results,
  wanted: Pick<SummaryLine, "variant" | "benchmark" | "subtask" | "metric" | "parameter">,
): SummaryLine | undefined {
  return results.summary.find((row) =>
    row.variant === wanted.variant && row.benchmark === wanted.benchmark &&
    row.subtask === wanted.subtask && row.metric === wanted.metric &&
    row.parameter === wanted.parameter
  );
}
