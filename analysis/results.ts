/**
 * Runs and metrics to `results.parquet`, `summary.parquet` and the other files of an experiment.
 *
 * @module
 */
import { join } from "node:path";
import { createResults, readPlan, writeRows } from "../data/logs.ts";
import { histograms as histogramsSchema, summary as summarySchema } from "../data/result_schema.ts";
import type { Cell } from "../data/types.ts";
import { DEFAULT_MARGIN } from "./choice/judge.ts";
import { writeChoices, type WrittenChoices } from "./choice/write_choices.ts";
import { baselineOf, cellsByEnd, type FailedCell } from "./finished_cells.ts";
import { compareHistograms } from "./histograms.ts";
import { measureCells } from "./measure_cells.ts";
import { turns } from "./progress.ts";
import { compareBlocks } from "./result_blocks.ts";
import type { ResultsOptions } from "./results_options.ts";
import { writeSpans, type WrittenSpans } from "./spans/write_spans.ts";
import { Summary, summaryColumns } from "./summary.ts";

/** What was built, and what had nothing to measure. */
export interface BuiltResults extends WrittenChoices, WrittenSpans {
  experiment: string;
  /** Paths of these files. */
  results: string;
  summary: string;
  histograms: string;
  /** Rows in each. */
  rows: number;
  summaryRows: number;
  histogramRows: number;
  /** Cells that gave rows. */
  cells: number;
  /** How many of these were measured now, and not before. */
  measured: number;
  failed: FailedCell[];
  /** Cells that have not ended. */
  missing: Cell[];
  /** Measured alone, since the baseline's cell that they compare with has not finished. */
  unpaired: Cell[];
}

/** There is no plan under the name. */
export class UnknownExperimentError extends Error {
  override name = "UnknownExperimentError";
}

/**
 * Measures every finished cell of an experiment that was not measured before, and writes the results and their summary
 * anew. The same logs give the same bytes.
 *
 * @param runs Folder of runs.
 * @throws {UnknownExperimentError} When it was never run.
 * @throws {LogError} When a log is damaged; nothing is written then.
 */
export async function buildResults(
  runs: string,
  experiment: string,
  options: ResultsOptions = {},
): Promise<BuiltResults> {
  const folder = join(runs, experiment);
  const plan = await readPlan(folder);
  if (plan === null) throw new UnknownExperimentError(`There is no experiment "${experiment}"`);
  const ends = await cellsByEnd(runs, plan);
  const { cells, measured, unpaired } = await measureCells(
    { runs, folder, cells: plan.cells, ends, baselineOf: baselineOf(runs, plan) },
    options,
  );
  const paths = {
    results: join(folder, "results.parquet"),
    summary: join(folder, "summary.parquet"),
    histograms: join(folder, "histograms.parquet"),
  };
  using results = createResults(paths.results);
  const summary = new Summary(baselineOf(runs, plan));
  const blocks = cells.flatMap(({ blocks }) => blocks).sort(compareBlocks);
  const turn = turns(options.signal);
  for (const [index, stored] of blocks.entries()) {
    await turn(() => options.onProgress?.({ doing: "writing", share: index / blocks.length }));
    const block = stored.read();
    results.write(block);
    summary.add(block);
  }
  const rows = summary.rows();
  const histograms = cells.flatMap(({ histograms }) => histograms).sort(compareHistograms);
  results.finish();
  await writeRows(paths.summary, summarySchema, rows.map(summaryColumns));
  await writeRows(paths.histograms, histogramsSchema, histograms);
  const decided = await writeChoices(runs, plan, options.margin ?? DEFAULT_MARGIN);
  const bySpan = await writeSpans(runs, plan);
  return {
    experiment,
    ...paths,
    ...decided,
    ...bySpan,
    rows: results.rows,
    summaryRows: rows.length,
    histogramRows: histograms.length,
    cells: ends.done.length,
    measured,
    failed: ends.failed,
    missing: ends.missing,
    unpaired,
  };
}
