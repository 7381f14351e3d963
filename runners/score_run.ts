/**
 * Scores of the completions that a run stored.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cellFolder, readRecord, readRows } from "../data/logs.ts";
import { completions, scores } from "../data/schema.ts";
import type { Json } from "../data/types.ts";
import type { Benchmark, Sample } from "./benchmarks/benchmark.ts";
import { BENCHMARKS } from "./benchmarks/registry.ts";
import { UserError } from "./errors.ts";
import { type Answer, type ScoreRow, scoreSamples } from "./score_samples.ts";
import type { ScoreContext } from "./scoring/score_context.ts";

/** A finished cell's completions, with the samples that they answer. */
export interface StoredRun {
  benchmark: Benchmark;
  /** In the order of the log. */
  samples: Sample[];
  answers: Map<string, Answer>;
  /** Scores of samples without a completion, whose reason is older than this scoring. */
  missing: ScoreRow[];
}

/**
 * Reads what a cell generated.
 *
 * @param runs Folder of all runs.
 * @param id Id of an `evaluate` cell.
 * @param data The benchmark's files; only runs that did not log their gold answers need them.
 * @throws {UserError} When there is no such finished cell, or its samples are not in the data.
 */
export async function readStoredRun(
  runs: string,
  id: string,
  data: string | undefined,
): Promise<StoredRun> {
  if (!/^[0-9a-f]{16}$/.test(id)) {
    throw new UserError(
      `${id}: expected the id of a cell (16 hex digits; deno task status lists them)`,
    );
  }
  const folder = cellFolder(runs, id);
  const record = await readRecord(folder);
  if (record?.status !== "done" || record.cell.kind !== "evaluate") {
    throw new UserError(`${folder}: there is no finished evaluate cell`);
  }
  const name = record.cell.benchmark!;
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) throw new UserError(`${folder}: unknown benchmark "${name}"`);
  // An imported sample may have no completion: its logged scores stay.
  const rows = (await readRows(join(folder, "completions.parquet"), completions))
    .filter(({ completion }) => completion !== null);
  const logged = await loggedScores(join(folder, "scores.parquet"));
  const subtasks = new Map(logged.map(({ sample_id, subtask }) => [sample_id, subtask]));
  const answers = new Map<string, Answer>(
    rows.map((row) => [String(row.sample_id), String(row.completion)]),
  );
  const samples = rows.every((row) => row.gold !== null && subtasks.has(String(row.sample_id)))
    ? rows.map(({ gold, sample_id }): Sample => ({
      id: String(sample_id),
      subtask: subtasks.get(String(sample_id))!,
      messages: [],
      gold: JSON.parse(String(gold)) as Json,
    }))
    : await samplesOf(benchmark, data, answers);
  const missing = logged.filter(({ sample_id }) => !answers.has(sample_id));
  return { benchmark, samples, answers, missing };
}

async function loggedScores(path: string): Promise<ScoreRow[]> {
  if (!await Deno.stat(path).then(() => true, () => false)) return [];
  return await readRows(path, scores);
}

async function samplesOf(
  benchmark: Benchmark,
  data: string | undefined,
  answers: Map<string, Answer>,
): Promise<Sample[]> {
  const path = data ?? (benchmark.data && fileURLToPath(benchmark.data));
  if (path === null) {
    throw new UserError(`--data: name the files of "${benchmark.name}"; ${benchmark.source}`);
  }
  const samples = new Map((await benchmark.load(path)).map((sample) => [sample.id, sample]));
  return [...answers.keys()].map((id) => {
    const sample = samples.get(id);
    if (sample !== undefined) return sample;
    throw new UserError(`${path}: it lacks the sample ${JSON.stringify(id)} of the run`);
  });
}

/** Scores a stored run. */
export function scoreStoredRun(
  { answers, benchmark, missing, samples }: StoredRun,
  context: ScoreContext,
  embedder: string,
): ScoreRow[] {
  return [...scoreSamples(benchmark, samples, answers, context, embedder), ...missing];
}
