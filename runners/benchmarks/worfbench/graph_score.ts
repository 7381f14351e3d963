/**
 * WorfBench's graph score as upstream computes it, and the one that it describes.
 *
 * @module
 */
import type { Similarity } from "../../scoring/score_context.ts";
import { matchNodes, matchNodesInOrder } from "./match_nodes.ts";
import { largestCommonSubgraph } from "./common_subgraph.ts";
import type { WorkflowScore } from "./node_score.ts";
import type { Workflow } from "./parse_workflow.ts";

/**
 * The upstream score: edges of matched nodes that both graphs have under the same *index*, whatever
 * nodes these are, and the largest component of the matched nodes under them. A reversed plan scores 1.
 */
export function scoreGraphUpstream(
  predicted: Workflow,
  gold: Workflow,
  similarity: Similarity,
): WorkflowScore {
  if (predicted.nodes.length === 0 || gold.nodes.length === 0) return fromSizes(0, 0, 0, 0);
  const mapping = matchNodes(predicted.nodes, gold.nodes, similarity);
  const ours = new Set(mapping.keys());
  const theirs = new Set(mapping.values());
  const goldEdges = new Set(
    gold.edges.filter(([a, b]) => theirs.has(a) && theirs.has(b)).map(String),
  );
  const shared = predicted.edges.filter((edge) =>
    ours.has(edge[0]) && ours.has(edge[1]) && goldEdges.has(String(edge))
  );
  return fromSizes(
    largestComponent(ours, shared),
    largestComponent(theirs, shared),
    predicted.nodes.length,
    gold.nodes.length,
  );
}

/**
 * The score that the paper describes: nodes of the largest connected subgraph that both graphs have,
 * with edges carried over by the matching of nodes; START and END take part.
 */
export function scoreGraph(
  predicted: Workflow,
  gold: Workflow,
  similarity: Similarity,
): WorkflowScore {
  const mapping = matchNodesInOrder(predicted.nodes, gold.nodes, similarity);
  const size = largestCommonSubgraph(predicted.edges, gold.edges, mapping);
  return fromSizes(size, size, predicted.nodes.length, gold.nodes.length);
}

function fromSizes(ours: number, theirs: number, predicted: number, gold: number): WorkflowScore {
  const precision = predicted === 0 ? 0 : ours / predicted;
  const recall = gold === 0 ? 0 : theirs / gold;
  const sum = precision + recall;
  return { precision, recall, f1_score: sum === 0 ? 0 : 2 * precision * recall / sum };
}

/** Vertices of the largest component; an edge also brings vertices that were not listed. */
function largestComponent(vertices: Iterable<number>, edges: readonly [number, number][]): number {
  const parent = new Map<number, number>();
  for (const vertex of vertices) parent.set(vertex, vertex);
  const root = (vertex: number): number => {
    let top = vertex;
    while (parent.get(top) !== top) top = parent.get(top)!;
    parent.set(vertex, top);
    return top;
  };
  for (const [a, b] of edges) {
    for (const vertex of [a, b]) if (!parent.has(vertex)) parent.set(vertex, vertex);
    parent.set(root(a), root(b));
  }
  const sizes = new Map<number, number>();
  for (const vertex of parent.keys()) sizes.set(root(vertex), (sizes.get(root(vertex)) ?? 0) + 1);
  return Math.max(0, ...sizes.values());
}
