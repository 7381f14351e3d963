/**
 * Imports files into a run: reads them, checks them against what the run has, and writes logs, records and plan.
 *
 * @module
 */
import { join } from "node:path";
import { writeJsonAtomically } from "../../data/atomic_write.ts";
import {
  cellFolder,
  type Plan,
  readPlan,
  readRecord,
  writePlan,
  writeRecord,
  writeRows,
} from "../../data/logs.ts";
import { completions, SCHEMA_VERSION, scores } from "../../data/schema.ts";
import type { Cell, RunRecord } from "../../data/types.ts";
import { emptyFolder, hashLogs } from "../cells/cell_files.ts";
import { UserError } from "../errors.ts";
import { currentCommit } from "../git_commit.ts";
import { hashFile } from "../hash.ts";
import { lockRuns } from "../run_lock.ts";
import { compareDocuments } from "./compare_documents.ts";
import { importCells, type ImportedCell, type SampleIdentity } from "./import_cells.ts";
import { planWithVariant, sourceHashes, sourcesOf } from "./imported_plan.ts";
import type { ImportRequest } from "./import_request.ts";
import { readFiles } from "./read_files.ts";

/** File in a cell's folder with the identity of its samples. */
const DOCUMENTS = "documents.json";

/** A cell, and whether it was in the run already. */
export interface ImportOutcome extends ImportedCell {
  state: "new" | "replaces" | "already imported";
}

/** What an import did, or would do. */
export interface ImportReport {
  plan: Plan;
  /** Folder of the run. */
  folder: string;
  cells: ImportOutcome[];
}

/**
 * Imports files. The same files again change nothing.
 *
 * @param command What the records name as their command.
 * @throws {UserError} When a file is damaged or does not fit what the run has; nothing is written then.
 */
export async function importResults(
  request: ImportRequest,
  command: string[],
  dryRun: boolean,
): Promise<ImportReport> {
  const started = new Date();
  const files = await readFiles(request.files, request.format);
  using _lock = dryRun ? null : await lockRuns(request.runs);
  const folder = join(request.runs, request.run);
  const before = planWithVariant(await readPlan(folder), request);
  const cells: ImportOutcome[] = [];
  for (const imported of importCells(request, files)) {
    cells.push(await settle(request, before, imported));
  }
  const plan = withCells(before, cells);
  if (!dryRun) {
    for (const imported of cells) {
      if (imported.state !== "already imported") {
        await writeCell(request.runs, imported, command, started);
      }
    }
    await writePlan(folder, plan);
  }
  return { plan, folder, cells };
}

/** Checks a cell against those of the run, and finds whether it takes another's place. */
async function settle(
  request: ImportRequest,
  plan: Plan,
  imported: ImportedCell,
): Promise<ImportOutcome> {
  const { cell, files } = imported;
  const own = plan.cells.find((other) => isSamePlace(other, cell));
  if (own !== undefined && sourceHashes(own) === sourceHashes(cell) && !request.replace) {
    const record = await readRecord(cellFolder(request.runs, own.id));
    if (record?.status === "done") return { ...imported, cell: own, state: "already imported" };
  } else if (own !== undefined && !request.replace) {
    const from = sourcesOf(own).map(({ file }) => file).join(", ");
    throw new UserError(
      `${
        files[0]!.path
      }: variant "${cell.variant}" has results of benchmark "${cell.benchmark}", seed ` +
        `${cell.seed}, from another file (${from}). --replace puts these in their place`,
    );
  }
  const warnings = [...imported.warnings];
  for (const other of plan.cells) {
    if (other.benchmark !== cell.benchmark || isSamePlace(other, cell)) continue;
    const documents = await readDocuments(request.runs, other);
    if (documents === null) continue;
    warnings.push(...compareDocuments(
      { name: files.map(({ path }) => path).join(", "), documents: imported.documents },
      { name: nameOf(other), documents },
    ));
    if (other.variant !== cell.variant && sourceHashes(other) === sourceHashes(cell)) {
      warnings.push(`the same content was imported as variant "${other.variant}"`);
    }
  }
  return {
    ...imported,
    warnings: [...new Set(warnings)],
    state: own === undefined ? "new" : "replaces",
  };
}

function nameOf(cell: Cell): string {
  return `variant "${cell.variant}" (${sourcesOf(cell).map(({ file }) => file).join(", ")})`;
}

function isSamePlace(a: Cell, b: Cell): boolean {
  return a.variant === b.variant && a.benchmark === b.benchmark && a.seed === b.seed;
}

/** New cells behind the others; what they replace goes, with the other repeats of the same files. */
function withCells(plan: Plan, outcomes: ImportOutcome[]): Plan {
  const added = outcomes.filter(({ state }) => state !== "already imported");
  const replaced = plan.cells.filter((cell) =>
    added.some((outcome) => isSamePlace(outcome.cell, cell))
  );
  const kept = plan.cells.filter((cell) =>
    !replaced.some((gone) =>
      gone.variant === cell.variant && gone.benchmark === cell.benchmark &&
      sourceHashes(gone) === sourceHashes(cell)
    )
  );
  return { ...plan, cells: [...kept, ...added.map(({ cell }) => cell)] };
}

async function readDocuments(
  runs: string,
  cell: Cell,
): Promise<Record<string, SampleIdentity> | null> {
  try {
    return JSON.parse(await Deno.readTextFile(join(cellFolder(runs, cell.id), DOCUMENTS)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function writeCell(
  runs: string,
  { cell, files, completions: answers, scores: scored, documents, warnings }: ImportedCell,
  command: string[],
  started: Date,
): Promise<void> {
  const folder = cellFolder(runs, cell.id);
  await emptyFolder(folder);
  await writeRows(join(folder, "completions.parquet"), completions, answers);
  await writeRows(join(folder, "scores.parquet"), scores, scored);
  await writeJsonAtomically(join(folder, DOCUMENTS), documents);
  const tools = files.map(({ format, log }) => [format.tool, log.version ?? "unknown"]);
  const record: RunRecord = {
    schemaVersion: SCHEMA_VERSION,
    cell,
    status: "done",
    error: null,
    warnings,
    commands: [command],
    versions: { deno: Deno.version.deno, ...Object.fromEntries(tools) },
    gitCommit: await currentCommit(),
    startedAt: started.toISOString(),
    seconds: (Date.now() - started.getTime()) / 1000,
    hashes: { ...await hashLogs(folder), [DOCUMENTS]: await hashFile(join(folder, DOCUMENTS)) },
    checkpoint: null,
  };
  await writeRecord(folder, record);
}
