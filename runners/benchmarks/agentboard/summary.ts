/**
 * AgentBoard's means over episodes.
 *
 * @module
 */

/** What an episode ended with. */
export interface Episode {
  /** Whether the environment said done with full progress. */
  success: number;
  /** Best progress, 0 to 1. */
  progress: number;
  /** Valid actions over steps, 0 to 1. */
  grounding: number;
  difficulty: string;
}

/** Means under upstream's names; a split without episodes is 0 in upstream and null in `fixed`. */
export interface Summary {
  success_rate: number;
  progress_rate: number;
  grounding_acc: number;
  success_rate_hard: number | null;
  progress_rate_hard: number | null;
  success_rate_easy: number | null;
  progress_rate_easy: number | null;
}

/**
 * The means of a task.
 *
 * @param empty What a split without episodes gets: 0 as upstream, or null.
 */
export function summarize(episodes: readonly Episode[], empty: 0 | null = null): Summary {
  const mean = (field: "success" | "progress" | "grounding", of: readonly Episode[]) =>
    of.reduce((sum, episode) => sum + episode[field], 0) / of.length;
  const part = (field: "success" | "progress", difficulty: string) => {
    const own = episodes.filter((episode) => episode.difficulty === difficulty);
    return own.length === 0 ? empty : mean(field, own);
  };
  return {
    success_rate: mean("success", episodes),
    progress_rate: mean("progress", episodes),
    grounding_acc: mean("grounding", episodes),
    success_rate_hard: part("success", "hard"),
    progress_rate_hard: part("progress", "hard"),
    success_rate_easy: part("success", "easy"),
    progress_rate_easy: part("progress", "easy"),
  };
}

/** AgentBoard's tasks in its order. */
const TASKS = [
  "alfworld",
  "scienceworld",
  "babyai",
  "jericho",
  "pddl",
  "webshop",
  "webarena",
  "tool-query",
  "tool-operation",
];

/** How much each task (in the order of {@linkcode TASKS}) tells of an ability, 1 to 3. */
export const DIMENSION_WEIGHTS: Record<string, number[]> = {
  Memory: [1, 2, 1, 1, 2, 1, 3, 2, 3],
  Planning: [1, 2, 2, 3, 3, 2, 3, 2, 2],
  "World Modeling": [3, 3, 2, 3, 1, 1, 3, 1, 1],
  "Self-reflection": [3, 2, 2, 1, 3, 2, 2, 1, 1],
  Grounding: [2, 3, 2, 1, 3, 3, 3, 3, 3],
  "Spatial Navigation": [2, 2, 2, 2, 1, 1, 2, 1, 1],
};

/**
 * Abilities in percent: success rates weighted by task.
 *
 * @param successRates By task, 0 to 1; all nine.
 */
export function dimensionScores(successRates: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(DIMENSION_WEIGHTS).map(([dimension, weights]) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const score = TASKS.reduce(
        (sum, task, i) => sum + weights[i]! * successRates[task]! * 100,
        0,
      );
      return [dimension, score / total];
    }),
  );
}
