/**
 * Results to `comparisons.parquet`, `capabilities.parquet` and the sentences on what to choose.
 *
 * @module
 */
import { join } from "node:path";
import { cellFolder, type Plan, readRecord, writeRows } from "../../data/logs.ts";
import {
  capabilities as capabilitiesSchema,
  comparisons as comparisonsSchema,
} from "../../data/schema.ts";
import type { CheckpointFacts } from "../../data/types.ts";
import { capabilityLines, type Cost } from "./capabilities.ts";
import { type Choice, choices } from "./choice_sentence.ts";
import { comparisons, lineColumns } from "./comparisons.ts";
import { type Method, methodsOf } from "./methods.ts";
import { type ScoredRow, scoreTables } from "./score_tables.ts";

/** What was written, and what it says. */
export interface WrittenChoices {
  /** Paths of the two files. */
  comparisons: string;
  capabilities: string;
  comparisonRows: number;
  /** What to choose, one a model and capability. */
  choices: Choice[];
}

/**
 * Compares every method with its baseline and writes what came of it.
 *
 * @param margin Largest difference that counts as none, for scores between 0 and 1.
 */
export async function writeChoices(
  runs: string,
  plan: Plan,
  rows: Iterable<ScoredRow>,
  margin: number,
): Promise<WrittenChoices> {
  const folder = join(runs, plan.experiment);
  const paths = {
    comparisons: join(folder, "comparisons.parquet"),
    capabilities: join(folder, "capabilities.parquet"),
  };
  const tables = scoreTables(rows);
  const methods = methodsOf(plan);
  const facts = await checkpointFacts(runs, plan);
  const compared = comparisons(tables, methods, margin);
  const costOf = (method: Method) => meanCost(method.variants.flatMap((id) => facts.get(id) ?? []));
  const lines = capabilityLines(tables, methods, plan.mainMetrics ?? {}, costOf, margin);
  await writeRows(paths.comparisons, comparisonsSchema, compared.map(lineColumns));
  await writeRows(paths.capabilities, capabilitiesSchema, lines.map(lineColumns));
  return { ...paths, comparisonRows: compared.length, choices: choices(lines) };
}

async function checkpointFacts(runs: string, plan: Plan): Promise<Map<string, CheckpointFacts>> {
  const facts = new Map<string, CheckpointFacts>();
  for (const { id, kind, variant } of plan.cells) {
    if (kind !== "compress") continue;
    const record = await readRecord(cellFolder(runs, id));
    if (record?.checkpoint) facts.set(variant, record.checkpoint);
  }
  return facts;
}

function meanCost(facts: CheckpointFacts[]): Cost | null {
  if (facts.length === 0) return null;
  const mean = (of: (one: CheckpointFacts) => number) =>
    facts.reduce((sum, one) => sum + of(one), 0) / facts.length;
  return {
    storedBytes: mean(({ storedBytes }) => storedBytes),
    effectiveBits: mean(({ effectiveBits }) => effectiveBits),
  };
}
