/**
 * What tables, figures and the page are views of: the plan, records, results and summary of one
 * experiment. Measured values are read by metric, when a table or figure asks for them.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  cellFolder,
  LogError,
  openResults,
  type Plan,
  readPlan,
  readRecord,
  readRows,
  reasonAt,
  type ResultBlock,
  valueAt,
} from "../data/logs.ts";
import type { LogSchema, RowOf } from "../data/column.ts";
import {
  capabilities as capabilitiesSchema,
  type CapabilityLine,
  type HistogramLine,
  histograms as histogramsSchema,
  type ResultLine,
  results as resultsSchema,
  type SpanLine,
  spans as spansSchema,
  summary as summarySchema,
  type SummaryLine,
} from "../data/result_schema.ts";
import type { Cell, CheckpointFacts, RunRecord, Variant } from "../data/types.ts";

/** Everything that is known of an experiment. */
export interface Results {
  plan: Plan;
  /** Records by the cell's id; a cell without one has not ended. */
  records: Map<string, RunRecord>;
  /** Every measured value; {@link rowsOf} and {@link blocksOf} give those of a metric. */
  measured: Measurements;
  summary: SummaryLine[];
  /** What each method keeps of each capability, and what it costs. */
  capabilities: CapabilityLine[];
  /** Metrics in the reasoning and in the actions of environments' episodes. */
  spans: SpanLine[];
  /** None where results were built without them. */
  histograms: HistogramLine[];
}

/** Where measured values come from. */
export interface Measurements {
  /** The values of a metric or score in columns, in the order of the log. */
  blocks(metric: string): ResultBlock[];
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
  const file = openResults(built(folder, experiment, resultsSchema.name));
  return {
    plan,
    records,
    measured: file,
    summary: await readRows(built(folder, experiment, summarySchema.name), summarySchema),
    // What they say beyond their columns' types is what analysis writes.
    capabilities: await readIfBuilt(folder, capabilitiesSchema) as CapabilityLine[],
    spans: await readIfBuilt(folder, spansSchema) as SpanLine[],
    histograms: await readIfBuilt(folder, histogramsSchema),
  };
}

/** What older results lack is empty. */
async function readIfBuilt<Schema extends LogSchema>(
  folder: string,
  schema: Schema,
): Promise<RowOf<Schema>[]> {
  const path = join(folder, `${schema.name}.parquet`);
  return existsSync(path) ? await readRows(path, schema) : [];
}

/** Path of what `deno task results` makes; an experiment that has only been run lacks it. */
function built(folder: string, experiment: string, name: string): string {
  const path = join(folder, `${name}.parquet`);
  if (existsSync(path)) return path;
  const mend = `Build them with: deno task results ${experiment}`;
  throw new LogError(path, "the results have not been built", mend);
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

/** Title of a variant or method where several models share a figure or table: the model's name in front. */
export function variantTitle(
  { plan }: Results,
  { model, title }: Pick<Variant, "model" | "title">,
): string {
  const models = new Set(plan.variants.map((variant) => variant.model));
  return models.size > 1 ? `${model} ${title}` : title;
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

/** What was read, by where it came from: it lives as long as that. */
const knownBlocks = new WeakMap<Measurements, Map<string, ResultBlock[]>>();
const knownRows = new WeakMap<Measurements, Map<string, ResultLine[]>>();
const knownSummaries = new WeakMap<SummaryLine[], Map<string, SummaryLine>>();

/**
 * The values of one metric or score in columns, read on first use. They take a tenth of the memory of
 * {@link rowsOf}: what looks at every position should use them.
 */
export function blocksOf({ measured }: Results, metric: string): ResultBlock[] {
  return remembered(knownBlocks, measured, metric, () => measured.blocks(metric));
}

/** The rows of one metric or score, made on first use. */
export function rowsOf(results: Results, metric: string): ResultLine[] {
  return remembered(
    knownRows,
    results.measured,
    metric,
    () => blocksOf(results, metric).flatMap(linesOf),
  );
}

function remembered<T>(
  known: WeakMap<Measurements, Map<string, T>>,
  of: Measurements,
  metric: string,
  read: () => T,
): T {
  let byMetric = known.get(of);
  if (!byMetric) known.set(of, byMetric = new Map());
  let found = byMetric.get(metric);
  if (found === undefined) byMetric.set(metric, found = read());
  return found;
}

function linesOf(block: ResultBlock): ResultLine[] {
  const { cellId, variant, benchmark, subtask, metric, parameter, seed } = block;
  return Array.from(block.value, (_, index) => ({
    cell_id: cellId,
    variant,
    benchmark,
    subtask,
    metric,
    parameter,
    sample_id: block.samples[block.sample[index]!]!,
    position: block.position && block.position[index]!,
    seed,
    value: valueAt(block, index),
    reason: reasonAt(block, index),
  }));
}

/** The summary's row of one value; undefined when there is none. */
export function summaryOf(
  { summary }: Results,
  wanted: Pick<SummaryLine, "variant" | "benchmark" | "subtask" | "metric" | "parameter">,
): SummaryLine | undefined {
  let byKey = knownSummaries.get(summary);
  if (!byKey) {
    // The first of several, as a search from the beginning finds it.
    byKey = new Map(summary.toReversed().map((line) => [summaryKey(line), line]));
    knownSummaries.set(summary, byKey);
  }
  return byKey.get(summaryKey(wanted));
}

function summaryKey(
  line: Pick<SummaryLine, "variant" | "benchmark" | "subtask" | "metric" | "parameter">,
): string {
  return JSON.stringify([
    line.variant,
    line.benchmark,
    line.subtask,
    line.metric,
    line.parameter,
  ]);
}
