/**
 * WorfBench's node score: the chain of matched nodes in an order that the gold graph allows.
 *
 * @module
 */
import { longestIncreasingLength } from "../../scoring/increasing_subsequence.ts";
import { NoScore, type ScorerMode, type Similarity } from "../../scoring/score_context.ts";
import { CycleError, topologicalOrders } from "../../scoring/topological_orders.ts";
import { inPredictedOrder, matchNodes } from "./match_nodes.ts";
import type { Workflow } from "./parse_workflow.ts";

/** Precision, recall and F1, 0 to 1. */
export interface WorkflowScore {
  precision: number;
  recall: number;
  f1_score: number;
}

/** Upstream takes a gold graph of this many nodes, START and END counted, as it stands. */
const AS_IT_STANDS = 10;
const MOST_ORDERS = 20;

const isInner = (node: string) => node !== "START" && node !== "END";

/**
 * Orders of the gold nodes that are tried.
 *
 * @throws {NoScore} When the gold graph has a cycle or an edge to a node that it lacks.
 */
export function goldOrders({ nodes, edges }: Workflow, mode: ScorerMode): string[][] {
  if (nodes.length >= AS_IT_STANDS && mode === "upstream") return [nodes];
  try {
    return topologicalOrders(nodes.length, edges, MOST_ORDERS)
      .map((order) => order.map((index) => nodes[index]!).filter(isInner));
  } catch (error) {
    if (!(error instanceof CycleError) && !(error instanceof RangeError)) throw error;
    throw new NoScore(`the gold workflow is malformed: ${error.message}`);
  }
}

/**
 * The best F1 over the gold orders, with its precision and recall.
 *
 * Upstream keeps START and END in a gold of ten nodes or more, and counts one node even when none was
 * matched; `fixed` does neither.
 *
 * @throws {NoScore} In `upstream` mode for edges without nodes, where upstream raises.
 */
export function scoreNodes(
  predicted: Workflow,
  gold: Workflow,
  similarity: Similarity,
  mode: ScorerMode,
): WorkflowScore {
  const nodes = predicted.nodes.filter(isInner);
  const orders = goldOrders(gold, mode);
  if (nodes.length === 0) {
    if (mode === "upstream") throw new NoScore("upstream raises: edges but no node");
    return chainScore(0, 0, orders[0]?.length ?? 0);
  }
  let best: WorkflowScore = { precision: 0, recall: 0, f1_score: 0 };
  for (const order of orders) {
    const matched = inPredictedOrder(matchNodes(nodes, order, similarity));
    const inOrder = longestIncreasingLength(matched);
    const count = mode === "upstream" ? Math.max(1, inOrder) : inOrder;
    const score = chainScore(count, nodes.length, order.length);
    if (score.f1_score > best.f1_score) best = score;
  }
  return best;
}

function chainScore(count: number, predicted: number, gold: number): WorkflowScore {
  if (count === 0) {
    const value = predicted === 0 && gold === 0 ? 1 : 0;
    return { precision: value, recall: value, f1_score: value };
  }
  const recall = count / gold;
  const precision = count / predicted;
  return { precision, recall, f1_score: 2 * recall * precision / (recall + precision) };
}
