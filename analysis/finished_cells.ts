/**
 * Which cells of a plan have logs to measure.
 *
 * @module
 */
import { join } from "node:path";
import { cellFolder, LogError, type Plan, readRecord } from "../data/logs.ts";
import type { Cell, RunRecord } from "../data/types.ts";

/** A cell without logs, and why. */
export interface FailedCell {
  cell: Cell;
  message: string;
}

/** The cells of a plan by how they ended. */
export interface CellsByEnd {
  done: Cell[];
  /** Records of those that are done, by the cell's id. */
  records: Map<string, RunRecord>;
  failed: FailedCell[];
  /** Without a record: never started, or interrupted. */
  missing: Cell[];
}

/** Reads the records of a plan's cells. */
export async function cellsByEnd(runs: string, plan: Plan): Promise<CellsByEnd> {
  const ends: CellsByEnd = { done: [], records: new Map(), failed: [], missing: [] };
  const records = await Promise.all(plan.cells.map(({ id }) => readRecord(cellFolder(runs, id))));
  plan.cells.forEach((cell, index) => {
    const record = records[index]!;
    if (record === null) ends.missing.push(cell);
    else if (record.status === "done") {
      ends.done.push(cell);
      ends.records.set(cell.id, record);
    } else ends.failed.push({ cell, message: record.error?.message ?? "no reason was recorded" });
  });
  return ends;
}

/** Gives each variant's baseline. Throws where the plan does not know the variant or its baseline. */
export function baselineOf(runs: string, plan: Plan): (variant: string) => string {
  const models = new Map(plan.variants.map(({ id, model }) => [id, model]));
  return (variant) => {
    const model = models.get(variant);
    const baseline = model === undefined ? undefined : plan.baseline[model];
    if (baseline !== undefined) return baseline;
    throw new LogError(
      join(runs, plan.experiment, "plan.json"),
      model === undefined
        ? `a cell is of variant "${variant}", which the plan does not list`
        : `model "${model}" has no baseline`,
      "Run the experiment again, which writes the plan anew; import a baseline (deno task import --baseline) " +
        "where the run was imported",
    );
  };
}
