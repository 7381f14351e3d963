import { join } from "node:path";
import { writeRows } from "../../data/logs.ts";
import { completions, scores } from "../../data/schema.ts";
import type { Sample } from "../benchmarks/benchmark.ts";
import type { BenchmarkFacts, ScoringFacts } from "../facts.ts";
import { type Answer, scoreSamples } from "../score_samples.ts";
import { withHooks } from "../scoring_hooks.ts";
import { readJsonLines, SAMPLES } from "./cell_files.ts";

/**
 * Turns what `evaluate.py` generated into the completions log, and scores it.
 *
 * @param model Name of the base model.
 */
export async function finishEvaluate(
  folder: string,
  { benchmark, mode, sets }: BenchmarkFacts,
  model: string,
  scoring: ScoringFacts,
): Promise<void> {
  const lines = join(folder, "completions.jsonl");
  const rows = await readJsonLines(lines);
  const { samples } = sets[model]!;
  const answers = answersOf(lines, rows, samples);
  const scored = await withHooks(
    scoring,
    (similarity, segment) =>
      scoreSamples(benchmark, samples, answers, { mode, similarity, segment }, scoring.embedder),
  );
  // With the gold answers beside them, completions can be scored again without the suite.
  const complete = rows.flatMap((row, index) =>
    "missing" in row ? [] : [{ ...row, gold: JSON.stringify(samples[index]!.gold) }]
  );
  await writeRows(join(folder, "completions.parquet"), completions, complete);
  await writeRows(join(folder, "scores.parquet"), scores, scored);
  await Deno.remove(lines);
  await Deno.remove(join(folder, SAMPLES));
}

function answersOf(
  file: string,
  rows: Record<string, unknown>[],
  samples: readonly Sample[],
): Map<string, Answer> {
  return new Map(samples.map(({ id }, index) => {
    const row = rows[index];
    if (row?.sample_id !== id) {
      throw new Error(
        `${file}, line ${index + 1}: expected the completion of "${id}", found ${
          row ? `that of "${row.sample_id}"` : "none"
        }`,
      );
    }
    return [id, "missing" in row ? { missing: String(row.missing) } : String(row.completion)];
  }));
}
