/**
 * Runs and metrics to `results.parquet`, `summary.parquet` and the other files of an experiment.
 *
 * @module
 */
import { join } from "node:path";
import { cellFolder, createResults, readPlan, type Row, writeRows } from "../data/logs.ts";
import { histograms as histogramsSchema, summary as summarySchema } from "../data/schema.ts";
import type { Cell } from "../data/types.ts";
import { type Capture, type Positions, readCapture } from "./capture.ts";
import { DEFAULT_MARGIN } from "./choice/judge.ts";
import { writeChoices, type WrittenChoices } from "./choice/write_choices.ts";
import { baselineOf, cellsByEnd, type FailedCell } from "./finished_cells.ts";
import { compareHistograms, countHistograms, HISTOGRAM_POSITIONS } from "./histograms.ts";
import { measureCapture, measureSpectra, readScores } from "./measure.ts";
import { compareBlocks, type MeasuredBlock } from "./result_blocks.ts";
import { writeSpans, type WrittenSpans } from "./spans/write_spans.ts";
import { readSpectra, type Spectrum } from "./spectra.ts";
import { Summary, summaryColumns } from "./summary.ts";

/** How results are built. */
export interface ResultsOptions {
  /** Whether the metrics of logits take in the prompt's positions; by default they do not. */
  positions?: Positions;
  /** Positions of the continuation whose logits are counted; by default {@link HISTOGRAM_POSITIONS}. */
  histogramPositions?: readonly number[];
  /** Temperatures of the energies, above 0; by default 1 alone. */
  energyTemperatures?: readonly number[];
  /** Largest difference that counts as none, for scores between 0 and 1. */
  margin?: number;
  /** Called before each cell. */
  onProgress?(done: number, total: number, cell: Cell): void;
}

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
 * Measures every finished cell of an experiment and writes its results and their summary, always anew. The
 * same logs give the same bytes.
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
  const { done, failed, missing } = await cellsByEnd(runs, plan);
  const { blocks, histograms, unpaired } = await measureCells(
    runs,
    done,
    baselineOf(runs, plan),
    options,
  );
  const paths = {
    results: join(folder, "results.parquet"),
    summary: join(folder, "summary.parquet"),
    histograms: join(folder, "histograms.parquet"),
  };
  using results = createResults(paths.results);
  const summary = new Summary(baselineOf(runs, plan));
  for (const block of blocks.sort(compareBlocks)) {
    results.write(block);
    summary.add(block);
  }
  const rows = summary.rows();
  results.finish();
  await writeRows(paths.summary, summarySchema, rows.map(summaryColumns));
  await writeRows(paths.histograms, histogramsSchema, histograms.sort(compareHistograms));
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
    cells: done.length,
    failed,
    missing,
    unpaired,
  };
}

async function measureCells(
  runs: string,
  cells: Cell[],
  baselineOf: (variant: string) => string,
  options: ResultsOptions,
): Promise<{ blocks: MeasuredBlock[]; histograms: Row[]; unpaired: Cell[] }> {
  const { positions = "continuation", histogramPositions = HISTOGRAM_POSITIONS } = options;
  const blocks: MeasuredBlock[] = [];
  const histograms: Row[] = [];
  const unpaired: Cell[] = [];
  let begun = 0;
  // A group shares one baseline, which is read once and dropped with the group.
  for (const group of groups(cells, baselineOf)) {
    let capture: Capture | null = null;
    let spectra: Spectrum[] | null = null;
    for (const cell of group) {
      options.onProgress?.(begun++, cells.length, cell);
      const folder = cellFolder(runs, cell.id);
      const isBaseline = cell.variant === baselineOf(cell.variant);
      if (cell.kind === "evaluate") {
        blocks.push(...await readScores(cell, folder));
      } else if (cell.kind === "capture") {
        const own = await readCapture(folder, positions, options.energyTemperatures);
        blocks.push(...await measureCapture(cell, own, capture));
        histograms.push(...countHistograms(cell, own, capture, histogramPositions));
        if (isBaseline) capture = own;
        else if (capture === null) unpaired.push(cell);
      } else {
        const own = await readSpectra(folder);
        blocks.push(...measureSpectra(cell, own, spectra));
        if (isBaseline) spectra = own;
        else if (spectra === null) unpaired.push(cell);
      }
    }
  }
  return { blocks, histograms, unpaired };
}

/** Cells of the same kind, baseline, benchmark and seed, the baseline's own first. */
function groups(cells: Cell[], baselineOf: (variant: string) => string): Cell[][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const { kind, variant, benchmark, seed } = cell;
    const key = JSON.stringify([kind, baselineOf(variant), benchmark, seed]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    if (variant === baselineOf(variant)) group.unshift(cell);
    else group.push(cell);
  }
  return [...groups.values()];
}
