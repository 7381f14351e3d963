/**
 * Golden entries of LongBench.
 *
 * @module
 */
import { LONGBENCH_SETS } from "../benchmarks/longbench/datasets.ts";
import { type LongBenchMetric, METRICS } from "../benchmarks/longbench/metrics.ts";
import { scorePrediction, setScore, setScoreByLength } from "../benchmarks/longbench/score.ts";
import { UserError } from "../errors.ts";
import type { ScoreContext } from "../scoring/score_context.ts";
import { lookUp, type PythonDict } from "../scoring/python_value.ts";
import { type Check, EXACT_TOLERANCE } from "./check.ts";
import { dict, dicts, field, plain, text, texts } from "./golden_value.ts";

/** All checks of a LongBench document. */
export function longbenchChecks(document: PythonDict): Check[] {
  const tokens = dict(document, "jieba_tokens");
  const context: ScoreContext = {
    mode: "upstream",
    similarity: null,
    segment: (sentence) => {
      const stored = lookUp(tokens, sentence);
      if (!Array.isArray(stored)) throw new UserError(`no tokens stored for ${sentence}`);
      return stored.map(String);
    },
  };
  return [
    {
      fn: "dataset2metric",
      id: "dataset2metric",
      expected: field(document, "dataset2metric"),
      tolerance: 0,
      compute: () =>
        Object.fromEntries(Object.entries(LONGBENCH_SETS).map(([name, set]) => [name, set.metric])),
    },
    ...dicts(document, "cases").map((entry) => caseCheck(entry, context)),
    ...dicts(document, "aggregates").flatMap((entry, i) => aggregateChecks(entry, i, context)),
  ];
}

function caseCheck(entry: PythonDict, context: ScoreContext): Check {
  const name = text(entry, "metric");
  return {
    fn: name,
    id: text(entry, "id"),
    expected: field(entry, "expected"),
    tolerance: EXACT_TOLERANCE,
    compute: () => {
      if (!(name in METRICS)) throw new Error(`unknown metric ${name}`);
      const metric: LongBenchMetric = METRICS[name as keyof typeof METRICS];
      return metric(
        text(entry, "prediction"),
        text(entry, "ground_truth"),
        context,
        classesOf(entry),
      );
    },
  };
}

function classesOf(entry: PythonDict): string[] | null {
  return Array.isArray(lookUp(entry, "all_classes")) ? texts(entry, "all_classes") : null;
}

function aggregateChecks(entry: PythonDict, index: number, context: ScoreContext): Check[] {
  const dataset = text(entry, "dataset");
  const answers: string[][] = plain(field(entry, "answers"));
  const scores = () =>
    texts(entry, "predictions").map((prediction, i) =>
      scorePrediction(dataset, prediction, answers[i]!, classesOf(entry), context)
    );
  const common = { id: `aggregate ${index} (${dataset})`, tolerance: EXACT_TOLERANCE };
  const checks: Check[] = [{
    ...common,
    fn: "scorer",
    expected: field(entry, "expected"),
    compute: () => setScore(scores()),
  }];
  const byLength = lookUp(entry, "expected_e");
  if (byLength !== undefined) {
    checks.push({
      ...common,
      fn: "scorer_e",
      expected: byLength,
      compute: () => setScoreByLength(scores(), plain(field(entry, "lengths"))),
    });
  }
  return checks;
}
