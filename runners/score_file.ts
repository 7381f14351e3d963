/**
 * Scores of completions that were made elsewhere.
 *
 * @module
 */
import type { Score } from "./benchmarks/benchmark.ts";
import type { OfficialBenchmark, OfficialSample } from "./benchmarks/official_benchmark.ts";
import { asText, at, readJsonLines } from "./benchmarks/read_official.ts";
import { UserError } from "./errors.ts";
import type { ScoreContext } from "./scoring/score_context.ts";

/** A row of the scores log. */
export interface ScoreRow extends Score {
  sample_id: string;
  subtask: string;
  scorer: string;
  scorer_mode: string;
}

/**
 * Reads `{"sample_id": …, "completion": …}` a line.
 *
 * @throws {UserError} For malformed lines, repeated ids, and ids that the benchmark lacks.
 */
export async function readCompletions(
  path: string,
  samples: readonly OfficialSample[],
): Promise<Map<string, string>> {
  const known = new Set(samples.map(({ id }) => id));
  const completions = new Map<string, string>();
  for (const { place, record } of await readJsonLines(path)) {
    const id = asText(...at(place, record, "sample_id"));
    if (!known.has(id)) {
      throw new UserError(
        `${place}, field "sample_id": the benchmark has no sample ${JSON.stringify(id)}; ` +
          `its first is ${JSON.stringify(samples[0]?.id)}`,
      );
    }
    if (completions.has(id)) {
      throw new UserError(`${place}, field "sample_id": ${JSON.stringify(id)} stands twice`);
    }
    completions.set(id, asText(...at(place, record, "completion")));
  }
  return completions;
}

/**
 * Scores every sample; one without a completion gets null with a reason.
 *
 * @param embedder Name of what similarities come from; part of the scorer's name where any are used.
 */
export function scoreSamples(
  benchmark: OfficialBenchmark,
  samples: readonly OfficialSample[],
  completions: Map<string, string>,
  context: ScoreContext,
  embedder: string,
): ScoreRow[] {
  let used = false;
  const { similarity } = context;
  const watched = similarity === null ? null : (a: string, b: string) => {
    used = true;
    return similarity(a, b);
  };
  return samples.flatMap((sample) => {
    used = false;
    const completion = completions.get(sample.id);
    const made = benchmark.score(sample, completion ?? "", { ...context, similarity: watched });
    const scorer = `${benchmark.name} ${benchmark.version}${used ? `, ${embedder}` : ""}`;
    return made.map((score) => ({
      sample_id: sample.id,
      subtask: sample.subtask,
      ...(completion === undefined
        ? { metric: score.metric, value: null, reason: "no completion" }
        : score),
      scorer,
      scorer_mode: context.mode,
    }));
  });
}

/** Mean of a score over the samples of a subtask that have it. */
export interface MeanScore {
  subtask: string;
  metric: string;
  /** Null when no sample has a value. */
  mean: number | null;
  samples: number;
  missing: number;
}

/** Means by subtask and metric, in the order of the rows. */
export function meansBySubtask(rows: readonly ScoreRow[]): MeanScore[] {
  const groups = new Map<string, ScoreRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.subtask, row.metric]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const values = group.flatMap(({ value }) => value === null ? [] : [value]);
    const { metric, subtask } = group[0]!;
    const mean = values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
    return { subtask, metric, mean, samples: values.length, missing: group.length - values.length };
  });
}
