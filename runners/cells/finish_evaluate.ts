import { join } from "node:path";
import { writeRows } from "../../data/logs.ts";
import { completions, scores } from "../../data/schema.ts";
import type { BenchmarkFacts } from "../facts.ts";
import { readJsonLines, SAMPLES } from "./cell_files.ts";

/** Turns what `evaluate.py` generated into the completions log, and scores it. */
export async function finishEvaluate(folder: string, facts: BenchmarkFacts): Promise<void> {
  const lines = join(folder, "completions.jsonl");
  const rows = await readJsonLines(lines);
  const { benchmark, samples } = facts;
  const scored = samples.flatMap((sample, index) => {
    const row = rows[index];
    if (row?.sample_id !== sample.id) {
      throw new Error(
        `${lines}, line ${index + 1}: expected the completion of "${sample.id}", found ${
          row ? `that of "${row.sample_id}"` : "none"
        }`,
      );
    }
    return benchmark.score(sample, row.completion as string).map((score) => ({
      sample_id: sample.id,
      subtask: sample.subtask,
      ...score,
      scorer: `${benchmark.name} ${benchmark.version}`,
      scorer_mode: "fixed",
    }));
  });
  // With the gold answers beside them, completions can be scored again without the suite.
  const complete = rows.map((row, index) => ({
    ...row,
    gold: JSON.stringify(samples[index]!.gold),
  }));
  await writeRows(join(folder, "completions.parquet"), completions, complete);
  await writeRows(join(folder, "scores.parquet"), scores, scored);
  await Deno.remove(lines);
  await Deno.remove(join(folder, SAMPLES));
}
