/**
 * From completions to rows of the scores log: the one way that runs and `deno task score` share.
 *
 * @module
 */
import type { RowOf } from "../data/column.ts";
import type { scores } from "../data/schema.ts";
import type { Benchmark, Sample } from "./benchmarks/benchmark.ts";
import type { ScoreContext } from "./scoring/score_context.ts";

/** A row of the scores log. */
export type ScoreRow = RowOf<typeof scores>;

/** A completion, or why there is none. */
export type Answer = string | { missing: string };

/**
 * Scores every sample; one without a completion gets nulls with the reason.
 *
 * @param answers By sample id; a sample that is not there has no completion.
 * @param embedder Name of what similarities come from; part of the scorer's name where any are used.
 */
export function scoreSamples(
  benchmark: Benchmark,
  samples: readonly Sample[],
  answers: ReadonlyMap<string, Answer>,
  context: ScoreContext,
  embedder: string,
): ScoreRow[] {
  // benchmarks of our own have one way to score, which is not wrong on purpose
  const mode = benchmark.upstream === null ? "fixed" : context.mode;
  let used = false;
  const { similarity } = context;
  const watched = similarity === null ? null : (a: string, b: string) => {
    used = true;
    return similarity(a, b);
  };
  return samples.flatMap((sample) => {
    used = false;
    const answer = answers.get(sample.id) ?? { missing: "no completion" };
    const completion = typeof answer === "string" ? answer : "";
    const made = benchmark.score(sample, completion, { ...context, mode, similarity: watched });
    const scorer = `${benchmark.name} ${benchmark.version}${used ? `, ${embedder}` : ""}`;
    return made.map((score) => ({
      sample_id: sample.id,
      subtask: sample.subtask,
      ...(typeof answer === "string"
        ? score
        : { metric: score.metric, value: null, reason: answer.missing }),
      scorer,
      scorer_mode: mode,
    }));
  });
}
