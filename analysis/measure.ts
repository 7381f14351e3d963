/**
 * Results of one cell: its metrics, or its scores.
 *
 * @module
 */
import { join } from "node:path";
import { LogError, readRows, type Row } from "../data/logs.ts";
import { scores as scoresSchema } from "../data/schema.ts";
import type { Cell } from "../data/types.ts";
import { type Capture, checkAligned } from "./capture.ts";
import { prepareStatistics } from "./metrics/derived.ts";
import { type Outcome, valuesOver } from "./metrics/measured.ts";
import { metricNamed, METRICS } from "./metrics/registry.ts";
import { type MeasuredBlock, resultBlocks } from "./result_blocks.ts";
import type { Spectrum } from "./spectra.ts";

/**
 * Every metric of a capture.
 *
 * @param baseline The capture of the same benchmark and seed under the baseline; null for the baseline itself
 * or where it has not finished, which leaves out the metrics that compare.
 * @throws {LogError} When the two captures are not of the same tokens.
 */
export async function measureCapture(
  cell: Cell,
  variant: Capture,
  baseline: Capture | null,
): Promise<MeasuredBlock[]> {
  if (baseline) {
    checkAligned(variant.path, variant.tokens, baseline.path, baseline.tokens);
    checkWidth("logits", variant.path, variant.tokens.width, baseline.tokens.width);
    checkTiers(variant, baseline);
  }
  await prepareStatistics(variant, baseline);
  return Object.values(METRICS).flatMap((metric) => {
    if (!metric.needsBaseline) {
      return resultBlocks(cell, metric.name, metric.measureCapture?.(variant) ?? []);
    }
    if (!baseline) return [];
    return resultBlocks(cell, metric.name, metric.measureCapture?.(variant, baseline) ?? []);
  });
}

/** Full logits compare with full logits, and sketches with the baseline's that they were made against. */
function checkTiers(variant: Capture, baseline: Capture): void {
  const mend =
    "Run the experiment again; where that does not help, delete both cells' folders first";
  const both = variant.logits !== null && baseline.logits !== null;
  if (!both && !(variant.sketch && baseline.sketch)) {
    const found = variant.sketch ? "a sketch of logits" : "full logits";
    throw new LogError(variant.path, `${found}, but not so ${baseline.path}`, mend);
  }
  const [made, is] = [variant.sketch?.baselineHash, baseline.sketch?.hash];
  if (variant.sketch && baseline.sketch && made !== is) {
    throw new LogError(variant.path, `made against another sketch than ${baseline.path}`, mend);
  }
}

function checkWidth(what: string, path: string, found: number, expected: number): void {
  if (found === expected) return;
  throw new LogError(
    path,
    `${found} ${what} a token, expected ${expected} as in the baseline's`,
    "A variant must have its baseline's vocabulary: check the checkpoint, then run again",
  );
}

/** Every metric of a checkpoint's weights; `baseline` as for {@link measureCapture}. */
export function measureSpectra(
  cell: Cell,
  variant: Spectrum[],
  baseline: Spectrum[] | null,
): MeasuredBlock[] {
  return Object.values(METRICS).flatMap((metric) => {
    if (!metric.needsBaseline) {
      return resultBlocks(cell, metric.name, metric.measureSpectra?.(variant) ?? []);
    }
    if (!baseline) return [];
    return resultBlocks(cell, metric.name, metric.measureSpectra?.(variant, baseline) ?? []);
  });
}

/**
 * Scores of an evaluation as results: the score's name is the metric. Where a score was made in both
 * scorer modes, the parameter tells them apart.
 *
 * @param folder The cell's folder.
 * @throws {LogError} When the log is damaged, or scores a sample twice.
 */
export async function readScores(cell: Cell, folder: string): Promise<MeasuredBlock[]> {
  const path = join(folder, "scores.parquet");
  const rows = await readRows(path, scoresSchema);
  const modes = new Map<string, Set<unknown>>();
  const name = (row: Row) => JSON.stringify([row.subtask, row.metric]);
  for (const row of rows) {
    const found = modes.get(name(row)) ?? new Set();
    modes.set(name(row), found.add(row.scorer_mode));
  }
  const groups = new Map<string, ScoreGroup>();
  rows.forEach((row, index) => {
    const metric = isImported(cell) ? importedName(row) : row.metric as string;
    if (metricNamed(metric)) {
      throw new LogError(
        path,
        `row ${index} scores "${metric}", which is the name of a metric`,
        "Give the benchmark's score another name, then score again",
      );
    }
    const parameter = modes.get(name(row))!.size > 1 ? `scorer_mode=${row.scorer_mode}` : null;
    const subtask = row.subtask as string;
    const key = JSON.stringify([subtask, metric, parameter]);
    const group = groups.get(key) ?? { subtask, metric, parameter, outcomes: new Map() };
    groups.set(key, group);
    const sampleId = row.sample_id as string;
    if (group.outcomes.has(sampleId)) {
      throw new LogError(
        path,
        `row ${index} scores sample ${JSON.stringify(sampleId)} a second time as "${metric}"`,
        "Delete the cell's folder and run the experiment again",
      );
    }
    const reason = row.reason as string | null ?? "no reason was given";
    group.outcomes.set(sampleId, row.value as number | null ?? { reason });
  });
  return [...groups.values()].flatMap(({ subtask, metric, parameter, outcomes }) => {
    const samples = [...outcomes.keys()].sort();
    const places = { samples, sample: Int32Array.from(samples.keys()), position: null };
    const values = valuesOver(places, parameter, (index) => outcomes.get(samples[index]!)!);
    return resultBlocks(cell, metric, [values], subtask);
  });
}

/** The values of one score by sample. */
interface ScoreGroup {
  subtask: string;
  metric: string;
  parameter: string | null;
  outcomes: Map<string, Outcome>;
}

function isImported({ inputs }: Cell): boolean {
  return Array.isArray(inputs.imported);
}

/** Other tools name their scores as they like: one that has the name of a metric gets its scorer behind it. */
function importedName({ metric, scorer }: Row): string {
  return metricNamed(metric as string) ? `${metric} (${scorer})` : metric as string;
}
