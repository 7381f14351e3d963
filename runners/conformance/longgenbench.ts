/**
 * Golden entries of LongGenBench.
 *
 * @module
 */
import {
  goldNumber,
  predictedChoices,
  predictedNumbers,
  splitAnswers,
} from "../benchmarks/longgenbench/extract.ts";
import {
  type LongGenTask,
  scopeSetScore,
  scoreScope,
  testChoice,
  testNumber,
} from "../benchmarks/longgenbench/score.ts";
import { isDict, lookUp, type PythonDict } from "../scoring/python_value.ts";
import { type Check, EXACT_TOLERANCE } from "./check.ts";
import { dicts, field, plain, text, texts } from "./golden_value.ts";

/** All checks of a LongGenBench document. */
export function longgenbenchChecks(document: PythonDict): Check[] {
  const aggregates = lookUp(document, "aggregates");
  return [
    ...dicts(document, "cases").flatMap(caseChecks),
    ...(isDict(aggregates) ? aggregateChecks(aggregates) : []),
  ];
}

function caseChecks(entry: PythonDict): Check[] {
  const scorer = text(entry, "scorer");
  const id = text(entry, "id");
  const checks: Check[] = [{
    fn: scorer,
    id,
    expected: field(entry, "expected"),
    tolerance: EXACT_TOLERANCE,
    compute: () => score(scorer, entry),
  }];
  const parts: [string, () => unknown][] = [
    ["extracted", () => extract(scorer, text(entry, "pred"))],
    ["gold_extracted", () => texts(entry, "answers").map(goldNumber)],
  ];
  for (const [part, compute] of parts) {
    const expected = lookUp(entry, part);
    if (expected === undefined) continue;
    checks.push({ fn: `${scorer} ${part}`, id, expected, tolerance: 0, compute });
  }
  return checks;
}

function score(scorer: string, entry: PythonDict): unknown {
  switch (scorer) {
    case "scope_gsm8k":
      return scoreScope("gsm8k", text(entry, "pred"), texts(entry, "answers"));
    case "scope_mmlu":
      return scoreScope("mmlu", text(entry, "pred"), texts(entry, "answers"));
    case "upstream_gsm8k_test_answer":
      return testNumber(text(entry, "pred"), text(entry, "gold"));
    case "upstream_mmlu_test_answer":
      return testChoice(text(entry, "pred"), text(entry, "gold"));
    case "upstream_split":
      return splitAnswers(text(entry, "response"));
    default:
      throw new Error(`unknown scorer ${scorer}`);
  }
}

function extract(scorer: string, prediction: string): string[] {
  return scorer === "scope_gsm8k" ? predictedNumbers(prediction) : predictedChoices(prediction);
}

function aggregateChecks(aggregates: PythonDict): Check[] {
  return [...aggregates.entries.values()].flatMap(([key, expected]): Check[] => {
    const name = String(key);
    if (name.endsWith("_inputs")) return [];
    const inputs = lookUp(aggregates, `${name}_inputs`);
    const scores = () => {
      if (!isDict(inputs)) return [];
      const answers: string[][] = plain(field(inputs, "answers"));
      return texts(inputs, "predictions").map((prediction, i) =>
        scoreScope(name as LongGenTask, prediction, answers[i]!)
      );
    };
    const compute = () => scopeSetScore(scores());
    return [{ fn: "scorer", id: name, expected, tolerance: EXACT_TOLERANCE, compute }];
  });
}
