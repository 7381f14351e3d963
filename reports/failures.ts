/**
 * Why a value is not there.
 *
 * @module
 */
import type { Cell, FailureKind, RunRecord } from "../data/types.ts";
import { plainLine } from "./render/plain_line.ts";
import type { TableCell } from "./render/table_data.ts";
import type { Results } from "./results.ts";

/** A cell that ended without its result. */
export interface Failure {
  cell: Cell;
  record: RunRecord;
  error: NonNullable<RunRecord["error"]>;
}

const KINDS: Record<Exclude<FailureKind, "error">, string> = {
  "timeout": "time limit",
  "out-of-memory": "out of memory",
  "crash": "process crashed",
  "interrupted": "interrupted",
  "needs-failed": "checkpoint failed",
  "not-possible": "not possible on this engine",
};

/** Longest reason in a table; the report's section on failures has the whole. */
const LONGEST_REASON = 28;

/** All failed cells in the plan's order. */
export function failures({ plan, records }: Results): Failure[] {
  return plan.cells.flatMap((cell) => {
    const record = records.get(cell.id);
    return record?.error ? [{ cell, record, error: record.error }] : [];
  });
}

/** Why a cell failed, in a few words. */
export function failureReason({ error }: Failure): string {
  if (error.kind !== "error") return KINDS[error.kind];
  const message = plainLine(error.message);
  return message.length > LONGEST_REASON ? `${message.slice(0, LONGEST_REASON - 1)}…` : message;
}

/** The table cell where these cells of the plan should have given a value and did not. */
export function absent(results: Results, cells: Cell[], what: string): TableCell {
  const ids = cells.map(({ id }) => id);
  const failed = failures(results).find(({ cell }) => ids.includes(cell.id));
  if (failed) return { kind: "failed", reason: failureReason(failed), cells: ids };
  if (cells.length === 0) return { kind: "missing", why: `${what} is not part of the experiment` };
  if (ids.some((id) => !results.records.has(id))) {
    return { kind: "missing", why: `${what} has not run yet` };
  }
  return { kind: "missing", why: `${what} gave no value` };
}
