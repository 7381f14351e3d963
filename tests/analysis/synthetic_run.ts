/**
 * A small folder of runs with known logs, for tests.
 *
 * @module
 */
import {
  FixedSizeList,
  Float32,
  makeData,
  makeVector,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { Field } from "apache-arrow";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import {
  cellFolder,
  type Plan,
  readRecord,
  type VectorLog,
  writePlan,
  writeRecord,
  writeRows,
} from "../../data/logs.ts";
import { SCHEMA_VERSION, scores, spectra, steps } from "../../data/schema.ts";
import type { Cell, CellKind, Variant } from "../../data/types.ts";

/** Name of the synthetic experiment. */
export const EXPERIMENT = "synthetic";

/** Works in a folder that is removed afterwards. */
export async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-results-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Variants `tiny/<name>`, the first of them the baseline, with every cell of the kinds. */
export function planOf(names: string[], kinds: CellKind[], seeds = [0]): Plan {
  const variants = names.map((name): Variant => ({
    id: `tiny/${name}`,
    model: "tiny",
    method: name,
    title: name,
    settings: {},
    calibration: null,
  }));
  const cells = variants.flatMap((variant) =>
    kinds.flatMap((kind) =>
      (kind === "compress" ? [null] : seeds).map((seed) => cell(variant.id, kind, seed))
    )
  );
  return {
    experiment: EXPERIMENT,
    description: "",
    baseline: { tiny: variants[0]!.id },
    variants,
    cells,
  };
}

function cell(variant: string, kind: CellKind, seed: number | null): Cell {
  const benchmark = kind === "compress" ? null : "suite";
  return { id: idOf(variant, kind, seed), kind, variant, benchmark, seed, needs: [], inputs: {} };
}

/** Id of a cell: 16 hex digits that depend on what it is. */
export function idOf(variant: string, kind: CellKind, seed: number | null): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(`${variant} ${kind} ${seed}`)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** Writes the plan. */
export async function writePlanOf(runs: string, plan: Plan): Promise<void> {
  await writePlan(join(runs, EXPERIMENT), plan);
}

/** Writes the record of a cell, which ends it. */
export async function endCell(
  runs: string,
  cell: Cell,
  failure: string | null = null,
): Promise<void> {
  await writeRecord(cellFolder(runs, cell.id), {
    schemaVersion: SCHEMA_VERSION,
    cell,
    status: failure === null ? "done" : "failed",
    error: failure === null ? null : { message: failure, logTail: "", kind: "error" },
    commands: [],
    versions: {},
    gitCommit: null,
    startedAt: "2026-01-01T00:00:00Z",
    seconds: 1,
    hashes: {},
    warnings: [],
    checkpoint: null,
  });
}

/** Ends a cell with a record that lists the hashes of its logs, as a run does. */
export async function endCellWithHashes(runs: string, cell: Cell): Promise<void> {
  await endCell(runs, cell);
  const folder = cellFolder(runs, cell.id);
  const record = (await readRecord(folder))!;
  for (const { name } of Deno.readDirSync(folder)) {
    if (name === "record.json") continue;
    const bytes = await Deno.readFile(join(folder, name));
    record.hashes[name] = createHash("sha256").update(bytes).digest("hex");
  }
  await writeRecord(folder, record);
}

/** Writes the spans of episodes: `[sample, span, first position or null, tokens]`. */
export async function writeSteps(
  runs: string,
  cell: Cell,
  spans: [string, string, number | null, number][],
): Promise<void> {
  const rows = spans.map(([sample_id, span, position, tokens]) => ({
    sample_id,
    step: 0,
    span,
    text: "",
    valid: null,
    progress: null,
    finish_reason: null,
    position,
    token_count: position === null ? null : tokens,
  }));
  const folder = cellFolder(runs, cell.id);
  await Deno.mkdir(folder, { recursive: true });
  await writeRows(join(folder, "steps.parquet"), steps, rows);
}

/** Writes a log of vectors; the last column has this name. */
export async function writeVectors(path: string, name: string, log: VectorLog): Promise<void> {
  const child = makeData({ type: new Float32(), data: log.values });
  const type = new FixedSizeList(log.width, new Field("item", new Float32(), false));
  const list = makeData({ type, length: log.rows, nullCount: 0, child });
  const table = new Table({
    sample_id: vectorFromArray(log.sampleId, new Utf8()),
    token_index: makeVector(log.tokenIndex),
    position: makeVector(log.position),
    token_id: makeVector(log.tokenId),
    [name]: makeVector(list),
  });
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, tableToIPC(table, "file"));
}

/** Writes a score for each sample: `[sample, subtask, value]`, all under one name. */
export async function writeScores(
  runs: string,
  cell: Cell,
  metric: string,
  values: [string, string, number | null][],
): Promise<void> {
  const rows = values.map(([sample_id, subtask, value]) => ({
    sample_id,
    subtask,
    metric,
    value,
    reason: value === null ? "no answer" : null,
    scorer: "test 1",
    scorer_mode: "fixed",
  }));
  await writeRows(join(cellFolder(runs, cell.id), "scores.parquet"), scores, rows);
}

/** Writes the spectrum of one layer, raw and normalised. */
export async function writeSpectra(
  runs: string,
  cell: Cell,
  layer: string,
  singularValues: number[],
): Promise<void> {
  const row = (transform: string, values: number[]) => ({
    source: "weight",
    layer,
    transform,
    row_count: values.length,
    column_count: values.length,
    singular_values: values,
  });
  await writeRows(join(cellFolder(runs, cell.id), "spectra.parquet"), spectra, [
    row("raw", singularValues),
    row("normalised", singularValues.map((value) => value * value)),
  ]);
}
