/**
 * T-Eval's plan ability: a list of calls against the gold plan, matched by meaning and in order.
 *
 * @module
 */
import { bipartiteMatching, type WeightedEdge } from "../../scoring/bipartite_matching.ts";
import { longestIncreasingLength } from "../../scoring/increasing_subsequence.ts";
import { pythonInteger } from "../../scoring/python_integer.ts";
import { pythonStr } from "../../scoring/python_repr.ts";
import { isDict, lookUp, PythonError, type PythonValue } from "../../scoring/python_value.ts";
import { NoScore, type ScorerMode, type Similarity } from "../../scoring/score_context.ts";
import { formatLoad } from "./format_load.ts";

/** One call of a plan. */
export interface PlanStep {
  name: string;
  id: bigint;
  args: string;
}

/** Precision, recall and F1 of the ordered matches, and whether both plans were read. */
export interface PlanScore {
  precision: number;
  recall: number;
  f1_score: number;
  parse_rate: number;
}

const NAME_WEIGHT = 0.75;
const ARGS_WEIGHT = 0.25;
const THRESHOLD = 0.8;

/** Reads a plan in JSON; anything malformed makes it empty. */
export function readPlan(data: PythonValue): PlanStep[] {
  try {
    const loaded = formatLoad(data, "[", "]");
    return Array.isArray(loaded) ? loaded.map(readStep) : [];
  } catch (error) {
    if (error instanceof PythonError) return [];
    throw error;
  }
}

function readStep(item: PythonValue): PlanStep {
  if (!isDict(item)) throw new PythonError("TypeError", "a step is no mapping");
  const field = (name: string) => {
    const value = lookUp(item, name);
    if (value === undefined) throw new PythonError("KeyError", name);
    return value;
  };
  return {
    name: pythonStr(field("name")),
    id: pythonInteger(field("id")),
    args: pythonStr(field("args")),
  };
}

/** Reads a plan in prose: of each sentence or line the API that is named first. */
export function readPlanText(text: string, apis: readonly string[]): PlanStep[] {
  const steps: PlanStep[] = [];
  for (const piece of text.replaceAll(". ", "\n").split("\n")) {
    let name = "";
    let first = 1e9;
    for (const api of apis) {
      const at = piece.indexOf(api);
      if (at !== -1 && at < first) [first, name] = [at, api];
    }
    if (name !== "") steps.push({ id: BigInt(steps.length), name, args: piece });
  }
  return steps;
}

/**
 * Scores a plan: steps are paired by maximum weight where .75 cos(names) + .25 cos(args) exceeds .8,
 * and the longest run of pairs in order counts.
 *
 * Upstream counts one step even when no pair was found.
 *
 * @throws {NoScore} In `upstream` mode for a plan of nothing but `FinishAction`, where upstream raises.
 */
export function scorePlan(
  prediction: readonly PlanStep[],
  gold: readonly PlanStep[],
  similarity: { names: Similarity; args: Similarity },
  mode: ScorerMode,
): PlanScore {
  if (prediction.length === 0 || gold.length === 0) {
    return { precision: 0, recall: 0, f1_score: 0, parse_rate: 0 };
  }
  const pred = withoutFinish(prediction);
  const wanted = withoutFinish(gold);
  if (pred.length === 0 || wanted.length === 0) return scoreEmpty(pred, wanted, mode);
  const mapping = bipartiteMatching(matchEdges(pred, wanted, similarity));
  const matched = [...mapping].sort(([a], [b]) => a - b).map(([, j]) => j);
  const inOrder = longestIncreasingLength(matched);
  const correct = mode === "upstream" ? Math.max(1, inOrder) : inOrder;
  const recall = correct / wanted.length;
  const precision = correct / pred.length;
  const f1 = correct === 0 ? 0 : 2 * recall * precision / (recall + precision);
  return { precision, recall, f1_score: f1, parse_rate: 1 };
}

function scoreEmpty(pred: PlanStep[], gold: PlanStep[], mode: ScorerMode): PlanScore {
  if (mode === "upstream") {
    throw new NoScore("upstream raises: a plan of nothing but FinishAction");
  }
  const value = pred.length === gold.length ? 1 : 0;
  return { precision: value, recall: value, f1_score: value, parse_rate: 1 };
}

/** In order of ids, without a closing `FinishAction`. */
function withoutFinish(plan: readonly PlanStep[]): PlanStep[] {
  const sorted = [...plan].sort((a, b) => a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return sorted.at(-1)!.name === "FinishAction" ? sorted.slice(0, -1) : sorted;
}

/** Upstream multiplies and adds in float32. */
function matchEdges(
  pred: PlanStep[],
  gold: PlanStep[],
  similarity: { names: Similarity; args: Similarity },
): WeightedEdge[] {
  const edges: WeightedEdge[] = [];
  pred.forEach((step, i) =>
    gold.forEach((other, j) => {
      const name = Math.fround(similarity.names(step.name, other.name) * NAME_WEIGHT);
      const args = Math.fround(similarity.args(step.args, other.args) * ARGS_WEIGHT);
      const weight = Math.fround(name + args);
      if (weight > THRESHOLD) edges.push({ i, j, weight });
    })
  );
  return edges;
}
