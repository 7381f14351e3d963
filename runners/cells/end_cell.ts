import { cellFolder, writeRecord } from "../../data/logs.ts";
import { SCHEMA_VERSION } from "../../data/schema.ts";
import type { Cell, RunRecord } from "../../data/types.ts";
import type { CellEnd, RunContext } from "../run_context.ts";
import { hashLogs } from "./cell_files.ts";

/** Writes a cell's record, the last thing that happens to it, and tells the observer. */
export async function endCell(
  context: RunContext,
  cell: Cell,
  versions: Record<string, string>,
  end: CellEnd,
): Promise<void> {
  const folder = cellFolder(context.runs, cell.id);
  await Deno.mkdir(folder, { recursive: true });
  const record: RunRecord = {
    schemaVersion: SCHEMA_VERSION,
    cell,
    status: end.failure ? "failed" : "done",
    error: end.failure,
    warnings: end.warnings,
    commands: end.command.length > 0 ? [end.command] : [],
    versions: { deno: Deno.version.deno, ...versions },
    gitCommit: context.gitCommit,
    startedAt: new Date(Date.now() - end.seconds * 1000).toISOString(),
    seconds: end.seconds,
    hashes: end.failure ? {} : await hashLogs(folder),
    checkpoint: end.checkpoint,
    ...(end.substitute ? { substitute: end.substitute } : {}),
  };
  await writeRecord(folder, record);
  context.observer.onEnd(cell, record);
}

/** Records that a cell could not start because one that it needs has no result. */
export async function endUnreachable(
  context: RunContext,
  cell: Cell,
  needed: string,
): Promise<void> {
  await endCell(context, cell, {}, {
    command: [],
    seconds: 0,
    checkpoint: null,
    warnings: [],
    failure: { kind: "needs-failed", message: `Its ${needed} failed`, logTail: "" },
  });
}
