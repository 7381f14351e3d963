import { join } from "node:path";
import { type Row, writeRows } from "../../data/logs.ts";
import { completions, scores, steps } from "../../data/schema.ts";
import type { Sample } from "../benchmarks/benchmark.ts";
import type { Environment } from "../environments/environment.ts";
import type { Trajectory } from "../environments/play.ts";
import { episodeScoreRows } from "../environments/score_episode.ts";
import { stepsRows } from "../environments/steps_rows.ts";
import { readJsonLines, SAMPLES } from "./cell_files.ts";

/** Turns what was played with `evaluate.py` into the logs of completions and steps, and scores it. */
export async function finishPlay(
  folder: string,
  environment: Environment,
  samples: Sample[],
  trajectories: Trajectory[],
): Promise<void> {
  const lines = join(folder, "completions.jsonl");
  const rows = await readJsonLines(lines);
  const complete: Row[] = [];
  const stepped: Row[] = [];
  const scored: Row[] = [];
  for (const [index, sample] of samples.entries()) {
    const row = rows[index];
    const trajectory = trajectories[index];
    const end = trajectory?.end;
    if (row?.sample_id !== sample.id || trajectory?.id !== sample.id || !end) {
      throw new Error(
        `${lines}, line ${index + 1}: expected the finished episode "${sample.id}", found ${
          row ? `"${row.sample_id}" (${end ?? "not finished"})` : "none"
        }`,
      );
    }
    const own = stepsRows(trajectory, {
      // An endpoint does not tell its tokens.
      prompt_token_ids: row.prompt_token_ids as number[] | null ?? [],
      completion_token_ids: row.completion_token_ids as number[] | null ?? [],
    });
    // With its spec beside it, an episode can be played again without the suite.
    complete.push({ ...row, finish_reason: end, gold: JSON.stringify(sample.gold) });
    for (const step of own) stepped.push(step);
    for (const score of episodeScoreRows(environment, sample, own, end)) scored.push({ ...score });
  }
  await writeRows(join(folder, "completions.parquet"), completions, complete);
  await writeRows(join(folder, "steps.parquet"), steps, stepped);
  await writeRows(join(folder, "scores.parquet"), scores, scored);
  await Deno.remove(lines);
  await Deno.remove(join(folder, SAMPLES));
}
