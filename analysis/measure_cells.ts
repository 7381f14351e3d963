/**
 * Every finished cell of a run measured, one after the other.
 *
 * @module
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { cellFolder, type Row } from "../data/logs.ts";
import type { Cell } from "../data/types.ts";
import { readCapture } from "./capture.ts";
import { openCell, type StoredCell, writeCell } from "./cell_results.ts";
import type { CellsByEnd } from "./finished_cells.ts";
import { countHistograms, HISTOGRAM_POSITIONS } from "./histograms.ts";
import { measureCapture, measureSpectra, readScores } from "./measure.ts";
import { measurementKeys } from "./measurement_key.ts";
import { turns } from "./progress.ts";
import type { MeasuredBlock } from "./result_blocks.ts";
import type { ResultsOptions } from "./results_options.ts";
import { DEFAULT_POSITIONS } from "./sample_rows.ts";
import { followedCells, hasEpisodes } from "./spans/followed_cell.ts";
import { readSpanTokens } from "./spans/span_tokens.ts";
import { readSpectra } from "./spectra.ts";

/** The run, and what of it has ended. */
export interface FinishedRun {
  /** Folder of runs. */
  runs: string;
  /** Folder of the experiment. */
  folder: string;
  /** All of the plan. */
  cells: Cell[];
  ends: CellsByEnd;
  baselineOf: (variant: string) => string;
}

/** What was measured, on the disk. */
export interface MeasuredCells {
  cells: StoredCell[];
  /** Cells that had to be measured. */
  measured: number;
  /** Measured alone, since the baseline's cell that they compare with has not finished. */
  unpaired: Cell[];
}

/** Measures the cells that were not measured before. */
export async function measureCells(
  run: FinishedRun,
  options: ResultsOptions,
): Promise<MeasuredCells> {
  const { runs, ends } = run;
  const found: MeasuredCells = { cells: [], measured: 0, unpaired: [] };
  const store = join(run.folder, "measured");
  const used = new Set<string>();
  const bytes = new Map(ends.done.map(({ id }) => [id, bytesIn(cellFolder(runs, id))]));
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  const turn = turns(options.signal);
  const keyOf = measurementKeys(runs, ends.records, [
    options.positions,
    options.energyTemperatures,
    options.histogramPositions,
  ]);
  const followed = followedCells(run.cells, run.baselineOf);
  let [ended, bytesEnded] = [0, 0];
  for (const group of groups(ends.done, run.baselineOf)) {
    const text = decidesRows(group[0]!, options) ? followed(group[0]!) : undefined;
    const evaluated = text && ends.records.has(text.id) ? text : null;
    const logs = new GroupLogs(runs, evaluated, text !== undefined && hasEpisodes(text));
    for (const cell of group) {
      const doing = `measuring ${++ended} of ${ends.done.length}, ${cell.kind} ${cell.variant}`;
      await turn(() => options.onProgress?.({ doing, share: bytesEnded / Math.max(1, total) }));
      bytesEnded += bytes.get(cell.id)!;
      const isBaseline = cell.variant === run.baselineOf(cell.variant);
      if (isBaseline) logs.baseline = cell;
      else if (!logs.baseline && cell.kind !== "evaluate") found.unpaired.push(cell);
      const key = keyOf(cell, isBaseline ? null : logs.baseline, evaluated);
      const name = `${cell.id}-${key ?? "always"}`;
      const path = join(store, name);
      used.add(name);
      let stored = key === null ? null : openCell(path);
      if (stored === null) {
        const { blocks, histograms } = await measure(cell, logs, options);
        writeCell(path, blocks, histograms);
        stored = openCell(path)!;
        found.measured++;
      }
      found.cells.push(stored);
    }
  }
  removeOthers(store, used);
  return found;
}

/**
 * The logs of a group of cells. Those of the baseline, and the spans of episodes, are read once, when a cell must be
 * measured.
 */
class GroupLogs {
  /** The baseline's cell, once it has come. */
  baseline: Cell | null = null;
  readonly #runs: string;
  readonly #known = new Map<string, unknown>();

  /**
   * @param text The cell that was evaluated to the text that captures follow; null where it has not finished, or does not
   * decide what is measured.
   * @param hasEpisodes Whether that text is episodes, as far as is known without the cell's logs.
   */
  constructor(runs: string, readonly text: Cell | null, readonly hasEpisodes: boolean) {
    this.#runs = runs;
  }

  /** Reads a cell's logs. */
  async of<T>(cell: Cell, read: (folder: string) => Promise<T>): Promise<T> {
    if (this.#known.has(cell.id)) return this.#known.get(cell.id) as T;
    const logs = await read(cellFolder(this.#runs, cell.id));
    if (cell === this.baseline || cell === this.text) this.#known.set(cell.id, logs);
    return logs;
  }

  /** Reads a cell's logs and those of the baseline that it compares with. */
  async both<T>(cell: Cell, read: (folder: string) => Promise<T>): Promise<[T, T | null]> {
    const { baseline } = this;
    const theirs = baseline && baseline !== cell ? await this.of(baseline, read) : null;
    return [await this.of(cell, read), theirs];
  }
}

async function measure(
  cell: Cell,
  logs: GroupLogs,
  options: ResultsOptions,
): Promise<{ blocks: MeasuredBlock[]; histograms: Row[] }> {
  const { positions = DEFAULT_POSITIONS, histogramPositions = HISTOGRAM_POSITIONS } = options;
  if (cell.kind === "evaluate") {
    return { blocks: await logs.of(cell, (folder) => readScores(cell, folder)), histograms: [] };
  }
  if (cell.kind === "compress") {
    const [own, baseline] = await logs.both(cell, readSpectra);
    return { blocks: measureSpectra(cell, own, baseline), histograms: [] };
  }
  const spans = logs.text && await logs.of(logs.text, readSpanTokens);
  const episodes = spans ?? (logs.hasEpisodes ? "not evaluated" : null);
  const temperatures = options.energyTemperatures;
  const [own, baseline] = await logs.both(
    cell,
    (folder) => readCapture(folder, { positions, episodes, temperatures }),
  );
  return {
    blocks: await measureCapture(cell, own, baseline),
    histograms: countHistograms(cell, own, baseline, histogramPositions),
  };
}

/** Whether the text that a cell follows decides what is measured. */
function decidesRows({ kind }: Cell, { positions = DEFAULT_POSITIONS }: ResultsOptions): boolean {
  return kind === "capture" && positions === "own";
}

function bytesIn(folder: string): number {
  let bytes = 0;
  for (const { name, isFile } of Deno.readDirSync(folder)) {
    if (isFile && /\.(arrow|parquet)$/.test(name)) bytes += statSync(join(folder, name)).size;
  }
  return bytes;
}

/** Removes what was measured with other options, other code or on cells that are no more. */
function removeOthers(store: string, used: Set<string>): void {
  if (used.size === 0) return;
  for (const { name } of Deno.readDirSync(store)) {
    if (!used.has(name)) Deno.removeSync(join(store, name));
  }
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
