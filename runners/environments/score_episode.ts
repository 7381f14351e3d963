import type { Row } from "../../data/logs.ts";
import type { Sample, Score } from "../benchmarks/benchmark.ts";
import type { ScoreRow } from "../score_samples.ts";
import type { Environment } from "./environment.ts";

/** Version of these scores, a part of the scorer's name. */
export const EPISODE_SCORER = "1";

/**
 * Scores of an episode, as AgentBoard defines them (Ma et al. 2024, section 3):
 *
 * - `success`: 1 when the world said that the episode is over, with progress 1;
 * - `progress`: the best that was reached;
 * - `grounding`: share of actions that the world knew;
 * - `steps`: turns taken.
 *
 * @param rows The episode's rows of the steps log.
 * @param end Its `finish_reason` in the completions log.
 */
export function scoreEpisode(rows: readonly Row[], end: string): Score[] {
  const acts = rows.filter(({ span }) => span === "act");
  const progress = rows.filter(({ span }) => span === "observation")
    .map((row) => row.progress as number);
  const last = progress.at(-1) ?? 0;
  const reason = acts.length === 0 ? "the episode has no turn" : null;
  return [
    { metric: "success", value: end === "done" && last === 1 ? 1 : 0, reason: null },
    { metric: "progress", value: Math.max(0, ...progress), reason: null },
    {
      metric: "grounding",
      value: reason ? null : acts.filter(({ valid }) => valid).length / acts.length,
      reason,
    },
    { metric: "steps", value: acts.length, reason: null },
  ];
}

/** The same as rows of the scores log. */
export function episodeScoreRows(
  environment: Pick<Environment, "name" | "version">,
  sample: Pick<Sample, "id" | "subtask">,
  rows: readonly Row[],
  end: string,
): ScoreRow[] {
  return scoreEpisode(rows, end).map((score) => ({
    sample_id: sample.id,
    subtask: sample.subtask,
    ...score,
    scorer: `${environment.name} ${environment.version}, episodes ${EPISODE_SCORER}`,
    scorer_mode: "fixed",
  }));
}
