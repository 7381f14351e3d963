/**
 * LongBench's score of a prediction and of a whole set (`eval.py`).
 *
 * @module
 */
import { numpyMean, numpyRound, pythonRound } from "../../scoring/python_round.ts";
import { stripLeft } from "../../scoring/python_text.ts";
import { NoScore, type ScoreContext } from "../../scoring/score_context.ts";
import { LONGBENCH_SETS } from "./datasets.ts";
import { type LongBenchMetric, METRICS } from "./metrics.ts";

/**
 * The best score over the answers, 0 to 1.
 *
 * @throws {NoScore} For an unknown set, or where upstream raises.
 */
export function scorePrediction(
  dataset: string,
  prediction: string,
  answers: readonly string[],
  classes: readonly string[] | null,
  context: ScoreContext,
): number {
  const set = LONGBENCH_SETS[dataset];
  if (set === undefined) throw new NoScore(`LongBench has no set ${dataset}`);
  const text = set.firstLine ? stripLeft(prediction, "\n").split("\n")[0]! : prediction;
  const metric: LongBenchMetric = METRICS[set.metric];
  return answers.reduce(
    (best, answer) => Math.max(best, metric(text, answer, context, classes)),
    0,
  );
}

/** The score of a set as tables print it: the mean times 100, to 2 decimals. */
export function setScore(scores: readonly number[]): number {
  let total = 0;
  for (const score of scores) total += score;
  return pythonRound(100 * total / scores.length, 2);
}

/** The scores of a set by length of the records (LongBench-E); NaN where a group is empty. */
export function setScoreByLength(
  scores: readonly number[],
  lengths: readonly number[],
): Record<"0-4k" | "4-8k" | "8k+", number> {
  const group = (from: number, to: number) => {
    const inGroup = scores.filter((_, i) => lengths[i]! >= from && lengths[i]! < to);
    return numpyRound(100 * numpyMean(inGroup), 2);
  };
  return {
    "0-4k": group(-Infinity, 4000),
    "4-8k": group(4000, 8000),
    "8k+": group(8000, Infinity),
  };
}
