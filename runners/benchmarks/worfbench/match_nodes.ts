/**
 * Pairs the nodes of two workflows by meaning.
 *
 * @module
 */
import { bipartiteMatching, type WeightedEdge } from "../../scoring/bipartite_matching.ts";
import type { Similarity } from "../../scoring/score_context.ts";

/** Nodes pair only above this cosine. */
export const MATCH_THRESHOLD = 0.6;

/**
 * The maximum-weight pairing over the pairs above the threshold.
 *
 * @returns Index of the gold node of every predicted node that has one.
 */
export function matchNodes(
  predicted: readonly string[],
  gold: readonly string[],
  similarity: Similarity,
): Map<number, number> {
  const edges: WeightedEdge[] = [];
  predicted.forEach((node, i) =>
    gold.forEach((other, j) => {
      const weight = Math.max(similarity(node, other), 0);
      if (weight > MATCH_THRESHOLD) edges.push({ i, j, weight });
    })
  );
  return bipartiteMatching(edges);
}

/** Too little to outweigh any difference of similarities that means something. */
const ORDER_BONUS = 1e-7;

/**
 * The same pairing, where ties between matchings are broken in favour of the order: nodes of equal text
 * pair first with first. Upstream leaves such ties to chance.
 */
export function matchNodesInOrder(
  predicted: readonly string[],
  gold: readonly string[],
  similarity: Similarity,
): Map<number, number> {
  const farthest = Math.max(predicted.length, gold.length, 1) ** 2;
  const edges: WeightedEdge[] = [];
  predicted.forEach((node, i) =>
    gold.forEach((other, j) => {
      const weight = similarity(node, other);
      const bonus = ORDER_BONUS * (1 - (i - j) ** 2 / farthest);
      if (weight > MATCH_THRESHOLD) edges.push({ i, j, weight: weight + bonus });
    })
  );
  return bipartiteMatching(edges);
}

/** The pairing as gold indices in the order of the predicted nodes. */
export function inPredictedOrder(mapping: Map<number, number>): number[] {
  return [...mapping].sort(([a], [b]) => a - b).map(([, j]) => j);
}
