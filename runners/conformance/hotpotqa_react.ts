/**
 * Golden entries of HotPotQA-ReAct.
 *
 * @module
 */
import { finishAnswer, questionOrder, scoreAnswer } from "../benchmarks/hotpotqa_react/score.ts";
import { lookUp, type PythonDict } from "../scoring/python_value.ts";
import { type Check, EXACT_TOLERANCE } from "./check.ts";
import { dicts, field, list, text } from "./golden_value.ts";

/** All checks of a HotPotQA-ReAct document. */
export function hotpotChecks(document: PythonDict): Check[] {
  const order = list(document, "first_500_indices");
  return [
    {
      fn: "first_500_indices",
      id: "first_500_indices",
      expected: order,
      tolerance: 0,
      compute: () => questionOrder(order.length),
    },
    ...dicts(document, "cases").flatMap(caseChecks),
    ...dicts(document, "finish_parsing").map((entry, i): Check => ({
      fn: "finish",
      id: `finish ${i}`,
      expected: field(entry, "finish_answer"),
      tolerance: 0,
      compute: () => finishAnswer(text(entry, "raw")),
    })),
  ];
}

function caseChecks(entry: PythonDict): Check[] {
  const id = text(entry, "id");
  const answer = field(entry, "answer") as string | null;
  const score = () => scoreAnswer(text(entry, "gold"), answer, "upstream");
  const checks: Check[] = [{
    fn: "get_metrics",
    id,
    expected: field(entry, "expected"),
    tolerance: EXACT_TOLERANCE,
    compute: score,
  }];
  const reward = lookUp(entry, "step_reward");
  if (reward !== undefined) {
    checks.push({
      fn: "get_reward",
      id,
      expected: reward,
      tolerance: 0,
      compute: () => score().reward,
    });
  }
  return checks;
}
