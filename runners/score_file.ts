/**
 * Scores of completions that were made elsewhere.
 *
 * @module
 */
import type { Benchmark, Sample } from "./benchmarks/benchmark.ts";
import { asText, at, readJsonLines } from "./benchmarks/read_official.ts";
import { UserError } from "./errors.ts";
import type { ScoreRow } from "./score_samples.ts";
import { pythonJsonText } from "./scoring/python_json.ts";

/**
 * Reads `{"sample_id": …, "completion": …}` a line; of finished episodes the whole line is the completion.
 *
 * @throws {UserError} For malformed lines, repeated ids, and ids that the benchmark lacks.
 */
export async function readCompletions(
  path: string,
  samples: readonly Sample[],
  { episodes }: Pick<Benchmark, "episodes">,
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
    completions.set(
      id,
      episodes ? pythonJsonText(record) : asText(...at(place, record, "completion")),
    );
  }
  return completions;
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
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => {
    const values = group.flatMap(({ value }) => value === null ? [] : [value]);
    const { metric, subtask } = group[0]!;
    const mean = values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
    return { subtask, metric, mean, samples: values.length, missing: group.length - values.length };
  });
}
