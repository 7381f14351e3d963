/**
 * Results to `comparisons.parquet`, `capabilities.parquet` and the sentences on what to choose.
 *
 * @module
 */
import { join } from "node:path";
import {
  cellFolder,
  openResults,
  type Plan,
  readRecord,
  readRows,
  valueAt,
  writeRows,
} from "../../data/logs.ts";
import {
  capabilities as capabilitiesSchema,
  comparisons as comparisonsSchema,
  summary as summarySchema,
} from "../../data/result_schema.ts";
import type { CheckpointFacts } from "../../data/types.ts";
import { capabilityLines, type Cost } from "./capabilities.ts";
import { type Choice, choices } from "./choice_sentence.ts";
import { comparisons } from "./comparisons.ts";
import { type Method, methodsOf } from "../methods.ts";
import { isCompared, type ScoredRow, scoreTables } from "./score_tables.ts";

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
 * Compares every method with its baseline, as `results.parquet` and `summary.parquet` have the values, and writes what
 * came of it beside them.
 *
 * @param margin Largest difference that counts as none, for scores between 0 and 1.
 */
export async function writeChoices(
  runs: string,
  plan: Plan,
  margin: number,
): Promise<WrittenChoices> {
  const folder = join(runs, plan.experiment);
  const paths = {
    comparisons: join(folder, "comparisons.parquet"),
    capabilities: join(folder, "capabilities.parquet"),
  };
  const tables = scoreTables(await comparedRows(folder));
  const methods = methodsOf(plan);
  const facts = await checkpointFacts(runs, plan);
  const compared = comparisons(tables, methods, margin);
  const costOf = (method: Method) => meanCost(method.variants.flatMap((id) => facts.get(id) ?? []));
  const lines = capabilityLines(tables, methods, plan.mainMetrics ?? {}, costOf, margin);
  await writeRows(paths.comparisons, comparisonsSchema, compared);
  await writeRows(paths.capabilities, capabilitiesSchema, lines);
  return { ...paths, comparisonRows: compared.length, choices: choices(lines) };
}

/** The values of all scores, and of the metrics that are compared beside them. */
async function comparedRows(folder: string): Promise<Iterable<ScoredRow>> {
  const lines = await readRows(join(folder, "summary.parquet"), summarySchema);
  const metrics = [...new Set(lines.map(({ metric }) => metric))].filter(isCompared);
  const file = openResults(join(folder, "results.parquet"));
  return rowsOf();
  function* rowsOf(): Iterable<ScoredRow> {
    for (const metric of metrics) {
      for (const block of file.blocks(metric)) {
        const { variant, benchmark, subtask, parameter, seed, samples, sample } = block;
        for (let index = 0; index < sample.length; index++) {
          const sampleId = samples[sample[index]!]!;
          const value = valueAt(block, index);
          yield { variant, benchmark, subtask, metric, parameter, sampleId, seed, value };
        }
      }
    }
  }
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
