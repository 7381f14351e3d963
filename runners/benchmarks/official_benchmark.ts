/**
 * Benchmarks that read their field's official files and score as the published code does.
 *
 * @module
 */
import { NoScore, type ScoreContext } from "../scoring/score_context.ts";
import type { Benchmark, Sample, Score } from "./benchmark.ts";

/** A sample with what its benchmark prescribes for generating. */
export interface OfficialSample extends Sample {
  /** Longest answer, in tokens. */
  maxTokens: number;
  /** False where upstream gives the prompt (the only message) to the model without a chat template. */
  chat: boolean;
}

/** A benchmark of others, with its official format and scorer. */
export interface OfficialBenchmark {
  /** Registry key. */
  name: string;
  /** Raised when prompts or scores change. */
  version: string;
  title: string;
  /** Repository and commit of the scorer that `upstream` mode equals. */
  upstream: string;
  /** Licence of the data, as far as its owners state one. */
  licence: string;
  /** Where a user gets the data, and which path to give. */
  source: string;
  /** Longest answer of all samples, in tokens. */
  maxTokens: number;
  /** The score that stands for the benchmark in tables, between 0 and 1. */
  mainMetric: string;
  /** Reads and checks the samples. @throws {UserError} naming file, record and field. */
  load(path: string): Promise<OfficialSample[]>;
  /** Scores one completion. Never throws: what cannot be scored is null with a reason. */
  score(sample: Sample, completion: string, context: ScoreContext): Score[];
}

/** Scores where every metric has a value. */
export function valued(values: Record<string, number>): Score[] {
  return Object.entries(values).map(([metric, value]) => ({ metric, value, reason: null }));
}

/**
 * Makes scores; where none can be made, nulls with the reason.
 *
 * @param metrics Names of the scores that are missing then.
 */
export function scoresOrReason(metrics: readonly string[], make: () => Score[]): Score[] {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NoScore)) throw error;
    return metrics.map((metric) => ({ metric, value: null, reason: error.message }));
  }
}

/** Binds mode and hooks, for callers that know plain benchmarks only. The scorer's mode goes into its version. */
export function bindContext(
  official: OfficialBenchmark,
  data: URL,
  context: ScoreContext,
): Benchmark {
  const { load, mainMetric, maxTokens, name, title, version } = official;
  return {
    name,
    version: `${version} ${context.mode}`,
    title,
    data,
    maxTokens,
    mainMetric,
    load,
    score: (sample, completion) => official.score(sample, completion, context),
  };
}
