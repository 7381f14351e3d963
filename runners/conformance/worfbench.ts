/**
 * Golden entries of WorfBench.
 *
 * @module
 */
import { scoreGraphUpstream } from "../benchmarks/worfbench/graph_score.ts";
import { goldOrders, scoreNodes } from "../benchmarks/worfbench/node_score.ts";
import {
  parseNodes,
  parseWorkflow,
  type Workflow,
} from "../benchmarks/worfbench/parse_workflow.ts";
import { exactSimilarity, type Similarity } from "../scoring/score_context.ts";
import { isDict, lookUp, type PythonDict } from "../scoring/python_value.ts";
import { type Check, EMBEDDING_TOLERANCE, EXACT_TOLERANCE } from "./check.ts";
import type { Shake } from "./shaken_similarity.ts";
import { dicts, field, tableSimilarity, text } from "./golden_value.ts";

/** All checks of a WorfBench document. */
export function worfbenchChecks(document: PythonDict): Check[] {
  return dicts(document, "cases").flatMap(caseChecks);
}

type Scorer = (predicted: Workflow, gold: Workflow, similarity: Similarity) => unknown;

const nodes: Scorer = (predicted, gold, similarity) =>
  scoreNodes(predicted, gold, similarity, "upstream");

function caseChecks(entry: PythonDict): Check[] {
  const id = text(entry, "id");
  const gold = parseWorkflow(text(entry, "gold"))!;
  const predicted = parseWorkflow(text(entry, "pred"));
  const table = tableSimilarity(entry, "similarity");
  const scored: [string, Scorer, Similarity, number][] = [
    ["node", nodes, table, EMBEDDING_TOLERANCE],
    ["graph", scoreGraphUpstream, table, EMBEDDING_TOLERANCE],
    ["node_exact", nodes, exactSimilarity, EXACT_TOLERANCE],
    ["graph_exact", scoreGraphUpstream, exactSimilarity, EXACT_TOLERANCE],
  ];
  const checks = scored.flatMap(([fn, score, similarity, tolerance]): Check[] => {
    const expected = lookUp(entry, fn);
    if (expected === undefined) return [];
    const compute = (shake: Shake) =>
      predicted === null ? null : score(predicted, gold, shake(similarity));
    const hasTies = similarity === table;
    return [{ fn, id, expected: withoutNote(expected), tolerance, compute, hasTies }];
  });
  checks.push({
    fn: "parsing",
    id,
    expected: field(entry, "parsed"),
    tolerance: 0,
    compute: () => ({
      gold,
      pred: predicted ?? [],
      pred_node_list: parseNodes(text(entry, "pred")),
    }),
  });
  const orders = lookUp(entry, "topological_orders");
  if (orders !== undefined) {
    checks.push({
      fn: "topological_orders",
      id,
      expected: orders,
      tolerance: 0,
      compute: () => goldOrders(gold),
    });
  }
  return checks;
}

/** `{"value": null, "note": …}` is a prediction without a workflow, which upstream skips. */
function withoutNote(expected: ReturnType<typeof field>): ReturnType<typeof field> {
  return isDict(expected) && lookUp(expected, "value") === null ? null : expected;
}
