/**
 * WorfBench's node score: the chain of matched nodes in an order that the gold graph allows.
 *
 * @module
 */
import { longestIncreasingLength } from "../../scoring/increasing_subsequence.ts";
import { NoScore, type ScorerMode, type Similarity } from "../../scoring/score_context.ts";
import { CycleError, topologicalOrders } from "../../scoring/topological_orders.ts";
import { inPredictedOrder, matchNodes, matchNodesInOrder } from "./match_nodes.ts";
import { largestOrderedPart, ownOrder, reachable } from "./ordered_nodes.ts";
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
 * Orders of the gold nodes that upstream tries.
 *
 * @throws {NoScore} When the gold graph has a cycle or an edge to a node that it lacks.
 */
export function goldOrders({ nodes, edges }: Workflow): string[][] {
  if (nodes.length >= AS_IT_STANDS) return [nodes];
  return someOrders(nodes, edges, MOST_ORDERS)
    .map((order) => order.map((index) => nodes[index]!).filter(isInner));
}

function someOrders(nodes: string[], edges: [number, number][], limit: number): number[][] {
  try {
    return topologicalOrders(nodes.length, edges, limit);
  } catch (error) {
    if (!(error instanceof CycleError) && !(error instanceof RangeError)) throw error;
    throw new NoScore(`the gold workflow is malformed: ${error.message}`);
  }
}

/**
 * Node score of a prediction.
 *
 * `upstream`: the best F1 over up to 20 orders of the gold nodes. It keeps START and END in a gold of
 * ten nodes or more, counts one node even when none was matched, and leaves ties between nodes of equal
 * text to the matching.
 *
 * `fixed`: the nodes without START and END; one matching, ties in order; the most nodes that any order
 * of the gold allows.
 *
 * @throws {NoScore} For a malformed gold; in `upstream` mode for edges without nodes, where it raises.
 */
export function scoreNodes(
  predicted: Workflow,
  gold: Workflow,
  similarity: Similarity,
  mode: ScorerMode,
): WorkflowScore {
  if (mode === "fixed") return scoreNodesFixed(predicted, gold, similarity);
  const nodes = predicted.nodes.filter(isInner);
  const orders = goldOrders(gold);
  if (nodes.length === 0) throw new NoScore("upstream raises: edges but no node");
  let best: WorkflowScore = { precision: 0, recall: 0, f1_score: 0 };
  for (const order of orders) {
    const matched = inPredictedOrder(matchNodes(nodes, order, similarity));
    const count = Math.max(1, longestIncreasingLength(matched));
    const score = chainScore(count, nodes.length, order.length);
    if (score.f1_score > best.f1_score) best = score;
  }
  return best;
}

function scoreNodesFixed(
  predicted: Workflow,
  gold: Workflow,
  similarity: Similarity,
): WorkflowScore {
  someOrders(gold.nodes, gold.edges, 1);
  const inner = ({ nodes }: Workflow, order: number[]) => order.filter((i) => isInner(nodes[i]!));
  const ours = inner(predicted, ownOrder(predicted));
  const theirs = inner(gold, ownOrder(gold));
  const mapping = matchNodesInOrder(
    ours.map((i) => predicted.nodes[i]!),
    theirs.map((i) => gold.nodes[i]!),
    similarity,
  );
  const sequence = inPredictedOrder(mapping).map((k) => theirs[k]!);
  const count = largestOrderedPart(sequence, reachable(gold));
  return chainScore(count, ours.length, theirs.length);
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
