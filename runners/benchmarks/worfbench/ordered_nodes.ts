/**
 * How many matched nodes stand in an order that the gold graph allows, over all of its orders.
 *
 * @module
 */
import { bipartiteMatching, type WeightedEdge } from "../../scoring/bipartite_matching.ts";
import type { Workflow } from "./parse_workflow.ts";

/**
 * Indices of the nodes in an order that their own edges allow, as close to the listing as can be; the
 * listing itself where the edges have a cycle or name nodes that do not exist.
 */
export function ownOrder({ edges, nodes }: Workflow): number[] {
  const listing = nodes.map((_, i) => i);
  if (edges.some(([a, b]) => a >= nodes.length || b >= nodes.length)) return listing;
  const indegree = new Array<number>(nodes.length).fill(0);
  const successors = nodes.map(() => new Set<number>());
  for (const [a, b] of edges) successors[a]!.add(b);
  for (const list of successors) for (const b of list) indegree[b]!++;
  const order: number[] = [];
  const open = new Set(listing);
  while (open.size > 0) {
    let next = -1;
    for (const node of open) {
      if (indegree[node] === 0) {
        next = node;
        break;
      }
    }
    if (next === -1) return listing;
    open.delete(next);
    order.push(next);
    for (const b of successors[next]!) indegree[b]!--;
  }
  return order;
}

/** Nodes that can be reached from each node of an acyclic graph. */
export function reachable({ edges, nodes }: Workflow): Set<number>[] {
  const successors = nodes.map(() => [] as number[]);
  for (const [a, b] of edges) successors[a]!.push(b);
  return nodes.map((_, start) => {
    const seen = new Set<number>();
    const stack = [...successors[start]!];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      stack.push(...successors[node]!);
    }
    return seen;
  });
}

/**
 * Size of the largest part of a sequence of gold nodes that no gold edge contradicts.
 *
 * Two nodes contradict each other when the later one must come first. "Must come first" and "comes
 * later" are orders, and so is their intersection; a part without contradiction is an antichain of it,
 * and the largest has as many nodes as chains are needed to cover all (Dilworth), which is the number
 * of nodes less a maximum matching (Fulkerson).
 *
 * @param sequence Gold nodes in the predicted order, none twice.
 * @param after Nodes that come after each node in the gold graph.
 */
export function largestOrderedPart(sequence: readonly number[], after: Set<number>[]): number {
  const edges: WeightedEdge[] = [];
  sequence.forEach((early, i) =>
    sequence.forEach((late, j) => {
      if (i < j && after[late]!.has(early)) edges.push({ i, j, weight: 1 });
    })
  );
  return sequence.length - bipartiteMatching(edges).size;
}
