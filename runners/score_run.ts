/**
 * Scores of the completions that a run stored.
 *
 * @module
 */
import { join } from "node:path";
import { cellFolder, readRecord, readRows } from "../data/logs.ts";
import { completions } from "../data/schema.ts";
import type { Benchmark, Sample } from "./benchmarks/benchmark.ts";
import { bindContext } from "./benchmarks/official_benchmark.ts";
import { OFFICIAL_BENCHMARKS } from "./benchmarks/official_registry.ts";
import { BENCHMARKS } from "./benchmarks/registry.ts";
import { UserError } from "./errors.ts";
import type { ScoreRow } from "./score_file.ts";
import type { ScoreContext } from "./scoring/score_context.ts";

/** A finished cell's completions, with the samples that they answer. */
export interface StoredRun {
  benchmark: string;
  samples: Map<string, Sample>;
  /** Completion by sample id, in the order of the log. */
  completions: [string, string][];
}

/**
 * Reads what a cell generated.
 *
 * @param runs Folder of all runs.
 * @param id Id of an `evaluate` cell.
 * @param data The benchmark's file where it was not the benchmark's own.
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
  const benchmark = BENCHMARKS[name] ?? OFFICIAL_BENCHMARKS[name];
  if (benchmark === undefined) throw new UserError(`${folder}: unknown benchmark "${name}"`);
  const path = data ?? ("data" in benchmark ? benchmark.data.pathname : undefined);
  if (path === undefined) {
    throw new UserError(
      `--data: name the files of "${name}"; ${OFFICIAL_BENCHMARKS[name]!.source}`,
    );
  }
  const samples = new Map((await benchmark.load(path)).map((sample) => [sample.id, sample]));
  const rows = await readRows(join(folder, "completions.parquet"), completions);
  for (const { sample_id } of rows) {
    if (!samples.has(String(sample_id))) {
      throw new UserError(`${path}: it lacks the sample ${JSON.stringify(sample_id)} of the run`);
    }
  }
  return {
    benchmark: name,
    samples,
    completions: rows.map((row) => [String(row.sample_id), String(row.completion)]),
  };
}

/** Scores a stored run. Benchmarks of our own have one way to score, which is not wrong on purpose. */
export function scoreStoredRun(run: StoredRun, context: ScoreContext): ScoreRow[] {
  const own = BENCHMARKS[run.benchmark];
  const scorer: Benchmark = own ??
    bindContext(OFFICIAL_BENCHMARKS[run.benchmark]!, new URL("file:///"), context);
  return run.completions.flatMap(([id, completion]) => {
    const sample = run.samples.get(id)!;
    return scorer.score(sample, completion).map((score) => ({
      sample_id: id,
      subtask: sample.subtask,
      ...score,
      scorer: `${scorer.name} ${scorer.version}`,
      scorer_mode: own === undefined ? context.mode : "fixed",
    }));
  });
}
